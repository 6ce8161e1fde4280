"""Folders made, and files written whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from radassist.domain.errors import StoreError


@contextmanager
def replacing(target: Path) -> Iterator[TextIO]:
    """A UTF-8 text file that takes the place of `target` as that of `replacing_bytes` does.

    Line ends are written as they are given.

    Raises:
        StoreError: If it cannot be written; the sentence names the file and says why.
    """
    with replacing_bytes(target) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="")
        yield text
        text.detach()  # writes what is left, and leaves closing to the file's owner


@contextmanager
def replacing_bytes(target: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `target` when the block ends well, and vanishes when it does not.

    Until the block has ended, `target` is what it was.

    Raises:
        StoreError: If it cannot be written; the sentence names the file and says why.
    """
    final, temporary = _temporary_beside(target)
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(final)
    except OSError as error:
        raise _unwritable(target, error.strerror) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it where they are missing.

    Raises:
        StoreError: If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be made: {error.strerror or error}.") from error


def check_writable(target: Path) -> None:
    """Find out before the work that `target` cannot be written after it.

    Raises:
        StoreError: If `target` is no place for a file, is locked or read-only, or its folder takes no file.
    """
    final, temporary = _temporary_beside(target)
    try:
        if final.exists():
            final.open("r+b").close()
        temporary.open("x").close()
        temporary.unlink()
    except OSError as error:
        raise _unwritable(target, error.strerror) from error


def _temporary_beside(target: Path) -> tuple[Path, Path]:
    """Where `target` really lies, and a free name in the same folder, so that the move is one step."""
    try:
        final = target.resolve()
        if final.exists() and not final.is_file():
            raise _unwritable(target, "it is not a file")
        if not final.parent.is_dir():
            raise _unwritable(target, "its folder does not exist")
    except (OSError, RuntimeError, ValueError) as error:
        raise _unwritable(target, getattr(error, "strerror", None) or "it is not a name of a file") from error
    return final, final.parent / f".radassist-{secrets.token_hex(8)}.tmp"


def _unwritable(target: Path, why: str | None) -> StoreError:
    return StoreError(f"{target} cannot be written: {why or 'the system does not say why'}.")
