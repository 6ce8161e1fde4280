"""Lists the files in a ZIP archive, and unpacks one as it is read. Nothing goes to disk: their names do no harm."""

import io
import os
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, cast

MAX_DIRECTORY_BYTES = 8 * 2**20
"""Of an archive's own table of contents; enough for some 80,000 films."""

_LOCAL_HEADER = struct.Struct("<4s22x2H")
"""Signature, then the lengths of name and extra field (APPNOTE 4.3.7)."""
_SIGNATURE = b"PK\3\4"
_NAME_IS_UTF8 = 0x800


def list_members(path: Path) -> list[str]:
    """Names of the files in an archive as the archive gives them; none if it is damaged or its table is too long."""
    try:
        with _CautiousFile(path) as file, zipfile.ZipFile(file) as archive:
            return [name for name in dict.fromkeys(archive.namelist()) if name and not name.endswith("/")]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
        return []


def entry_of(path: Path, stream: IO[bytes], member: str) -> zipfile.ZipInfo:
    """What the archive at `path`, open as `stream`, says of its file `member`.

    Raises:
        KeyError: If it has no such file.
        BadZipFile, NotImplementedError, OSError, ValueError, struct.error: If its table cannot be read.
    """
    status = os.fstat(stream.fileno())
    return _entries(path, (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns))[member]


@contextmanager
def unpacking(stream: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """The bytes of one file of the archive open as `stream`; its checksum is checked at their end.

    Raises:
        BadZipFile, OSError, ValueError: If the archive is damaged.
    """
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size:
        raise zipfile.BadZipFile("a file's header is cut short")
    signature, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
    name = stream.read(name_bytes).decode("utf-8" if entry.flag_bits & _NAME_IS_UTF8 else "cp437")
    if signature != _SIGNATURE or name != entry.orig_filename:
        raise zipfile.BadZipFile("the table of contents points elsewhere")
    stream.seek(extra_bytes, os.SEEK_CUR)
    with zipfile.ZipExtFile(stream, "r", entry) as unpacked:
        yield cast(IO[bytes], unpacked)  # as `ZipFile.open` calls it


@lru_cache(maxsize=1)
def _entries(path: Path, state: tuple[int, ...]) -> Mapping[str, zipfile.ZipInfo]:
    """The table of contents, read once for all films of an archive. No file is kept open: a disc can be taken out."""
    with _CautiousFile(path) as file, zipfile.ZipFile(file) as archive:
        return {entry.filename: entry for entry in archive.infolist()}


class _CautiousFile(io.FileIO):
    """A file that gives no more at once than a sound archive needs; `zipfile` reads tables of any length whole."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MAX_DIRECTORY_BYTES:
            raise ValueError(f"a table of contents of {size} bytes")
        return super().read(size) or b""
