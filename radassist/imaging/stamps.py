"""Whether a file is still the one it was: its stamp, and the digest of its bytes. Nothing is decoded or unpacked."""

import hashlib
import os
import stat
import time

from radassist.domain.errors import UserError
from radassist.domain.study import FileStamp, FilmSource
from radassist.imaging.sources import MAX_FILE_BYTES, opened

_YOUNG_NS = 2_000_000_000
"""File systems count time in steps of up to two seconds: a change within one step leaves the time as it was."""
_CHUNK_BYTES = 1 << 20


def stamp_of(source: FilmSource) -> FileStamp | None:
    """The stamp of the file `source` lies in; None where there is no ordinary file to look at."""
    try:
        status = source.path.stat()
    except (OSError, ValueError):
        return None
    return _stamp(status) if stat.S_ISREG(status.st_mode) else None


def digest_of(source: FilmSource) -> str | None:
    """SHA-256 of a plain file, hex; None for a film inside an archive, or where the file cannot be read whole."""
    if source.member:
        return None
    digest = hashlib.sha256()
    try:
        with opened(source) as (stream, size):
            if size > MAX_FILE_BYTES:
                return None
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
    except (UserError, OSError):
        return None
    return digest.hexdigest()


def _stamp(status: os.stat_result) -> FileStamp:
    is_young = time.time_ns() - status.st_mtime_ns < _YOUNG_NS
    return FileStamp(status.st_size, None if is_young else status.st_mtime_ns)
