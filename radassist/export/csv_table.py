"""The results as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet; `json_table` leaves texts untouched."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from radassist.domain.worklist import WorklistItem
from radassist.export.files import replacing
from radassist.export.keys import KeyHasher
from radassist.export.result_rows import Value, columns, rows

# What spreadsheets take for a formula at the start of a cell (OWASP ASVS 1.2.10), full-width forms included. A cell
# may also begin after a semicolon, where that is the list separator of the reader's country.
_FORMULA = re.compile("(^|;)(?=\\s*['=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20])")
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def write_csv(items: Iterable[WorklistItem], target: Path, *, labels: Sequence[str], keys: KeyHasher) -> None:
    """Write one row an item that has ended, sorted by path, to `target`: whole or not at all.

    Args:
        items: In any order; those that have not ended are left out.
        target: Replaced if it exists.
        labels: The model's, for the columns `p_<LABEL>`.
        keys: How study, series and instance are named.

    Raises:
        StoreError: If `target` cannot be written.
    """
    with replacing(target) as file:
        writer = csv.writer(file)
        writer.writerow(columns(labels))
        for row in rows(items, labels, keys):
            writer.writerow([_cell(value) for value in row])


def inert(text: str) -> str:
    """`text` as a cell no spreadsheet executes: a leading apostrophe where needed, control characters spelled out."""
    harmless = _FORMULA.sub(r"\1'", text)
    return "".join(_spelled_out(character) for character in harmless)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return inert(value) if isinstance(value, str) else format(value, "f")


def _spelled_out(character: str) -> str:
    """Control characters and lone surrogates (bytes of a file name that are no UTF-8) as escapes."""
    if unicodedata.category(character) not in _UNPRINTABLE:
        return character
    return character.encode("unicode_escape").decode("ascii")
