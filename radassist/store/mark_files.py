"""Keeps what a reader drew on films: one small file a film in the user's data folder, named by the film's digest."""

import json
import re
from math import isfinite
from pathlib import Path
from typing import Any

from radassist.domain.errors import StoreError
from radassist.domain.film_scale import FilmScale, ScaleBasis
from radassist.domain.measurement import FilmMarks, Mark, MarkKind, Point
from radassist.paths import make_private, open_private

_VERSION = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LARGEST_FILE = 1 << 20
_FARTHEST = 1e6
_NOTHING = FilmMarks()


class MarkFiles:
    """Reads and writes marks by the SHA-256 of the film's file; for the owner's eyes only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, digest: str) -> FilmMarks:
        """The marks of the film with this SHA-256; none where there are none or the file is damaged."""
        path = self._path(digest)
        try:
            if path is None or path.stat().st_size > _LARGEST_FILE:
                return _NOTHING
            return _from_plain(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return _NOTHING

    def save(self, digest: str, marks: FilmMarks) -> None:
        """Put `marks` in place of what was kept of the film with this SHA-256, whole or not at all.

        Raises:
            StoreError: If that cannot be done.
        """
        path = self._path(digest)
        if path is None:
            return
        try:
            if marks == _NOTHING:
                path.unlink(missing_ok=True)
                return
            make_private(self._folder)
            temporary = path.with_suffix(".tmp")
            with open(temporary, "w", encoding="utf-8", opener=open_private) as file:
                json.dump(_plain(marks), file)
            temporary.replace(path)
        except OSError as error:
            raise StoreError(f"Marks cannot be kept in {self._folder}: {error.strerror or error}.") from error

    def _path(self, digest: str) -> Path | None:
        """None for what is no digest: nothing else may become part of a path."""
        return self._folder / f"{digest}.json" if _DIGEST.fullmatch(digest) else None


def _plain(kept: FilmMarks) -> dict[str, Any]:
    by_hand = kept.by_hand
    return {
        "version": _VERSION,
        "marks": [
            {"kind": mark.kind.value, "points": [[point.x, point.y] for point in mark.points], "text": mark.text}
            for mark in kept.marks
        ],
        "mm_by_hand": [by_hand.across, by_hand.down] if by_hand else None,
    }


def _from_plain(plain: dict[str, Any]) -> FilmMarks:
    if plain["version"] != _VERSION:
        return _NOTHING
    marks = tuple(
        Mark(MarkKind(each["kind"]), tuple(_point(*pair) for pair in each["points"]), str(each["text"]))
        for each in plain["marks"]
    )
    sizes = plain["mm_by_hand"]
    return FilmMarks(marks, FilmScale(_size(sizes[0]), _size(sizes[1]), ScaleBasis.BY_HAND) if sizes else None)


def _point(x: float, y: float) -> Point:
    if not (0 <= x <= _FARTHEST and 0 <= y <= _FARTHEST):
        raise ValueError("a place that is on no film")
    return Point(float(x), float(y))


def _size(value: float) -> float:
    if not (isfinite(value) and value > 0):
        raise ValueError("a pixel of no size")
    return float(value)
