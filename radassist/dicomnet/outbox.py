"""Results on their way to another system: on disk until they are accepted, whatever happens to the program."""

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from radassist.dicomnet.spool import sync_folder
from radassist.domain.errors import StoreError
from radassist.paths import make_private

_KEY = re.compile(r"[0-9a-f-]{1,100}")
_WARNING = 0xB000
"""Statuses from here to 0xBFFF: accepted, with a remark (PS3.4 B.2.3)."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a peer said of one file.

    Attributes:
        status: As in the C-STORE response.
        is_damaged: Whether the file is damaged on this machine and was not sent at all.
    """

    file: Path
    status: int
    is_damaged: bool = False

    @property
    def is_accepted(self) -> bool:
        """Whether the peer has it now."""
        return self.status == 0 or self.status & 0xF000 == _WARNING


class Outbox:
    """A folder of results by key; what was sent is remembered, so that nothing is sent twice.

    Attributes:
        folder: With results being made, those that wait, and the keys of those that were accepted.
        damaged: Below it: files that were put aside.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._making, self._waiting, self._done = (folder / name for name in ("making", "waiting", "done"))
        self.damaged = folder / "damaged"

    def open(self) -> None:
        """Make the folder where it is missing, and tidy up what an earlier end cut short.

        Raises:
            StoreError: If that cannot be done.
        """
        try:
            for folder in (self.folder, self._making, self._waiting, self._done, self.damaged):
                make_private(folder)
            for left in self._making.iterdir():
                shutil.rmtree(left)
            for results in self._waiting.iterdir():
                self._end_if_empty(results)
        except OSError as error:
            raise self._unusable(error) from error

    def knows(self, key: str) -> bool:
        """Whether results of that key wait or were accepted."""
        return (self._waiting / key).exists() or (self._done / key).exists()

    @contextmanager
    def place_for(self, key: str) -> Iterator[Path]:
        """A folder for the files of one result; they wait to be sent when the block ends well, else they vanish.

        A block that leaves no file there leaves nothing.

        Raises:
            StoreError: If it cannot be made.
            ValueError: If `key` is more than hexadecimal digits and dashes.
        """
        if not _KEY.fullmatch(key):
            raise ValueError("no key of a result")
        making = self._making / secrets.token_hex(8)
        try:
            making.mkdir(mode=0o700)
            yield making
            if any(making.iterdir()):
                sync_folder(making)
                making.rename(self._waiting / key)
                sync_folder(self._waiting)
        except OSError as error:
            raise self._unusable(error) from error
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def waiting(self) -> list[Path]:
        """Files that no peer has accepted yet, those of one result together, results in the order they were made.

        Raises:
            StoreError: If the folder cannot be read.
        """
        try:
            results = [sorted(folder.iterdir()) for folder in self._waiting.iterdir()]
            in_order = sorted(filter(None, results), key=lambda files: (files[0].stat().st_mtime_ns, files))
            return [file for files in in_order for file in files]
        except OSError as error:
            raise self._unusable(error) from error

    def accepted(self, file: Path) -> None:
        """Forget a file of `waiting`: a peer has it.

        Raises:
            StoreError: If it cannot be removed; it will be sent again, which a peer takes for the same.
        """
        try:
            file.unlink(missing_ok=True)
            self._end_if_empty(file.parent)
        except OSError as error:
            raise self._unusable(error) from error

    def put_aside(self, file: Path) -> None:
        """Wait no more with a file of `waiting` that can never be sent; whoever wants to look at it finds it.

        Raises:
            StoreError: If it cannot be moved.
        """
        try:
            file.rename(self.damaged / f"{file.parent.name}-{file.name}")
            self._end_if_empty(file.parent)
        except OSError as error:
            raise self._unusable(error) from error

    def _end_if_empty(self, results: Path) -> None:
        if not any(results.iterdir()):
            (self._done / results.name).touch(mode=0o600)
            results.rmdir()

    def _unusable(self, error: OSError) -> StoreError:
        return StoreError(f"Results cannot be kept in {self.folder}: {error.strerror or error}.")
