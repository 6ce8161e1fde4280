"""Folders that training writes into, and files of bytes that appear there whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from radassist.domain.errors import StoreError


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it where they are missing.

    Raises:
        StoreError: If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def replace_bytes(target: Path, data: bytes) -> None:
    """Put `data` in the place of `target`; until all of it is on disk, `target` is what it was.

    Raises:
        StoreError: If it cannot be written.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise _unwritable(target, error) from error


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(f"{path} cannot be written: {error.strerror or error}.")
