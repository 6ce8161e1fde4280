"""Scoring many films: the one generator behind the window's queue and the command line. One bad film is one row."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from threading import Event

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import Analysis
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import RadassistError
from radassist.domain.prepared import PreparedFilm
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.workflow.outcome import check_same_film, conclude
from radassist.workflow.read_ahead import ReadAhead, ReadFilm, UnreadFilm
from radassist.workflow.services import Predictor, Services

_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class ItemStarted:
    """Its film is being read; the item is running."""

    item: WorklistItem


@dataclass(frozen=True, slots=True, eq=False)
class ItemScored:
    """The item has its analysis, without feature maps.

    Attributes:
        thumbnail: (h, w) uint8 grey of the film, for lists.
    """

    item: WorklistItem
    thumbnail: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ItemRefused:
    """The file is sound but gets no score; the item says why. `thumbnail` is None where there are no pixels."""

    item: WorklistItem
    thumbnail: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ItemFailed:
    """The film could not be read or scored; the item says why. `thumbnail` is None where there are no pixels."""

    item: WorklistItem
    thumbnail: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class ItemPutBack:
    """The run was cancelled before this item ended; it waits again."""

    item: WorklistItem


class FilmsLost(RadassistError):
    """A batch ended with other films than it began with: a bug."""


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """How a batch ended. `found = scored + refused + failed`, always.

    Attributes:
        seconds: From the first film to the last, model loading included.
        recalled: How many of them had ended in an earlier batch and were not scored again.
    """

    found: int
    scored: int
    refused: int
    failed: int
    seconds: float
    recalled: int = 0

    def __post_init__(self) -> None:
        if self.found != self.scored + self.refused + self.failed:
            raise FilmsLost(f"{self.found} found, but {self.scored} + {self.refused} + {self.failed} accounted for")


@dataclass(frozen=True, slots=True)
class BatchFinished:
    """Every film has ended; the last event."""

    summary: BatchSummary


EndedEvent = ItemScored | ItemRefused | ItemFailed
FilmEvent = ItemStarted | EndedEvent | ItemPutBack
BatchEvent = FilmEvent | BatchFinished


class PauseGate:
    """Holds a batch between two of its steps. Paused and resumed by one thread, waited at by another."""

    def __init__(self) -> None:
        self._open = Event()
        self._open.set()

    @property
    def is_paused(self) -> bool:
        """Whether the batch waits, or will at its next step."""
        return not self._open.is_set()

    def pause(self) -> None:
        """Let no further step begin."""
        self._open.clear()

    def resume(self) -> None:
        """Let the batch go on."""
        self._open.set()

    def wait(self, cancel: CancelToken) -> None:
        """Return once the gate is open or `cancel` is cancelled."""
        while not self._open.wait(_POLL_SECONDS) and not cancel.is_cancelled:
            pass


def run_batch(
    items: Sequence[WorklistItem], services: Services, *, cancel: CancelToken, gate: PauseGate | None = None
) -> Iterator[BatchEvent]:
    """Read and score `items`, waiting or ended before; events come as films end, in no particular order.

    Every item ends in exactly one of scored, refused and failed, and then `BatchFinished` comes. Closing the generator
    gives up what has not begun.

    Raises:
        ModelUnavailable: Before the first event, if the model cannot be loaded.
        Cancelled: After an `ItemPutBack` for each item that was running, if `cancel` is cancelled.
    """
    for events in run_in_steps(items, services, cancel=cancel, gate=gate):
        yield from events


def run_in_steps(
    items: Sequence[WorklistItem], services: Services, *, cancel: CancelToken, gate: PauseGate | None = None
) -> Iterator[Sequence[BatchEvent]]:
    """`run_batch`, but what happens together comes together, so that it can be kept in one go; raises as it does."""
    began = time.monotonic()
    predictor = services.make_predictor()
    ended: Counter[ItemState] = Counter()
    with closing(ReadAhead(items, services.loader, predictor.shape, services.films_ahead)) as ahead:
        for events in _steps(ahead, predictor, services.batch_size, cancel, gate or PauseGate()):
            ended.update(event.item.state for event in events)
            yield events
    yield (BatchFinished(summary_of(len(items), ended, time.monotonic() - began)),)


def summary_of(found: int, ended: Mapping[ItemState, int], seconds: float, recalled: int = 0) -> BatchSummary:
    """How a batch of `found` films ended, from the count of each state.

    Raises:
        FilmsLost: If they do not add up.
    """
    return BatchSummary(
        found,
        scored=ended.get(ItemState.SCORED, 0),
        refused=ended.get(ItemState.REFUSED, 0),
        failed=ended.get(ItemState.FAILED, 0),
        seconds=round(seconds, 3),
        recalled=recalled,
    )


def _steps(
    ahead: ReadAhead, predictor: Predictor, batch_size: int, cancel: CancelToken, gate: PauseGate
) -> Iterator[Sequence[FilmEvent]]:
    ready: list[ReadFilm] = []
    while True:
        gate.wait(cancel)
        if cancel.is_cancelled:
            yield [ItemPutBack(item.put_back()) for item in (*(read.item for read in ready), *ahead.reading)]
            cancel.raise_if_cancelled()
        while (item := ahead.start_next()) is not None:
            yield (ItemStarted(item),)
        if not ready and not ahead.reading:
            return
        collected = ahead.collect(_POLL_SECONDS if len(ready) < batch_size else 0.0)
        ready += [read for read in collected if isinstance(read, ReadFilm)]
        if unread := [read for read in collected if isinstance(read, UnreadFilm)]:
            yield [ended_event(conclude(read.item, read.error)) for read in unread]
        if len(ready) >= batch_size or (ready and not ahead.reading):
            batch, ready = ready[:batch_size], ready[batch_size:]
            yield _score(batch, predictor)
            ahead.forget(batch)


def _score(batch: Sequence[ReadFilm], predictor: Predictor) -> list[EndedEvent]:
    answers = answers_of([read.film for read in batch], predictor)
    return [
        ended_event(conclude(read.item, answer, read.film), read.film.thumbnail)
        for read, answer in zip(batch, answers, strict=True)
    ]


def answers_of(films: Sequence[PreparedFilm], predictor: Predictor) -> list[Analysis | Exception]:
    """One answer a film. If the whole batch raises, film by film, so that one bad film does not sink the others."""
    try:
        answers = predictor.predict(films, with_blocks=False)
        return [
            check_same_film(answer, film) if isinstance(answer, Analysis) else answer
            for film, answer in zip(films, answers, strict=True)
        ]
    except Cancelled:
        raise
    except Exception as error:  # noqa: BLE001  (conclude() logs it: a bug in one film is that film's row)
        if len(films) == 1:
            return [error]
        return [answer for film in films for answer in answers_of([film], predictor)]


def ended_event(item: WorklistItem, small: NDArray[np.uint8] | None = None) -> EndedEvent:
    """The event that tells of `item`, which has ended, with a small picture of its film."""
    if item.state is ItemState.SCORED:
        return ItemScored(item, small)
    return ItemRefused(item, small) if item.state is ItemState.REFUSED else ItemFailed(item, small)
