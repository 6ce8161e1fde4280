"""The rows of the CSV as JSON, for programs: the same values, texts untouched."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from radassist.domain.worklist import WorklistItem
from radassist.export.files import replacing
from radassist.export.keys import KeyHasher
from radassist.export.reader_columns import NO_READER, ReaderColumns
from radassist.export.result_rows import Value, columns, rows


def write_json(
    items: Iterable[WorklistItem],
    target: Path,
    *,
    labels: Sequence[str],
    keys: KeyHasher,
    reader: ReaderColumns = NO_READER,
) -> None:
    """Write a list of objects, one an item that has ended, to `target`: whole or not at all. As `csv_table.write_csv`.

    Raises:
        StoreError: If `target` cannot be written.
    """
    names = columns(labels, reader)
    table = [dict(zip(names, map(_plain, row), strict=True)) for row in rows(items, labels, keys, reader)]
    with replacing(target) as file:
        # ASCII, so that file names that are no UTF-8 survive as escaped surrogates.
        json.dump(table, file, indent=1, ensure_ascii=True, allow_nan=False)
        file.write("\n")


def _plain(value: Value) -> str | float | None:
    return value if value is None or isinstance(value, str) else float(value)
