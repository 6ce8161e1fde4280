"""Draws every published block of every shipped model over every sample film: one contact sheet a model.

python docs/make_block_pictures.py [--out docs/images] [--model ID]

Each map is the mean over the block's channels, coloured over its own range, as the window shows it at first.
"""

import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from radassist.domain.analysis import Analysis, FeatureMap, Reduction
from radassist.domain.study import FilmSource
from radassist.explain.feature_maps import display_range, has_signal, reduce_map
from radassist.export.block_images import lay_over
from radassist.imaging.formats import read_radiograph
from radassist.imaging.rendering import ColorMap, to_grey8, to_rgba
from radassist.inference.predictor import ModelPredictor, load_predictor
from radassist.paths import samples_dir

_MODELS = Path(__file__).resolve().parents[1] / "models"
_PAGE = Path(__file__).with_name("blocks.md")
_HALVES = 2
"""Films side by side in a row."""
_WIDTH, _LARGEST_TILE = 1440, 150
_GAP, _HEAD = 2, 18
_MOST_BYTES = 400_000

_Rgb = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """One film: its words, itself, and each block's map over it."""

    words: str
    pictures: tuple[_Rgb, ...]


def main() -> None:
    """Write a sheet for each model, and name those the page does not speak of."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "images")
    parser.add_argument("--model", help="Only this one.")
    options = parser.parse_args()
    page = _PAGE.read_text(encoding="utf-8")
    for model in [options.model] if options.model else _shipped_models():
        predictor = load_predictor(model, "cpu")
        target = options.out / f"blocks-{model}.jpg"
        _save(_sheet(list(_rows(predictor)), [block.name for block in predictor.facts.blocks]), target)
        missing = "" if target.name in page else f"; {_PAGE.name} does not show it"
        print(f"{target.name}: {len(predictor.facts.blocks)} blocks, {target.stat().st_size // 1000} kB{missing}")


def _shipped_models() -> list[str]:
    return sorted(path.parent.name for path in _MODELS.glob("*/card.json"))


def _rows(predictor: ModelPredictor) -> Iterator[_Row]:
    with (samples_dir() / "labels.csv").open(encoding="utf-8", newline="") as table:
        labels = list(csv.DictReader(table))
    for label in labels:
        film = read_radiograph(FilmSource(samples_dir() / label["path"]))
        (analysis,) = predictor.predict([film], with_blocks=True)
        if not isinstance(analysis, Analysis):
            raise analysis
        grey = to_grey8(film)
        maps = tuple(_over(grey, analysis, feature_map) for feature_map in analysis.feature_maps)
        said = f"{label['label'].lower()}, said {analysis.prediction.positive_probability:.0%}"
        yield _Row(said, (np.repeat(grey[..., None], 3, axis=2), *maps))


def _over(grey: NDArray[np.uint8], analysis: Analysis, feature_map: FeatureMap) -> _Rgb:
    grid = reduce_map(feature_map, Reduction.MEAN)
    if not has_signal(grid):
        return np.repeat(grey[..., None], 3, axis=2)
    colours = np.ascontiguousarray(to_rgba(grid, *display_range(grid), ColorMap.VIRIDIS)[..., :3])
    return lay_over(grey, colours, analysis.geometry.cell_size(feature_map.block.stride))


def _sheet(rows: list[_Row], blocks: list[str]) -> Image.Image:
    """Films from the top to the bottom, half of them on each side; a head names the blocks."""
    columns = _HALVES * (1 + len(blocks))
    tile = min(_LARGEST_TILE, _WIDTH // columns)
    lines = -(-len(rows) // _HALVES)
    sheet = Image.new("RGB", (columns * tile, _HEAD + lines * tile), "black")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(11)
    for column in range(columns):
        name = ("film", *blocks)[column % (1 + len(blocks))]
        pen.text(((column + 0.5) * tile, _HEAD / 2), name, "white", font, anchor="mm")
    for number, row in enumerate(rows):
        left, top = number // lines * (1 + len(blocks)) * tile, _HEAD + number % lines * tile
        for column, picture in enumerate(row.pictures):
            sheet.paste(_fitted(picture, tile - _GAP), (left + column * tile, top))
        _write(pen, row.words, (left, top + tile - _GAP), font)
    return sheet


def _write(
    pen: ImageDraw.ImageDraw, words: str, at: tuple[int, int], font: ImageFont.ImageFont | ImageFont.FreeTypeFont
) -> None:
    """On a dark plate whose lower left corner is `at`."""
    box = pen.textbbox((at[0] + 3, at[1] - 2), words, font, anchor="ls")
    pen.rectangle((box[0] - 3, box[1] - 2, box[2] + 3, box[3] + 2), fill="black")
    pen.text((at[0] + 3, at[1] - 2), words, "white", font, anchor="ls")


def _fitted(picture: _Rgb, side: int) -> Image.Image:
    """As large as fits into a square, on black."""
    small = Image.fromarray(picture)
    small.thumbnail((side, side), Image.Resampling.BOX)
    square = Image.new("RGB", (side, side))
    square.paste(small, ((side - small.width) // 2, (side - small.height) // 2))
    return square


def _save(sheet: Image.Image, target: Path) -> None:
    """At the best quality that keeps the file small."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for quality in (88, 80, 70, 60):
        sheet.save(target, quality=quality, optimize=True)
        if target.stat().st_size < _MOST_BYTES:
            return
    raise ValueError(f"{target} is larger than {_MOST_BYTES} bytes")


if __name__ == "__main__":
    main()
