"""Files that belong together, written so that a crash leaves each one old or new, never half of one.

Each gets its name by itself: a crash in between leaves some old and some new. Whoever reads them compares checksums.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from radassist.domain.errors import StoreError

Store = Literal["float32", "float16", "int8"]
"""How weights are rounded in their file; see `packing.pack`."""


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files`, names to contents, into `folder`, which is made when missing.

    All of them are on the disk before the first gets its name.

    Raises:
        StoreError: If the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            _write_through(_part(folder, name), data)
        for name in files:
            _part(folder, name).replace(folder / name)
    except OSError as error:
        for name in files:
            with suppress(OSError):
                _part(folder, name).unlink()
        raise StoreError(f"The model cannot be written to {folder}: {error.strerror or error}.") from error


def _part(folder: Path, name: str) -> Path:
    return folder / f".{name}.part"


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
