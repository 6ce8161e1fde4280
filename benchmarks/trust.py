"""What the tests of a model's answers say over the sample films, and what hiding a region costs.

    python benchmarks/trust.py [--model efficientnet_lite0] [--every 5] [--parts hide,robustness,lungs,maps]
    python benchmarks/trust.py --outlines docs/images/lungs.jpg

`--every` takes every so-manieth sample for the tests of maps, which take some seconds each; all else takes them all.
`--outlines` only draws the lung fields and the heart over every sample, into one picture.
"""

import argparse
import csv
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import SaliencyMethod, SaliencyWish
from radassist.domain.lungs import Zone
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource
from radassist.domain.trust import Belief, TrustMark
from radassist.domain.whatif import Box, Edit, Hiding
from radassist.explain.attribution import available_methods, saliency
from radassist.explain.evidence import divide, heart_zone
from radassist.explain.lungs import find_lungs
from radassist.explain.open_model import OpenModel, open_model
from radassist.explain.robustness import measure_robustness
from radassist.explain.trust import measure_trust
from radassist.explain.whatif import ask
from radassist.imaging.formats import read_radiograph
from radassist.imaging.rendering import to_grey8
from radassist.inference.predictor import ModelPredictor, load_predictor
from radassist.networks.catalogue import default_model_id
from radassist.paths import resources_dir

_TARGET = "PNEUMONIA"
_COLUMNS, _TILE = 6, 240
_PARTS = ("hide", "robustness", "lungs", "maps")


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    name: str
    label: str
    film: Radiograph


def main() -> None:
    """Print one table a part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=default_model_id())
    parser.add_argument("--every", type=int, default=5)
    parser.add_argument("--parts", default=",".join(_PARTS))
    parser.add_argument("--outlines", type=Path)
    options = parser.parse_args()
    if options.outlines:
        _outlines(_samples()).save(options.outlines, quality=80)
        return
    parts = options.parts.split(",")
    samples, predictor = _samples(), load_predictor(options.model, "cpu")
    model = open_model(options.model)
    print(f"{options.model}, {len(samples)} sample films, {predictor.facts.device}")
    if "hide" in parts:
        _hide(samples, predictor)
    if "robustness" in parts:
        _robustness(samples, predictor)
    if "lungs" in parts:
        _lungs(samples, model)
    if "maps" in parts:
        _maps(samples[:: options.every], model)


def _samples() -> list[_Sample]:
    root = resources_dir() / "samples"
    with (root / "labels.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    return [_Sample(row["path"], row["label"], _read(root / row["path"])) for row in rows]


def _read(path: Path) -> Radiograph:
    return read_radiograph(FilmSource(path))


def _hide(samples: Sequence[_Sample], predictor: ModelPredictor) -> None:
    print("\nhide and see: milliseconds from a drawn box (a quarter of each side) to the new score, median and slowest")
    for hiding in Hiding:
        took = []
        for sample in samples:
            grey = to_grey8(sample.film)
            before = predictor.score([grey])[0]
            height, width = grey.shape
            edit = Edit(Box(0.4 * height, 0.2 * width, 0.65 * height, 0.45 * width), hiding)
            started = time.perf_counter()
            ask(grey, [edit], predictor, before)
            took.append(1000 * (time.perf_counter() - started))
        print(f"  {hiding:8} {median(took):6.0f} {max(took):6.0f}")


def _robustness(samples: Sequence[_Sample], predictor: ModelPredictor) -> None:
    print("\nrobustness: probability of the film, lowest and highest of its variants, variants with another decision")
    widths, overturned, took = [], Counter[str](), []
    for sample in samples:
        started = time.perf_counter()
        *_, strip = measure_robustness(sample.film, predictor, CancelToken())
        took.append(time.perf_counter() - started)
        widths.append(strip.width)
        overturned.update(found.title for found in strip.overturning)
        found = strip.original
        print(
            f"  {sample.name:30} {sample.label:9} {found.positive_probability:.3f} {found.decision:12} "
            f"{strip.lowest:.3f} {strip.highest:.3f} {len(strip.overturning)}"
        )
    print(f"  median width {median(widths):.3f}, widest {max(widths):.3f}, median {median(took):.1f} s a film")
    print(f"  another decision: {dict(overturned.most_common())}")


def _lungs(samples: Sequence[_Sample], model: OpenModel) -> None:
    print("\nlungs and ledger: confidence, area of the lungs, share of Grad-CAM of the deepest block in each zone")
    took = []
    for sample in samples:
        grey = to_grey8(sample.film)
        started = time.perf_counter()
        lungs = find_lungs(grey)
        took.append(1000 * (time.perf_counter() - started))
        wish = SaliencyWish(SaliencyMethod.GRAD_CAM, _TARGET)
        *_, step = saliency(model.take(sample.film), wish, CancelToken())
        assert step.result is not None
        ledger = divide(step.result.values, lungs)
        shares = " ".join(f"{zone} {ledger.share_of(zone):.2f}" for zone in Zone) if ledger.shares else ledger.sentence
        warns = "warns" if ledger.warns else ""
        print(f"  {sample.name:30} {sample.label:9} {lungs.confidence:.2f} {lungs.mask.mean():.2f} {shares} {warns}")
    print(f"  median {median(took):.0f} ms a film")


def _outlines(samples: Sequence[_Sample]) -> Image.Image:
    """Every sample, smaller, with the lung fields (green) and the heart zone (yellow) outlined."""
    rows = -(-len(samples) // _COLUMNS)
    sheet = Image.new("RGB", (_COLUMNS * _TILE, rows * _TILE))
    for number, sample in enumerate(samples):
        sheet.paste(_outlined(to_grey8(sample.film)), (number % _COLUMNS * _TILE, number // _COLUMNS * _TILE))
    return sheet


def _outlined(grey: NDArray[np.uint8]) -> Image.Image:
    lungs = find_lungs(grey)
    tile = Image.fromarray(grey).convert("RGB")
    tile.thumbnail((_TILE - 4, _TILE - 4))
    pixels = np.array(tile)
    for mask, colour in ((heart_zone(lungs), (255, 220, 60)), (lungs.mask, (60, 230, 90))):
        field = np.asarray(Image.fromarray(mask.astype(np.uint8) * 255).resize(tile.size)) > 127
        pixels[field & ~ndimage.binary_erosion(field, iterations=2)] = colour
    return Image.fromarray(pixels)


def _maps(samples: Sequence[_Sample], model: OpenModel) -> None:
    print(f"\ntrust in maps of {_TARGET}, {len(samples)} films: means, and how many are believable, unclear, doubtful")
    print(f"  {'map':32} shuffled shift noise edges deletion random insertion  b u d  seconds")
    for wish in _wishes(model):
        started = time.perf_counter()
        marks = [_mark(sample, wish, model) for sample in samples]
        seconds = (time.perf_counter() - started) / len(samples)
        beliefs = Counter(mark.belief for mark in marks)
        order = (Belief.BELIEVABLE, Belief.UNCLEAR, Belief.DOUBTFUL)
        print(
            f"  {wish.method.words + ' ' + wish.block:32} {mean(mark.shuffled for mark in marks):8.2f} "
            f"{mean(mark.shift for mark in marks):5.2f} {mean(mark.noise for mark in marks):5.2f} "
            f"{mean(mark.edges for mark in marks):5.2f} {mean(mark.deletion.area for mark in marks):8.2f} "
            f"{mean(mark.random.area for mark in marks):6.2f} "
            f"{mean(mark.insertion.area for mark in marks):9.2f}  {' '.join(str(beliefs[one]) for one in order)}  "
            f"{seconds:6.1f}",
            flush=True,
        )


def _wishes(model: OpenModel) -> list[SaliencyWish]:
    wishes = []
    for method in available_methods(model):
        blocks = [block.name for block in model.blocks] if method is SaliencyMethod.GRAD_CAM else [""]
        wishes += [SaliencyWish(method, _TARGET, block) for block in blocks]
    return wishes


def _mark(sample: _Sample, wish: SaliencyWish, model: OpenModel) -> TrustMark:
    *_, step = measure_trust(model.take(sample.film), wish, CancelToken())
    assert step.result is not None
    return step.result


if __name__ == "__main__":
    main()
