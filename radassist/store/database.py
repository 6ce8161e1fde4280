"""One SQLite file that survives whatever happens to the program. Knows transactions and versions, no films."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from radassist.domain.errors import StoreError
from radassist.paths import make_private
from radassist.store.schema import MIGRATIONS

_BUSY_SECONDS = 30.0
"""How long to wait for another process that writes."""
_COMPANIONS = ("", "-wal", "-shm")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_WHY = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "it may not be written",
    "SQLITE_CANTOPEN": "it cannot be opened",
    "SQLITE_IOERR": "the disk reports an error",
    "SQLITE_BUSY": "another program holds it",
    "SQLITE_CORRUPT": "it is damaged",
    "SQLITE_NOTADB": "it is damaged",
}


class Database:
    """The open file. Safe to use from any thread; transactions follow one another.

    A committed transaction survives a killed process and a power cut: the log is on the disk before `transaction`
    returns (WAL, synchronous FULL).

    Attributes:
        path: The file.
        notice: One sentence where a damaged file was set aside at opening; else empty.
    """

    def __init__(self, path: Path, migrations: Sequence[str] = MIGRATIONS) -> None:
        """Open the file at `path`, for its owner's eyes only; made when it is not there.

        Raises:
            StoreError: If it cannot be opened or made, or a newer version of the program wrote it.
        """
        self.path = path
        self.notice = ""
        self._lock = RLock()
        try:
            self._connection = self._open_sound()
        except (sqlite3.Error, OSError) as error:
            raise _unusable(path, error) from error
        try:
            self._migrate(migrations)
        except StoreError:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything done in the block, or nothing of it.

        Raises:
            StoreError: If it cannot be done; the file is as it was.
        """
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise _unusable(self.path, error) from error
            finally:
                with suppress(sqlite3.Error):  # SQLite may have rolled back already, or be closed
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a query answers.

        Raises:
            StoreError: If it cannot be read.
        """
        with self._lock:
            try:
                return self._connection.execute(query, tuple(parameters)).fetchall()
            except sqlite3.Error as error:
                raise _unusable(self.path, error) from error

    def close(self) -> None:
        """Close the file; safe to call twice."""
        with self._lock:
            self._connection.close()

    def _open_sound(self) -> sqlite3.Connection:
        make_private(self.path.parent)
        connection = self._connect()
        if connection is None:
            self._set_aside()
            connection = self._connect()
        if connection is None:
            raise OSError("a new file is damaged at once")
        return connection

    def _connect(self) -> sqlite3.Connection | None:
        """A connection; None where the file is damaged."""
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            if connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
                return connection
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                connection.close()
                raise
        connection.close()
        return None

    def _set_aside(self) -> None:
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        aside = self.path.with_name(f"{self.path.stem}.damaged-{moment}{self.path.suffix}")
        for end in _COMPANIONS:
            with suppress(FileNotFoundError):
                Path(f"{self.path}{end}").rename(f"{aside}{end}")
        self.notice = (
            f"The file of results was damaged and is set aside as {aside.name}; earlier results are not known any more."
        )

    def _migrate(self, migrations: Sequence[str]) -> None:
        with self.transaction() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > len(migrations):
                raise StoreError(f"{self.path} was written by a newer version of radassist.")
            for number, script in enumerate(migrations[version:], start=version + 1):
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    """One by one: `executescript` would commit the transaction it is called in."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _is_damage(error: sqlite3.Error) -> bool:
    return _code(error).startswith(_DAMAGED)


def _code(error: Exception) -> str:
    return getattr(error, "sqlite_errorname", None) or ""


def _unusable(path: Path, error: Exception) -> StoreError:
    known = (why for code, why in _WHY.items() if _code(error).startswith(code))
    why = next(known, getattr(error, "strerror", None) or type(error).__name__)
    return StoreError(f"The results cannot be kept in {path}: {why}.")
