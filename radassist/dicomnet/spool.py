"""Films received over the network, on disk: each whole and durable before its sender is told that it was accepted."""

import errno
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from pathlib import Path
from threading import Lock

from radassist.dicomnet.limits import Quota
from radassist.domain.errors import StoreError
from radassist.paths import make_private, open_private

_DIGITS = 32
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class SpoolFull(StoreError):
    """There is no room for another film."""


class Kept(Enum):
    """What became of a film that was received."""

    NEW = "new"
    AGAIN = "again"
    """The same bytes are there already; nothing was written."""
    BESIDE = "beside"
    """Another film with the same UID is there; both are kept."""


@dataclass(slots=True)
class Spool:
    """A folder of films with room for so many.

    A film's file is named by digests of its UID and its bytes: nothing that a sender says becomes part of a path.

    Attributes:
        folder: Of whole films below `films`, and of those that are being written below `partial`.
        quota: How much may lie there.
    """

    folder: Path
    quota: Quota = field(default_factory=Quota)
    _lock: Lock = field(default_factory=Lock)
    _instances: set[str] = field(default_factory=set)
    _bytes: int = 0
    _films: int = 0
    _reserved_bytes: int = 0
    _reserved_films: int = 0
    _new: dict[Path, None] = field(default_factory=dict)

    @property
    def films(self) -> Path:
        """Where whole films lie."""
        return self.folder / "films"

    @property
    def _partial(self) -> Path:
        return self.folder / "partial"

    def open(self) -> None:
        """Make the folder where it is missing, drop what an earlier end cut short and count what is there.

        Films that are there are new once more.

        Raises:
            StoreError: If the folder can be neither made nor read.
        """
        try:
            for folder in (self.folder, self.films, self._partial):
                make_private(folder)
            for left in self._partial.iterdir():
                left.unlink()
            self._new = dict.fromkeys(sorted(self._count()))
        except OSError as error:
            raise StoreError(f"Films cannot be kept in {self.folder}: {error.strerror or error}.") from error

    def take_new(self) -> list[Path]:
        """Films that came since this was asked last, each once; one that was there already has come again."""
        with self._lock:
            new, self._new = list(self._new), {}
        return new

    def keep(self, instance_uid: str, content: Sequence[bytes | memoryview]) -> Kept:
        """Write a film to disk; it is whole and durable on return. Safe to call from many threads.

        Args:
            instance_uid: As its sender names it.
            content: The pieces of its file, in order.

        Raises:
            SpoolFull: If the quota or the disk has no room for it; nothing of it is left behind.
            StoreError: If it cannot be written for another reason.
        """
        name = _name(instance_uid, content)
        if (self.films / name).exists():
            sync_folder(self.films)  # its first sender may not have come so far yet
            with self._lock:
                self._new[self.films / name] = None
            return Kept.AGAIN
        size = sum(len(piece) for piece in content)
        self._reserve(size)
        try:
            return self._write(name, content, size)
        except OSError as error:
            kind = SpoolFull if error.errno in _FULL else StoreError
            raise kind(f"A film could not be kept in {self.folder}: {error.strerror or error}.") from error
        finally:
            with self._lock:
                self._reserved_bytes -= size
                self._reserved_films -= 1

    def _reserve(self, size: int) -> None:
        with self._lock:
            if not self._has_room(size):
                with suppress(OSError):
                    self._count()  # films may have been taken away
                if not self._has_room(size):
                    raise SpoolFull(f"No room for another film in {self.folder}: remove films, or allow more.")
            self._reserved_bytes += size
            self._reserved_films += 1

    def _has_room(self, size: int) -> bool:
        total = self._bytes + self._reserved_bytes + size
        return total <= self.quota.total_bytes and self._films + self._reserved_films < self.quota.films

    def _count(self) -> list[Path]:
        """The films that are there."""
        with os.scandir(self.films) as entries:
            sizes = {entry.name: entry.stat().st_size for entry in entries if entry.is_file()}
        self._bytes, self._films = sum(sizes.values()), len(sizes)
        self._instances = {_instance(name) for name in sizes}
        return [self.films / name for name in sizes]

    def _write(self, name: str, content: Sequence[bytes | memoryview], size: int) -> Kept:
        temporary, final = self._partial / secrets.token_hex(8), self.films / name
        try:
            with open(temporary, "xb", opener=open_private) as file:
                file.writelines(content)
                file.flush()
                os.fsync(file.fileno())
            with self._lock:
                kept = self._put(temporary, final, size)
            sync_folder(self.films)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return kept

    def _put(self, temporary: Path, final: Path, size: int) -> Kept:
        """Called by one thread at a time: the same film may come twice at once."""
        if final.exists():
            self._new[final] = None
            return Kept.AGAIN
        temporary.rename(final)
        instance = _instance(final.name)
        kept = Kept.BESIDE if instance in self._instances else Kept.NEW
        self._bytes += size
        self._films += 1
        self._instances.add(instance)
        self._new[final] = None
        return kept


def _name(instance_uid: str, content: Sequence[bytes | memoryview]) -> str:
    digest = sha256()
    for piece in content:
        digest.update(piece)
    return f"{sha256(instance_uid.encode()).hexdigest()[:_DIGITS]}-{digest.hexdigest()[:_DIGITS]}.dcm"


def _instance(name: str) -> str:
    return name[:_DIGITS]


def sync_folder(folder: Path) -> None:
    """Make a renaming durable; Windows neither can nor need be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
