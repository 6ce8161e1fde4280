"""Reads films ahead of their use, so that decoders and network work at the same time in a bounded amount of memory."""

from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from radassist.domain.cancellation import Cancelled
from radassist.domain.prepared import InputShape, PreparedFilm
from radassist.domain.worklist import WorklistItem
from radassist.workflow.services import FilmLoader


@dataclass(frozen=True, slots=True, eq=False)
class ReadFilm:
    """A film that was read and prepared, and the running item it belongs to."""

    item: WorklistItem
    film: PreparedFilm


@dataclass(frozen=True, slots=True, eq=False)
class UnreadFilm:
    """A running item whose file gave no film, and why."""

    item: WorklistItem
    error: BaseException


class ReadAhead:
    """Has the films of `items` prepared in order, at most `films_ahead` of them at a time.

    A film counts from the moment its reading starts until `forget` is called for it.
    """

    def __init__(self, items: Iterable[WorklistItem], loader: FilmLoader, shape: InputShape, films_ahead: int) -> None:
        self._items = iter(items)
        self._loader = loader
        self._shape = shape
        self._films_ahead = films_ahead
        self._reading: dict[Future[PreparedFilm], WorklistItem] = {}
        self._held = 0

    @property
    def reading(self) -> tuple[WorklistItem, ...]:
        """The running items whose films are being read."""
        return tuple(self._reading.values())

    def start_next(self) -> WorklistItem | None:
        """Start reading one more film: its item, now running; None where there is no room or nothing is left."""
        item = next(self._items, None) if self._has_room() else None
        if item is None:
            return None
        running = item.started()
        self._reading[self._loader.prepare(item.source, self._shape)] = running
        return running

    def collect(self, seconds: float) -> list[ReadFilm | UnreadFilm]:
        """Films read since the last call; waits at most `seconds` for the first of them.

        Raises:
            Cancelled: If the loader was closed meanwhile.
        """
        wait(self._reading, timeout=seconds, return_when=FIRST_COMPLETED)
        return [self._take(future) for future in list(self._reading) if future.done()]

    def forget(self, films: Iterable[ReadFilm]) -> None:
        """Make room: `films` are not held any more."""
        self._held -= sum(1 for _ in films)

    def close(self) -> None:
        """Give up every reading that has not begun; the others end unheard."""
        for future in self._reading:
            future.cancel()
        self._reading.clear()

    def _has_room(self) -> bool:
        return self._held + len(self._reading) < self._films_ahead

    def _take(self, future: "Future[PreparedFilm]") -> ReadFilm | UnreadFilm:
        if future.cancelled():
            raise Cancelled
        error = future.exception()
        if isinstance(error, Cancelled):
            raise error
        item = self._reading.pop(future)
        if error is not None:
            return UnreadFilm(item, error)
        self._held += 1
        return ReadFilm(item, future.result())
