"""What a person may read of a trained model: its card in words, ready to be laid out."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SheetTable:
    """Names and values that belong together, in plain text."""

    heading: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ModelSheet:
    """One model's card in words.

    Attributes:
        id: By which the model is chosen.
        is_default: Whether it is used when none is named.
        limits: What it must not be used for or is known to get wrong, one sentence each.
        curves: Picture of its training, where there is one.
    """

    id: str
    title: str
    tables: tuple[SheetTable, ...]
    limits: tuple[str, ...] = ()
    is_default: bool = False
    curves: Path | None = None
