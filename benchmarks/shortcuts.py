"""How far a model gets without looking at lungs, and what hiding the side markers does to a shipped one.

    python benchmarks/shortcuts.py [--data ../shared/data] [--out runs/shortcuts] [--model ID] [--markers] [--keep FILE]

Prints one line a control: its area under the ROC curve on validation, and on test once. The networks are `gap_cnn` at
64 pixels, trained by the program's own trainer without augmentation, so that nothing else is hidden from them.
Controls that are done are passed over; `--markers` only looks at the shipped model; `--keep` only writes what the cards
of the trained controls say into a JSON file, which a test holds against the published table.
"""

import argparse
import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from ladder import RECIPE, WIDTHS, in_words
from loaders import PaintingLoader, RememberingLoader
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from radassist.domain.cancellation import CancelToken
from radassist.imaging.decoding import DecoderPool
from radassist.networks.card import CARD_NAME, Metric, read_card
from radassist.networks.catalogue import default_model_id
from radassist.training.after_training import evaluate
from radassist.training.events import EvaluationFinished
from radassist.training.manifest import LabelledFilm, Split, films_of, read_labelled_films
from radassist.training.metrics import auc
from radassist.training.options import EvaluateOptions, TrainOptions
from radassist.training.train import LABELS, train
from radassist.workflow.services import FilmLoader

Mask = NDArray[np.bool_]
_MEASURED = (Split.VALIDATION, Split.TEST)
_BORDER = 0.15
_LUNGS = ((0.29, 0.48, 0.19, 0.36), (0.71, 0.48, 0.19, 0.36))
"""Centre x and y, half width and half height of two ellipses, in sides of the film."""


def main() -> None:
    """Print a table of the controls."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parents[1]
    parser.add_argument("--data", type=Path, default=root.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=root / "runs" / "shortcuts")
    parser.add_argument("--model", default=default_model_id())
    parser.add_argument("--markers", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.keep:
        _keep(options.out, options.keep)
        return
    torch.set_num_threads(1)
    films = options.data / "kermany224"
    print("| what is seen | validation AUC | test AUC |\n|---|---|---|", flush=True)
    with DecoderPool() as pool:
        loader = RememberingLoader(pool)
        if not options.markers:
            _print_sizes(options.data)
            for name, mask in _MASKS.items():
                _print_row(name, _trained_blind(films, options.out / name.replace(" ", "-"), loader, mask))
        for name, eyes in ((options.model, loader), (f"{options.model}, markers hidden", _blind(loader, _markers))):
            _print_row(name, (_measured(films, options.model, options.out / "report", eyes, on) for on in _MEASURED))


def _keep(out: Path, target: Path) -> None:
    """The areas under the ROC curve of the controls that were trained, as their cards hold them."""
    kept = {}
    for name in _MASKS:
        card = read_card(out / name.replace(" ", "-"))
        kept[name] = {entry.split: entry.metrics["auc"].model_dump() for entry in card.evaluations}
    target.write_text(f"{json.dumps(kept, indent=2)}\n", encoding="utf-8")


def _print_row(name: str, figures: Iterator[Metric]) -> None:
    print(f"| {name} | {' | '.join(in_words(figure) for figure in figures)} |", flush=True)


def _print_sizes(data: Path) -> None:
    """Without the pixels: the size of the originals where they are known, the size of the stored files everywhere."""
    known = _original_sizes(data / "kermany_originals")
    print(f"| width, height, aspect and bytes of {len(known[1])} originals | {in_words(_cross_validated(*known))} | |")
    films = read_labelled_films(data / "kermany224")
    judge = _judge().fit(*_stored_sizes(films_of(films, Split.FIT)))
    figures = []
    for split in _MEASURED:
        sizes, positive = _stored_sizes(films_of(films, split))
        figures.append(_area(positive, judge.decision_function(sizes)))
    _print_row("bytes of the 224-pixel files", iter(figures))


def _original_sizes(folder: Path) -> tuple[NDArray[np.float64], Mask, list[str]]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sizes = [(int(row["width"]), int(row["height"]), (folder / row["path"]).stat().st_size) for row in rows]
    facts = np.log([(width, height, width / height, size) for width, height, size in sizes])
    return facts, np.array([row["label"] == LABELS[1] for row in rows]), [row["patient"] for row in rows]


def _cross_validated(facts: NDArray[np.float64], positive: Mask, patients: list[str]) -> Metric:
    folds = GroupKFold(5)
    scores = cross_val_predict(_judge(), facts, positive, groups=patients, cv=folds, method="decision_function")
    return _area(positive, scores)


def _stored_sizes(films: tuple[LabelledFilm, ...]) -> tuple[NDArray[np.float64], Mask]:
    sizes = np.log([[film.path.stat().st_size] for film in films])
    return sizes, np.array([film.label == LABELS[1] for film in films])


def _judge() -> LogisticRegression:
    return make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))


def _area(positive: Mask, scores: NDArray[np.float64]) -> Metric:
    area = auc(positive, scores)
    assert area is not None
    return area


def _trained_blind(data: Path, out: Path, loader: FilmLoader, mask: Callable[[int, int], Mask]) -> Iterator[Metric]:
    """Figures of a network that was trained on, and is measured on, films with the mask painted black."""
    eyes = _blind(loader, mask)
    if not (out / CARD_NAME).exists():
        recipe, config = replace(RECIPE, augment=False), {"size": 64} | WIDTHS
        for _ in train(TrainOptions(data, "gap_cnn", out, recipe, config, device="cpu"), eyes, CancelToken()):
            pass
    done = {entry.split: entry.metrics["auc"] for entry in read_card(out).evaluations}
    for split in _MEASURED:
        yield done[split] if split in done else _measured(data, str(out), out / "report", eyes, split, keep=True)


def _measured(data: Path, model: str, out: Path, loader: FilmLoader, split: Split, *, keep: bool = False) -> Metric:
    options = EvaluateOptions(data, model, out, split, films=False, into_card=keep, device="cpu")
    *_, last = evaluate(options, loader, CancelToken())
    assert isinstance(last, EvaluationFinished)
    return last.evaluation.metrics["auc"]


def _blind(loader: FilmLoader, mask: Callable[[int, int], Mask]) -> PaintingLoader:
    return PaintingLoader(loader, lambda pixels: np.where(mask(*pixels.shape), 0, pixels).astype(pixels.dtype))


def _nothing(height: int, width: int) -> Mask:
    return np.zeros((height, width), bool)


def _all_but_border(height: int, width: int) -> Mask:
    rows, columns = _coordinates(height, width)
    return (np.abs(rows - 0.5) < 0.5 - _BORDER) & (np.abs(columns - 0.5) < 0.5 - _BORDER)


def _lungs(height: int, width: int) -> Mask:
    rows, columns = _coordinates(height, width)
    inside = [((columns - x) / across) ** 2 + ((rows - y) / along) ** 2 < 1 for x, y, across, along in _LUNGS]
    return inside[0] | inside[1]


def _markers(height: int, width: int) -> Mask:
    """Where side markers lie: the corners beside the neck and the arms, and the two side edges."""
    rows, columns = _coordinates(height, width)
    aside = np.abs(columns - 0.5)
    return (aside > 0.42) | ((aside > 0.14) & (rows < 0.14)) | ((aside > 0.3) & (rows > 0.86))


def _coordinates(height: int, width: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Centres of rows and columns, in sides of the film."""
    return (np.arange(height)[:, None] + 0.5) / height, (np.arange(width)[None] + 0.5) / width


_MASKS = {"the whole film": _nothing, "the outer 15 per cent": _all_but_border, "all but the lungs": _lungs}


if __name__ == "__main__":
    main()
