"""What looking inside the network costs while somebody waits: block maps, hiding a region, channel rankings, Grad-CAM.

    python benchmarks/explain.py [--model ID] [--runs 15] [--film FILE] [--only-hiding]

Medians of wall time and of processor time, all threads together; on a busy machine only the second means much. Scores
come from the engine the window uses, gradients from the network beside it, both on the CPU.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from radassist.domain.analysis import Analysis, Reduction
from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import ChannelRule, RankingWish, SaliencyMethod, SaliencyWish
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource
from radassist.domain.whatif import Box, Brush, Edit, Hiding, Lasso
from radassist.explain.attribution import available_methods, saliency
from radassist.explain.channels import rank_channels
from radassist.explain.open_model import FedFilm, open_model
from radassist.explain.whatif import ask
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.blocks.map_drawing import laid_over
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import load_theme
from radassist.imaging.formats import read_radiograph
from radassist.imaging.rendering import to_grey8
from radassist.inference.predictor import ModelPredictor, load_predictor

_SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "samples" / "films" / "RAD-0002" / "CHEST.dcm"
_VIEW = (1280, 800)
_LOOKS = (
    ("mean", BlocksState()),
    ("principal components", BlocksState(reduction=Reduction.PCA)),
    ("one scale", BlocksState(one_scale=True)),
    ("lines", BlocksState(contours=True)),
)

_KINDS = ("wall", "processor")


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds.

    Attributes:
        wall: On the clock.
        processor: Of all threads of this process together.
    """

    wall: float
    processor: float

    @classmethod
    def so_far(cls) -> "Spent":
        """Since some moment that does not matter."""
        return cls(1000 * time.perf_counter(), 1000 * time.process_time())

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.wall - other.wall, self.processor - other.processor)


def main() -> None:
    """Print every cost beside its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", help="Model id or folder; the default model when left out.")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--film", type=Path, default=_SAMPLE)
    parser.add_argument("--only-hiding", action="store_true")
    options = parser.parse_args()
    film = read_radiograph(FilmSource(options.film.resolve()))
    predictor = load_predictor(options.model, "cpu")
    opened = open_model(options.model, weights_sha256=predictor.facts.sha256).take(film)
    print(f"{predictor.facts.model} on {predictor.facts.device}, film {film.height} x {film.width}")
    if options.only_hiding:
        _print_hiding(film, predictor, options.runs)
        return
    _print_scoring(film, predictor, options.runs)
    _print_switching(film, predictor, options.runs)
    _print_hiding(film, predictor, options.runs)
    _print_rankings(opened)
    _print_saliency(opened)


def _print_scoring(film: Radiograph, predictor: ModelPredictor, runs: int) -> None:
    """Plain and with block maps in turns, so that a slow moment of the machine meets both."""
    pairs = [
        (
            _spent(lambda: predictor.predict([film], with_blocks=False)),
            _spent(lambda: predictor.predict([film], with_blocks=True)),
        )
        for _ in range(2 * runs)
    ]
    plain, with_maps = ([pair[side] for pair in pairs] for side in (0, 1))
    _print("score of a film", plain)
    _print("score of a film with the maps of all blocks", with_maps)
    wall, processor = (_median(with_maps, which) / _median(plain, which) - 1 for which in _KINDS)
    print(f"  extra cost of the maps: {wall:.1%} of wall, {processor:.1%} of processor time (limit 15 %)")


def _print_switching(film: Radiograph, predictor: ModelPredictor, runs: int) -> None:
    """From the choice of another block to its pixels in a view of 1280 x 800: reduce, colour, lay over, paint."""
    application = QApplication(sys.argv[:1])
    view = FilmView(load_theme("dark"))
    view.resize(*_VIEW)
    view.show()
    view.set_radiograph(film)
    application.processEvents()
    analysis = predictor.predict([film], with_blocks=True)[0]
    assert isinstance(analysis, Analysis)

    def show(maps: BlockMaps, name: str, state: BlocksState) -> None:
        shown = maps.shown(name, state)
        view.set_overlay(laid_over(shown, state) if shown else None)
        view.viewport().repaint()

    for what, state in _LOOKS:
        maps = BlockMaps(analysis)
        for title, again in (("first time", False), ("again", True)):
            times = []
            for _ in range(max(1, runs // 3)):
                maps = maps if again else BlockMaps(analysis)
                times += [_spent(partial(show, maps, name, state)) for name in maps.names]
            _print(f"switching to another block, {what}, {title}", times, "16 ms")


def _print_hiding(film: Radiograph, predictor: ModelPredictor, runs: int) -> None:
    grey = to_grey8(film)
    height, width = grey.shape
    line = tuple((row * height, column * width) for row, column in ((0.3, 0.2), (0.6, 0.25), (0.6, 0.45), (0.35, 0.4)))
    regions = (Box(0.3 * height, 0.2 * width, 0.6 * height, 0.45 * width), Lasso(line), Brush(line, 0.04 * height))
    (before,) = predictor.score([grey])
    for region, hiding in product(regions, Hiding):
        edits = [Edit(region, hiding)]
        times = [_spent(lambda e=edits: ask(grey, e, predictor, before)) for _ in range(runs)]
        _print(f"answer to a hidden {type(region).__name__.lower()}, {hiding.value}", times, "150 ms")


def _print_rankings(film: FedFilm) -> None:
    for block in film.model.blocks:
        wish = RankingWish(block.name, ChannelRule.ABLATION, film.model.card.labels[1])
        steps: list[Spent] = []
        times = [_spent(lambda w=wish, s=steps: _timed_steps(rank_channels(film, w, CancelToken()), s)) for _ in "123"]
        _print(f"ranking of {block.title}", times, "3000 ms")
        _print_steps(steps)


def _print_saliency(film: FedFilm) -> None:
    for method in available_methods(film.model):
        wish = SaliencyWish(method, film.model.card.labels[1])
        steps: list[Spent] = []
        is_long = method in (SaliencyMethod.INTEGRATED_GRADIENTS, SaliencyMethod.OCCLUSION)
        times = [
            _spent(lambda w=wish, s=steps: _timed_steps(saliency(film, w, CancelToken()), s))
            for _ in range(1 if is_long else 7)
        ]
        _print(method.words, times, "" if is_long else "300 ms")
        if is_long:
            _print_steps(steps)


def _timed_steps(steps: Iterator[object], into: list["Spent"]) -> None:
    end = object()
    while True:
        began = Spent.so_far()
        if next(steps, end) is end:
            return
        into.append(Spent.so_far() - began)


def _spent(work: Callable[[], object]) -> "Spent":
    began = Spent.so_far()
    work()
    return Spent.so_far() - began


def _median(times: Sequence["Spent"], kind: str) -> float:
    return statistics.median(getattr(spent, kind) for spent in times)


def _print(name: str, times: Sequence["Spent"], limit: str = "") -> None:
    said = f" (limit {limit})" if limit else ""
    print(f"{name}: {_median(times, 'wall'):.1f} ms, processor {_median(times, 'processor'):.1f} ms{said}")


def _print_steps(steps: Sequence["Spent"]) -> None:
    longest = max(steps, key=lambda spent: spent.processor)
    print(f"  {len(steps)} steps; the longest, which a film may have to wait for: processor {longest.processor:.0f} ms")


if __name__ == "__main__":
    main()
