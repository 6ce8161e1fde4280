"""The record of what was done with films: JSON lines that are only appended, each with the digest of the one before.

It names no patient and no file: films go by salted keys. Every line names the account of the operating system that the
program ran under. The chain tells of lines that were changed, removed, moved or put in. It cannot tell that lines are
missing at its end, nor that somebody who may write the file wrote it all anew.
"""

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from radassist.domain.errors import StoreError, UserError
from radassist.domain.reading import ReaderAnswer
from radassist.domain.worklist import WorklistItem
from radassist.export.keys import KeyHasher
from radassist.paths import make_private, open_private

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
try:
    import pwd
except ImportError:  # as above
    pwd = None  # type: ignore[assignment]

Entry = dict[str, Any]

_BEFORE_ALL = "0" * 64
_LAST_BYTES = 1 << 16
_PREVIOUS, _DIGEST = "previous", "sha256"
_HEAD = ("time", "user", "act", "film", "model", "threshold")
_UNTOLD = (*_HEAD, "process", "model_sha256", _PREVIOUS, _DIGEST)


class Act(StrEnum):
    """What is recorded."""

    STARTED = "started"
    THRESHOLD_SET = "threshold set"
    OPENED = "opened"
    SCORED = "scored"
    REFUSED = "refused"
    FAILED = "failed"
    RECALLED = "recalled"
    READ = "read"
    OVERRIDDEN = "overridden"
    TAKEN_BACK = "taken back"
    EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a look at the whole record found.

    Attributes:
        lines: How many there are.
        problems: One sentence each, in order; empty where the chain is whole.
    """

    lines: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line as it is told; what it does not name is empty. Nothing of it is proved: `check_audit` follows the chain.

    Attributes:
        time: ISO 8601 with the offset from UTC.
        account: Of the operating system, which the program ran under.
        act: An `Act`, or what a newer version wrote.
        film: Its salted key.
        model: The one that answered.
        threshold: In [0, 1], as it is written.
        more: All other facts: `decision PNEUMONIA, threshold set by card`.
    """

    time: str
    account: str
    act: str
    film: str
    model: str
    threshold: str
    more: str


class AuditTrail:
    """Appends to the record at `path`; safe to use from several threads and programs.

    Args:
        path: For its owner's eyes only; made when first written to.
        keys: How films are named.
    """

    def __init__(self, path: Path, keys: KeyHasher) -> None:
        self._path = path
        self._keys = keys
        self._lock = Lock()
        self._account = _account()

    def record(self, act: Act, **facts: str | float) -> None:
        """Append one line; `facts` name no patient and no file.

        Raises:
            StoreError: If it cannot be written.
        """
        self._append([{"act": act.value} | facts])

    def record_film(self, act: Act, digest: str, **facts: str | float) -> None:
        """Append one line on the film whose bytes have this SHA-256; as `record` in all else."""
        self.record(act, film=self._keys.key(digest), **facts)

    def record_ended(self, items: Sequence[WorklistItem], *, recalled: bool = False) -> None:
        """Append a line an item, which has ended: how, by which model, at which threshold. Raises as `record`.

        Args:
            items: In a final state.
            recalled: Whether they had ended before and were not scored now.
        """
        self._append([self._entry(item, recalled=recalled) for item in items])

    def record_answer(self, act: Act, answer: ReaderAnswer) -> None:
        """Append a line on what a reader said, or took back, and of which score; never the reader's own words.

        Raises:
            StoreError: As `record`.
        """
        facts: dict[str, str | float] = {"film": self._keys.key(answer.film_sha256), "opinion": answer.opinion.value}
        if answer.seen:
            facts |= {"decision": answer.seen.decision, "threshold": answer.seen.threshold}
            facts |= {"model": answer.seen.model, "model_sha256": answer.seen.model_sha256}
        self.record(act, **facts)

    def _entry(self, item: WorklistItem, *, recalled: bool) -> Entry:
        act = Act.RECALLED if recalled else Act(item.state.value)
        entry = {"act": act.value, "film": self._keys.key(item.film_sha256 or str(item.source))}
        if item.analysis is None:
            return entry
        prediction, provenance = item.analysis.prediction, item.analysis.provenance
        return entry | {
            "decision": prediction.decision,
            "threshold": prediction.threshold,
            "threshold_set_by": prediction.threshold_by,
            "model": provenance.model,
            "model_sha256": provenance.model_sha256,
        }

    def _append(self, entries: Sequence[Entry]) -> None:
        head = {"time": _now(), "user": self._account, "process": os.getpid()}
        try:
            make_private(self._path.parent)
            with self._lock, open(self._path, "a+b", opener=open_private) as file, _alone(file):
                previous, text = _end_of(file)
                for entry in entries:
                    line, previous = _sealed(head | entry, previous)
                    text += line
                file.write(text)
        except OSError as error:
            raise StoreError(f"The record {self._path} cannot be written: {error.strerror or error}.") from error


def last_lines(path: Path, count: int) -> tuple[AuditLine, ...]:
    """The last `count` whole lines of the record, the newest last; a line that is no entry is left out.

    Raises:
        UserError: As `check_audit`.
    """
    with _reading(path) as file:
        tail = deque(file, maxlen=count)
    return tuple(_told(parsed) for parsed in map(_parsed, tail) if parsed)


def check_audit(path: Path) -> AuditReport:
    """Follow the chain from the first line to the last.

    Raises:
        UserError: If there is no record, or it cannot be read.
    """
    previous, problems, number = _BEFORE_ALL, [], 0
    with _reading(path) as file:
        for number, line in enumerate(file, start=1):
            problem, previous = _checked(line, previous)
            problems += [f"Line {number} {problem}."] if problem else []
    return AuditReport(number, tuple(problems))


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise UserError("Nothing has been recorded yet.") from error
    except OSError as error:
        raise UserError(f"The record {path} cannot be read: {error.strerror or error}.") from error


def _told(entry: Entry) -> AuditLine:
    time, user, act, film, model, threshold = (str(entry.get(name, "")) for name in _HEAD)
    rest = (f"{name.replace('_', ' ')} {value}" for name, value in entry.items() if name not in _UNTOLD)
    return AuditLine(time, user, act, film, model, threshold, ", ".join(rest))


def _checked(line: bytes, previous: str) -> tuple[str, str]:
    """What is wrong with a line, empty for nothing, and the digest the next one must build on."""
    parsed = _parsed(line)
    if parsed is None:
        return "is cut short or is no entry", previous
    digest = str(parsed.pop(_DIGEST))
    if digest != _digest(parsed):
        return "was changed", digest
    if parsed.get(_PREVIOUS) != previous:
        return "does not follow the line before it: lines were removed, moved or put in", digest
    return "", digest


def _parsed(line: bytes) -> Entry | None:
    try:
        parsed = json.loads(line)
    except (ValueError, RecursionError):  # brackets in brackets a hundred thousand times
        return None
    return parsed if isinstance(parsed, dict) and _DIGEST in parsed and line.endswith(b"\n") else None


def _sealed(entry: Entry, previous: str) -> tuple[bytes, str]:
    chained = entry | {_PREVIOUS: previous}
    digest = _digest(chained)
    return _text(chained | {_DIGEST: digest}) + b"\n", digest


def _digest(entry: Entry) -> str:
    return hashlib.sha256(_text(entry)).hexdigest()


def _text(entry: Entry) -> bytes:
    return json.dumps(entry, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _end_of(file: BinaryIO) -> tuple[str, bytes]:
    """The digest to build on, and what must come before the next line: a torn one is left on a line of its own."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LAST_BYTES))
    tail = file.read()
    whole = (parsed for parsed in map(_parsed, reversed(tail.splitlines(keepends=True))) if parsed)
    last = next(whole, None)  # nearly always the first that is looked at
    previous = str(last[_DIGEST]) if last else _BEFORE_ALL
    return previous, b"" if not tail or tail.endswith(b"\n") else b"\n"


@contextmanager
def _alone(file: BinaryIO) -> Iterator[None]:
    """No other program writes meanwhile. On Windows two at once break the chain, and `check_audit` says so."""
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX)
    yield  # closing the file lets go of it


def _account() -> str:
    """The account this process runs under, as the system itself says: `LOGNAME` and its like can be set to any name."""
    if pwd is None:
        return os.getlogin()
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # a container may run under a number that no account has
        return f"uid {number}"


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="milliseconds")
