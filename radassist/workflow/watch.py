"""Films as they arrive, in a folder or over the network: each is handed out once, when nobody writes to it any more."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.domain.study import FilmSource, Instance
from radassist.workflow.services import Discover

POLL_SECONDS = 0.5
STABLE_SECONDS = 1.0

_Look = tuple[int, int] | None
"""Size and time of change of a file at one look; None where it cannot be looked at."""


@dataclass(frozen=True, slots=True)
class _Pending:
    """A film that is not handed out yet: how its file looks, and since when."""

    look: _Look
    since: float


@dataclass(slots=True)
class Watcher:
    """What has been seen below `folder` so far.

    A film that is there at the beginning is an arrival too. One whose file changes later arrives again.

    Attributes:
        now: Seconds of a clock that never goes back.
    """

    folder: Path
    discover: Discover
    now: Callable[[], float] = time.monotonic
    _pending: dict[FilmSource, _Pending] = field(default_factory=dict)
    _done: dict[FilmSource, _Look] = field(default_factory=dict)

    def arrivals(self, cancel: CancelToken) -> list[Instance]:
        """Films whose files have stood still for `STABLE_SECONDS` and were not handed out as they are now.

        A folder that is gone has no arrivals until it is back.

        Raises:
            Cancelled: If `cancel` is cancelled.
        """
        try:
            found = list(self.discover([self.folder], cancel))
        except UserError:
            return []
        sources = {instance.source for instance in found}
        self._pending = {source: pending for source, pending in self._pending.items() if source in sources}
        return [instance for instance in found if self._has_arrived(instance.source)]

    def _has_arrived(self, source: FilmSource) -> bool:
        look = _look(source.path)
        if source in self._done and self._done[source] == look:
            return False
        pending = self._pending.get(source)
        if pending is None or pending.look != look:
            self._pending[source] = _Pending(look, self.now())
            return False
        if self.now() - pending.since < STABLE_SECONDS:
            return False
        del self._pending[source]
        self._done[source] = look
        return True


class Arrivals(Protocol):
    """Where films arrive."""

    def arrivals(self, cancel: CancelToken) -> list[Instance]:
        """Films that came since this was asked last, each whole."""
        ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """Films that arrive whole: whoever lays them down tells of them, and nothing need be looked for or waited out.

    Attributes:
        take_new: Files that came since it was called last.
    """

    take_new: Callable[[], list[Path]]

    def arrivals(self, cancel: CancelToken) -> list[Instance]:
        """As `Arrivals`."""
        return [Instance(FilmSource(path)) for path in self.take_new()]


def watch(watcher: Arrivals, cancel: CancelToken) -> Iterator[list[Instance]]:
    """Films as they arrive, until `cancel` is cancelled.

    Raises:
        Cancelled: Then.
    """
    while not cancel.wait(POLL_SECONDS):
        arrived = watcher.arrivals(cancel)
        if arrived:
            yield arrived
    cancel.raise_if_cancelled()


def _look(path: Path) -> _Look:
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns
