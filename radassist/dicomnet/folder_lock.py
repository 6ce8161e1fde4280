"""A folder that belongs to one program at a time."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from radassist.domain.errors import StoreError, UserError
from radassist.paths import make_private, open_private

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})


class FolderTaken(UserError):
    """Another program uses the folder."""


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Nobody else is in `folder` until the block ends, or this process does, however that comes.

    Raises:
        FolderTaken: If somebody is.
        StoreError: If the folder can be neither made nor locked.
    """
    try:
        descriptor = open_private(str(make_private(folder) / "lock"), os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise StoreError(f"Films cannot be kept in {folder}: {error.strerror or error}.") from error
    try:
        _lock(descriptor, folder)
        yield
    finally:
        os.close(descriptor)  # lets go of the lock


def _lock(descriptor: int, folder: Path) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            raise FolderTaken(f"Another window or node receives films in {folder}: end that one first.") from error
        raise StoreError(f"Films cannot be kept in {folder}: {error.strerror or error}.") from error
