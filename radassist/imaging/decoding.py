"""DecoderPool: files become Radiographs in child processes, so that hostile bytes never meet native code in ours."""

import atexit
import os
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from queue import Empty, PriorityQueue
from threading import Lock, Semaphore, Thread, current_thread
from types import TracebackType
from typing import Any, Self

from radassist.domain.cancellation import Cancelled
from radassist.domain.prepared import InputShape, PreparedFilm
from radassist.domain.presentation import PresentationState
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource, Identity
from radassist.domain.tags import TagList
from radassist.imaging.decoder import Decoder, DecoderOptions
from radassist.imaging.wire import Question, Request

DEFAULT_MEMORY_LIMIT = 3 * 2**29
DEFAULT_SECONDS = 10.0
_CLOSE_SECONDS = 1.0


class _Turn(IntEnum):
    """Who goes first; within a turn, who came first."""

    END = 0
    URGENT = 1
    IDENTITY = 2
    NORMAL = 3


@dataclass(frozen=True, slots=True)
class _Errand:
    request: Request
    future: "Future[Any]"


@dataclass(frozen=True, slots=True, order=True)
class _Ticket:
    turn: _Turn
    order: int
    errand: _Errand | None = field(compare=False)


class DecoderPool:
    """Reads films in supervised child processes, one a core. Safe to use from any thread.

    A child that dies, takes too long or outgrows its memory is replaced, and only its own file fails. The memory limit
    is the system's own on Linux; see `decoder_child.limit_process` for the others. Children end with the program,
    however it ends. They start when films wait for them, or all at once with `start`.

    Args:
        workers: Children at most; None for one a core.
        memory_limit: Bytes a child may use.
        seconds: Time for one file.
        reader: Dotted name of the module whose functions, named by `wire.Question`, the children call.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        memory_limit: int = DEFAULT_MEMORY_LIMIT,
        seconds: float = DEFAULT_SECONDS,
        reader: str = "radassist.imaging.formats",
    ) -> None:
        self._size = workers or _cores()
        self._options = DecoderOptions(memory_limit, seconds, reader)
        self._tickets: PriorityQueue[_Ticket] = PriorityQueue()
        self._order = count()
        self._idle = Semaphore(0)
        self._lock = Lock()
        self._workers: dict[Thread, Decoder] = {}
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start all children now, without waiting for them, so that the first film need not."""
        with self._lock:
            while not self._is_closed and len(self._workers) < self._size:
                self._add_worker()
                self._idle.release()

    def submit(self, source: FilmSource, *, urgent: bool = False) -> "Future[Radiograph]":
        """Start reading a film; `urgent` lets it pass all that are not.

        The future raises `UserError` where the file gives no film. When the pool is closed, it raises `Cancelled` if
        the film was being read and is cancelled if it still waited or comes later.
        """
        return self._enqueue(_Turn.URGENT if urgent else _Turn.NORMAL, Request(Question.FILM, source))

    def prepare(self, source: FilmSource, shape: InputShape) -> "Future[PreparedFilm]":
        """Start reading a film and making it ready for a network, all in the child; the future ends as `submit`'s."""
        return self._enqueue(_Turn.NORMAL, Request(Question.PREPARED, source, shape))

    def identify(self, source: FilmSource) -> "Future[Identity | None]":
        """Start reading only a header, before films that wait. None where there is none that can be read.

        When the pool is closed, the future ends as a film's does.
        """
        return self._enqueue(_Turn.IDENTITY, Request(Question.IDENTITY, source))

    def read_tags(self, source: FilmSource) -> "Future[TagList]":
        """Start reading what a file says of itself, before films that wait; raises as a film's future does."""
        return self._enqueue(_Turn.URGENT, Request(Question.TAGS, source))

    def read_presentation(self, source: FilmSource) -> "Future[PresentationState]":
        """Start reading a presentation state, before films that wait; raises as a film's future does."""
        return self._enqueue(_Turn.IDENTITY, Request(Question.PRESENTATION, source))

    def close(self) -> None:
        """End the children and forget what waits, within a second; safe to call twice."""
        with self._lock:
            self._is_closed = True
        self._forget_waiting()
        for decoder in self._workers.values():
            self._tickets.put(_Ticket(_Turn.END, next(self._order), None))
            decoder.stop()
        for thread in self._workers.keys() - {current_thread()}:
            thread.join(_CLOSE_SECONDS)
        atexit.unregister(self.close)

    def _enqueue(self, turn: _Turn, request: Request) -> "Future[Any]":
        future: Future[Any] = Future()
        with self._lock:
            if self._is_closed:
                future.cancel()
                return future
            self._tickets.put(_Ticket(turn, next(self._order), _Errand(request, future)))
            if not self._idle.acquire(blocking=False) and len(self._workers) < self._size:
                self._add_worker()
        return future

    def _add_worker(self) -> None:
        if not self._workers:
            atexit.register(self.close)
        decoder = Decoder(self._options)
        # Daemons, because the interpreter waits for other threads before it calls `close`.
        thread = Thread(target=self._work, args=(decoder,), name=f"decoder-{len(self._workers)}", daemon=True)
        self._workers[thread] = decoder
        thread.start()

    def _forget_waiting(self) -> None:
        with suppress(Empty):
            while True:
                errand = self._tickets.get_nowait().errand
                if errand is not None:
                    errand.future.cancel()

    def _work(self, decoder: Decoder) -> None:
        _prepare(decoder)
        while (errand := self._tickets.get().errand) is not None:
            _run(errand, decoder)
            _prepare(decoder)
            self._idle.release()
        decoder.discard()


def _prepare(decoder: Decoder) -> None:
    """Have a child ready for the next film; if none can be had, the next film says so."""
    with suppress(OSError, Cancelled):
        decoder.start()


def _run(errand: _Errand, decoder: Decoder) -> None:
    if not errand.future.set_running_or_notify_cancel():
        return
    try:
        answer = decoder.ask(errand.request)
    except Exception as error:  # noqa: BLE001  (as every executor does: even a bug must reach the one who waits)
        errand.future.set_exception(error)
    else:
        errand.future.set_result(answer)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
