"""Reads a table that `csv_table` wrote back: what it said of each film, as values to be compared."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from radassist.domain.errors import UserError
from radassist.domain.study import FilmSource
from radassist.domain.threshold_rule import BY_CARD

_NEEDED = frozenset(
    {
        "path", "sha256", "status", "prediction", "confidence", "decision", "threshold", "model", "model_sha256",
        "preprocessing",
    }
)  # fmt: skip
_ADDED_APOSTROPHE = re.compile("(^|;)'")
_PROBABILITY = "p_"
_NUMBER = re.compile(r"[01](\.[0-9]{1,30})?")
"""As tables are written. `Decimal` takes more: `nan`, and numbers that fill the memory when they are spelled out."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a table says of one film; texts as written, numbers as decimals, empty or None where there is no score.

    Attributes:
        line: Number of the row, from 1.
        prediction: The label that `confidence` is the probability of.
        probabilities: By label.
        set_by: Who set the threshold, as `OperatingPoint.set_by`.
    """

    line: int
    source: FilmSource
    sha256: str
    status: str
    prediction: str = ""
    confidence: Decimal | None = None
    decision: str = ""
    threshold: Decimal | None = None
    probabilities: Mapping[str, Decimal] = field(default_factory=dict)
    model: str = ""
    model_sha256: str = ""
    preprocessing: str = ""
    device: str = ""
    set_by: str = BY_CARD


def read_table(path: Path) -> tuple[TableRow, ...]:
    """The rows of the CSV at `path`.

    Raises:
        UserError: If it cannot be read or is no such table.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if not set(reader.fieldnames or ()) >= _NEEDED:
                raise UserError(f"{path.name} is not a table of radassist: its columns are others.")
            return tuple(_row(line, cells) for line, cells in enumerate(reader, start=1))
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except (csv.Error, UnicodeDecodeError, InvalidOperation, KeyError, AttributeError) as error:
        raise UserError(f"{path.name} is not a whole table of radassist.") from error


def _row(line: int, cells: dict[str, str]) -> TableRow:
    if None in cells or None in cells.values():  # DictReader's word for too many cells, and for too few
        raise KeyError(line)
    return TableRow(
        line=line,
        source=_source(cells["path"]),
        sha256=cells["sha256"],
        status=cells["status"],
        prediction=cells["prediction"],
        confidence=_number(cells["confidence"]),
        decision=cells["decision"],
        threshold=_number(cells["threshold"]),
        probabilities={
            name.removeprefix(_PROBABILITY): number
            for name, cell in cells.items()
            if name.startswith(_PROBABILITY) and (number := _number(cell)) is not None
        },
        model=cells["model"],
        model_sha256=cells["model_sha256"],
        preprocessing=cells["preprocessing"],
        device=cells["device"],
        set_by=cells.get("threshold_set_by") or BY_CARD,
    )


def _number(cell: str) -> Decimal | None:
    if cell and not _NUMBER.fullmatch(cell):
        raise InvalidOperation(cell)
    return Decimal(cell) if cell else None


def _source(cell: str) -> FilmSource:
    """The film a path means: as written, or as it was before it was made inert; in an archive behind `!/`."""
    for written in (cell, _ADDED_APOSTROPHE.sub(r"\1", cell)):
        archive, mark, member = written.partition("!/")
        is_whole = not mark or _exists(written)
        source = FilmSource(Path(written)) if is_whole else FilmSource(Path(archive), member)
        if _exists(str(source.path)):
            return source
    return FilmSource(Path(cell))


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False
