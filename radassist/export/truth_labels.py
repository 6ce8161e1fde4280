"""Reads a table of labels somebody else made: which film shows the finding and which does not. Formulas stay text."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from radassist.domain.errors import UserError
from radassist.domain.truth import LabelRow

MOST_BYTES = 32 * 2**20
MOST_ROWS = 200_000
_FILM_TITLES = ("path", "file_path", "filepath", "image_path", "file", "file_name", "filename", "image", "film", "name")
_LABEL_TITLES = ("label", "truth", "ground_truth", "class", "diagnosis", "target")
_YES = frozenset({"1", "1.0", "positive", "yes", "true"})
_NO = frozenset({"0", "0.0", "negative", "no", "false"})


def read_labels(path: Path, labels: Sequence[str]) -> tuple[LabelRow, ...]:
    """The rows of the CSV at `path`, which may part its cells by comma, semicolon or tab.

    Args:
        path: UTF-8; its first line names a column of films (`path`, `file`, `name`) and one of labels (`label`).
        labels: The model's; index 1 is the positive one. Labels may also be 0 and 1, yes and no, positive and negative.

    Raises:
        UserError: If it cannot be read, is too large, lacks a column, or holds a label that is none of these.
    """
    text = _text(path)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        film, label = _columns(path, next(reader, []))
        return tuple(_rows(path, reader, (film, label), labels))
    except csv.Error as error:
        raise UserError(f"{path.name} is no sound CSV table near line {reader.line_num}.") from error


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise UserError(f"{path.name} is not a file.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    if len(data) > MOST_BYTES:
        raise UserError(f"{path.name} is larger than the {MOST_BYTES // 2**20} MB a table of labels may have.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path.name} is not UTF-8 text: save it as CSV UTF-8.") from error


def _columns(path: Path, titles: Sequence[str]) -> tuple[int, int]:
    """Where films and labels stand. Two columns of labels are refused: nobody could say which one counts."""
    plain = ["_".join(title.casefold().replace("-", " ").split()) for title in titles]
    films = [plain.index(title) for title in _FILM_TITLES if title in plain]
    labels = [place for place, title in enumerate(plain) if title in _LABEL_TITLES]
    if not films:
        raise UserError(f"{path.name} has no column of films: its first line should name one path, file or name.")
    if not labels:
        raise UserError(f"{path.name} has no column of labels: its first line should name one label.")
    if len(labels) > 1:
        raise UserError(f"{path.name} has {len(labels)} columns of labels: keep the one that counts.")
    return films[0], labels[0]


def _rows(
    path: Path, reader: Iterator[list[str]], places: tuple[int, int], labels: Sequence[str]
) -> Iterator[LabelRow]:
    yes = _YES | {labels[1].casefold()}
    no = _NO | {label.casefold() for index, label in enumerate(labels) if index != 1}
    for count, cells in enumerate((cells for cells in reader if any(map(str.strip, cells))), start=1):
        line = reader.line_num  # type: ignore[attr-defined]  # a csv.reader has it, an Iterator has not
        if count > MOST_ROWS:
            raise UserError(f"{path.name} has more than {MOST_ROWS:,} rows.")
        if len(cells) <= max(places):
            raise UserError(f"Line {line} of {path.name} has too few cells.")
        word = cells[places[1]].strip().casefold()
        if word and word not in yes | no:
            raise UserError(f"The label in line {line} of {path.name} is neither {labels[0]} nor {labels[1]}.")
        yield LabelRow(line, cells[places[0]].strip(), (word in yes) if word else None)
