"""The bytes of one film, from a file or from inside a ZIP archive, and never more of them than a film can need.

Nothing is extracted to disk. Errors are sentences without their subject: `formats` puts the film's name before them.
"""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.domain.study import FilmSource
from radassist.imaging.archive import entry_of, unpacking
from radassist.imaging.notices import SEND_AGAIN

MAX_FILE_BYTES = 640 << 20
"""512 MB of picture and a generous header."""

_MAX_RATIO = 200
_RATIO_MATTERS_FROM = 16 << 20
_PACKING_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


def read_bytes(source: FilmSource) -> bytes:
    """All bytes of a film.

    Raises:
        DecodeError: If it is not there, not an ordinary file, damaged or may not be read.
        UnsupportedImage: If it is far larger than any film, or packed in a way that is not read.
    """
    with opened(source) as (stream, size):
        if size > MAX_FILE_BYTES:
            raise UnsupportedImage(f"is {size / 1e9:.1f} GB, far larger than a film.")
        data = stream.read(size + 1)
    if len(data) != size:
        raise DecodeError(f"changed while it was being read, or is damaged. {SEND_AGAIN}")
    return data


def read_head(source: FilmSource, limit: int) -> bytes:
    """The first bytes of a film, at most `limit`; raises as `read_bytes`."""
    with opened(source) as (stream, _):
        return stream.read(limit)


@contextmanager
def opened(source: FilmSource) -> Iterator[tuple[IO[bytes], int]]:
    """A readable stream and its size; what the operating system or the archive refuses becomes a sentence."""
    try:
        with _open_regular(source) as stream:
            if not source.member:
                yield stream, os.fstat(stream.fileno()).st_size
                return
            entry = _checked_entry(source, stream)
            with unpacking(stream, entry) as unpacked:
                yield unpacked, entry.file_size
    except FileNotFoundError as error:
        raise DecodeError("is no longer there.") from error
    except PermissionError as error:
        raise DecodeError("may not be read by you. Ask for the permission to read it.") from error
    except OSError as error:
        raise DecodeError("cannot be read from where it lies. Check the disc or the network folder.") from error
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError) as error:
        raise DecodeError(f"lies in a ZIP archive that is damaged. {SEND_AGAIN}") from error


def _open_regular(source: FilmSource) -> IO[bytes]:
    """Open an ordinary file; a pipe or a device is never even opened, nor waited for when swapped in meanwhile."""
    _require_regular(source.path.stat().st_mode)
    descriptor = os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    stream = os.fdopen(descriptor, "rb")
    try:
        _require_regular(os.fstat(descriptor).st_mode)
    except DecodeError:
        stream.close()
        raise
    return stream


def _require_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise DecodeError("is not an ordinary file, so nothing was read from it.")


def _checked_entry(source: FilmSource, stream: IO[bytes]) -> zipfile.ZipInfo:
    try:
        entry = entry_of(source.path, stream, source.member)
    except KeyError as error:
        raise DecodeError("is no longer in its ZIP archive.") from error
    if entry.flag_bits & _ENCRYPTED:
        raise UnsupportedImage("lies in a ZIP archive with a password. Unpack the archive first.")
    if entry.compress_type not in _PACKING_METHODS:
        raise UnsupportedImage("is packed in an unusual way. Unpack the archive first.")
    if entry.file_size > max(_RATIO_MATTERS_FROM, _MAX_RATIO * entry.compress_size):
        raise UnsupportedImage("grows too much when unpacked to be a film.")
    return entry
