"""The results as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet; `json_table` leaves texts untouched."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from radassist.domain.worklist import WorklistItem
from radassist.export.files import replacing
from radassist.export.keys import KeyHasher
from radassist.export.reader_columns import NO_READER, ReaderColumns
from radassist.export.result_rows import Value, columns, rows
from radassist.export.safe_text import inert


def write_csv(
    items: Iterable[WorklistItem],
    target: Path,
    *,
    labels: Sequence[str],
    keys: KeyHasher,
    reader: ReaderColumns = NO_READER,
) -> None:
    """Write one row an item that has ended, sorted by path, to `target`: whole or not at all.

    Args:
        items: In any order; those that have not ended are left out.
        target: Replaced if it exists.
        labels: The model's, for the columns `p_<LABEL>`.
        keys: How study, series and instance are named.
        reader: What readers said of the films.

    Raises:
        StoreError: If `target` cannot be written.
    """
    with replacing(target) as file:
        writer = csv.writer(file)
        writer.writerow(columns(labels, reader))
        for row in rows(items, labels, keys, reader):
            writer.writerow([_cell(value) for value in row])


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return inert(value) if isinstance(value, str) else format(value, "f")
