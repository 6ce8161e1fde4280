"""What was measured on one film as a file: JSON, or CSV with one row a number."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from radassist.domain.film_scale import FilmScale
from radassist.domain.measurement import Mark
from radassist.export.files import replacing
from radassist.export.pictures import COMMENT
from radassist.export.safe_text import inert
from radassist.imaging.measuring import Quantity

COLUMNS = ("film_sha256", "mark", "kind", "text", "quantity", "value", "unit", "basis", "points")


@dataclass(frozen=True, slots=True)
class MeasuredFilm:
    """The marks of one film with their numbers.

    Attributes:
        sha256: Of the film's file.
        size: Width and height in pixels.
        scale: What lengths rest on.
        marks: Each with what it measures; nothing for texts and arrows.
    """

    sha256: str
    size: tuple[int, int]
    scale: FilmScale
    marks: tuple[tuple[Mark, tuple[Quantity, ...]], ...]


def write_measurements(film: MeasuredFilm, target: Path) -> None:
    """Write JSON where `target` ends in `.json`, else CSV, whole or not at all.

    Points are film pixels: x to the right, y down, from the outer corner of the film's first pixel.

    Raises:
        StoreError: If `target` cannot be written.
    """
    with replacing(target) as file:
        if target.suffix.lower() == ".json":
            json.dump(_plain(film), file, indent=1)
        else:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(_rows(film))


def _plain(film: MeasuredFilm) -> dict[str, Any]:
    return {
        "comment": COMMENT,
        "film_sha256": film.sha256,
        "film_width": film.size[0],
        "film_height": film.size[1],
        "pixel_width": film.scale.across,
        "pixel_height": film.scale.down,
        "pixel_unit": film.scale.unit,
        "basis": film.scale.basis.value,
        "origin": film.scale.origin,
        "marks": [_plain_mark(mark, quantities) for mark, quantities in film.marks],
    }


def _plain_mark(mark: Mark, quantities: tuple[Quantity, ...]) -> dict[str, Any]:
    return {
        "kind": mark.kind.value,
        "text": mark.text,
        "points": [[point.x, point.y] for point in mark.points],
        "quantities": [
            {"name": each.name, "value": _number(each.value), "unit": each.unit, "basis": each.basis}
            for each in quantities
        ],
    }


def _rows(film: MeasuredFilm) -> Iterator[tuple[str | float | int | None, ...]]:
    for number, (mark, quantities) in enumerate(film.marks, start=1):
        points = " ".join(f"{point.x:.3f},{point.y:.3f}" for point in mark.points)
        for each in quantities or (Quantity("", float("nan")),):
            value = _number(each.value)
            names = (film.sha256, number, mark.kind.value, inert(mark.text), each.name)
            yield (*names, value, each.unit, each.basis, points)


def _number(value: float) -> float | None:
    """JSON and spreadsheets have no word for what is no number."""
    return value if isfinite(value) else None
