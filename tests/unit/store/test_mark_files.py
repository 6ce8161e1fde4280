"""Marks are kept by film, for the owner's eyes, and a damaged file costs no more than its own marks."""

import json
import os
import stat
from pathlib import Path

import pytest

from radassist.domain.errors import StoreError
from radassist.domain.film_scale import FilmScale, ScaleBasis
from radassist.domain.measurement import FilmMarks, Mark, MarkKind, Point
from radassist.store.mark_files import MarkFiles

DIGEST = "ab" * 32
MARKS = FilmMarks(
    (
        Mark(MarkKind.LENGTH, (Point(1.5, 2.25), Point(30.0, 40.0))),
        Mark(MarkKind.TEXT, (Point(5.0, 6.0),), 'nodule? ‹"ü›'),
        Mark(MarkKind.RATIO, tuple(Point(float(x), 3.0) for x in range(4))),
    ),
    FilmScale(0.15, 0.3, ScaleBasis.BY_HAND),
)


@pytest.fixture
def files(tmp_path: Path) -> MarkFiles:
    return MarkFiles(tmp_path / "marks")


def test_marks_come_back_as_they_were(files: MarkFiles) -> None:
    files.save(DIGEST, MARKS)
    assert files.load(DIGEST) == MARKS
    assert files.load("cd" * 32) == FilmMarks()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read_them(files: MarkFiles, tmp_path: Path) -> None:
    files.save(DIGEST, MARKS)
    (path,) = (tmp_path / "marks").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_drawn_leaves_no_file(files: MarkFiles, tmp_path: Path) -> None:
    files.save(DIGEST, MARKS)
    files.save(DIGEST, FilmMarks())
    files.save(DIGEST, FilmMarks())
    assert list((tmp_path / "marks").iterdir()) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "ab" * 31])
def test_what_is_no_digest_is_no_file(files: MarkFiles, tmp_path: Path, name: str) -> None:
    files.save(name, MARKS)
    assert files.load(name) == FilmMarks() and not (tmp_path / "marks").exists()


def _with(**changes: object) -> str:
    mark = {"kind": "length", "points": [[0, 0], [1, 1]], "text": ""} | changes
    return json.dumps({"version": 1, "marks": [mark], "mm_by_hand": None})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"version": 2, "marks": [], "mm_by_hand": null}',
        '{"version": 1, "marks": [], "mm_by_hand": [0, 1]}',
        '{"version": 1, "marks": [], "mm_by_hand": [NaN, 1]}',
        "[" * 100_000,
        _with(kind="unknown"),
        _with(points=[[0, 0]]),
        _with(points=[[0, 0], [1, None]]),
        _with(points=[[0, 0], [1, 1e9]]),
        _with(points=[[0, 0], [float("nan"), 1]]),
        _with(points="ab"),
    ],
)
def test_a_damaged_file_counts_as_none(files: MarkFiles, tmp_path: Path, text: str) -> None:
    files.save(DIGEST, MARKS)
    (path,) = (tmp_path / "marks").iterdir()
    path.write_text(text, encoding="utf-8")
    assert files.load(DIGEST) == FilmMarks()


def test_a_file_of_absurd_size_is_not_read(files: MarkFiles, tmp_path: Path) -> None:
    files.save(DIGEST, MARKS)
    (path,) = (tmp_path / "marks").iterdir()
    path.write_text(path.read_text() + " " * (1 << 20))
    assert files.load(DIGEST) == FilmMarks()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be kept"):
        MarkFiles(tmp_path / "file" / "marks").save(DIGEST, MARKS)
