"""Receiving films while the window is open, as events: what comes in, and what is to be told."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from radassist.domain.cancellation import CancelToken
from radassist.domain.study import FilmSource, Instance
from radassist.domain.worklist import WorklistItem
from radassist.workflow.returned_results import ReturnedResults

POLL_SECONDS = 0.3

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Reception:
    """A node at work.

    Attributes:
        place: Where it listens, for the screen.
        take_new: Files that came since it was called last.
        results: Makes what goes back of each scored film; None where nothing does.
    """

    place: str
    take_new: Callable[[], list[Path]]
    results: ReturnedResults | None = None


OpenReception = Callable[[Callable[[str], None]], AbstractContextManager[Reception]]
"""Begins to listen until the block ends; takes what to do with sentences for the user, which come from any thread."""


@dataclass(frozen=True, slots=True)
class Listening:
    """It listens now."""

    place: str


@dataclass(frozen=True, slots=True)
class Received:
    """Films came."""

    films: list[Instance]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence for the user."""

    sentence: str


def receive(
    open_reception: OpenReception, offered: "SimpleQueue[WorklistItem]", cancel: CancelToken
) -> Iterator[Listening | Received | Told]:
    """Listen until `cancel` is cancelled.

    Args:
        open_reception: Begins it.
        offered: Films that came this way and have ended, for results to be made of them; filled by another thread.
        cancel: Ends it.

    Raises:
        UserError: If it cannot listen.
        Cancelled: When `cancel` is cancelled; nothing listens any more then.
    """
    told: SimpleQueue[str] = SimpleQueue()
    with open_reception(told.put) as reception:
        yield Listening(reception.place)
        while not cancel.wait(POLL_SECONDS):
            yield from (Told(sentence) for sentence in _taken(told))
            if new := reception.take_new():
                yield Received([Instance(FilmSource(path)) for path in new])
            for item in _taken(offered):
                if reception.results is not None:
                    reception.results.offer(item, cancel)
    cancel.raise_if_cancelled()


def _taken(things: "SimpleQueue[_Thing]") -> Iterator[_Thing]:
    while True:
        try:
            yield things.get_nowait()
        except Empty:
            return
