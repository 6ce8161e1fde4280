"""Runs generators of the core in worker threads and tells the GUI thread what they made. Knows no films, no widgets."""

import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from enum import StrEnum
from queue import Empty, SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.gui.errors import log_bug

Steps = Iterator[object] | Callable[[CancelToken], Iterator[object]]
"""A long operation: an iterator of events, or what makes one in the worker from the job's token."""

_SLICE_SECONDS = 0.008
"""How long one wake-up may deliver before the event loop has its turn: half a frame at 60 Hz."""


class Lane(StrEnum):
    """Jobs of one lane share its threads and wait for each other, never for another lane."""

    FILM = "film"
    IO = "io"
    HEADERS = "headers"
    BATCH = "batch"
    WATCH = "watch"
    READING = "reading"
    EXPLAIN = "explain"
    EXPORT = "export"
    ARCHIVE = "archive"
    NODE = "node"


_THREADS = {
    Lane.FILM: 2,
    Lane.IO: 2,
    Lane.HEADERS: 1,
    Lane.BATCH: 1,
    Lane.WATCH: 1,
    Lane.READING: 1,
    Lane.EXPLAIN: 1,
    Lane.EXPORT: 1,
    Lane.ARCHIVE: 1,
    Lane.NODE: 1,
}


class Job(QObject):
    """One running operation, as the GUI thread sees it; lives until it has finished, whoever keeps it.

    Signals:
        stepped(object): One event of the operation, in order.
        succeeded(object): The generator's return value.
        failed(object): The exception that ended it: a `UserError`, or a bug, which is in the log already.
        cancelled(): It ended because it was asked to.
        finished(): Last of all, after exactly one of the three above.
    """

    stepped = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, token: CancelToken) -> None:
        super().__init__()
        self._token = token

    def cancel(self) -> None:
        """Ask the operation to stop at its next step.

        Steps it has made by then are still delivered, and one that ends by itself before it notices has succeeded.
        """
        self._token.cancel()


class JobRunner(QObject):
    """Starts jobs and delivers their news in the GUI thread, the thread it lives in.

    Workers never touch a `Job`: they put a job's number, a signal's name and its arguments into one queue and ring one
    signal. A worker holding the job itself could be the last to let go of it and destroy a QObject in the wrong thread.
    """

    _rung = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executors = {lane: ThreadPoolExecutor(count, f"radassist-{lane}") for lane, count in _THREADS.items()}
        self._jobs: dict[int, Job] = {}
        self._futures: dict[int, Future[None]] = {}
        self._started = 0
        self._is_closed = False
        self._news: SimpleQueue[tuple[int, str, tuple[Any, ...]]] = SimpleQueue()
        self._has_rung = False
        self._wake_up = QTimer(self, singleShot=True, interval=1)
        self._wake_up.timeout.connect(self._drain)
        self._rung.connect(self._on_rung, Qt.ConnectionType.QueuedConnection)

    def start(self, steps: Steps, *, lane: Lane) -> Job:
        """Run `steps` in a thread of `lane`; whoever connects to the job before the event loop turns misses nothing.

        After `shutdown` the job is cancelled without having run.
        """
        number, token = self._started, CancelToken()
        self._started += 1
        self._jobs[number] = job = Job(token)
        if self._is_closed:
            self._post(number, "cancelled")
        else:
            self._futures[number] = self._executors[lane].submit(self._work, number, steps, token)
        return job

    def settle(self, lane: Lane, seconds: float = 3.0) -> bool:
        """Wait until the one thread of `lane` has done all it was given; whether it did in time."""
        if not self._is_closed:
            return not wait([self._executors[lane].submit(lambda: None)], timeout=seconds).not_done
        return True

    def shutdown(self, seconds: float = 3.0) -> bool:
        """Cancel every job, wait for the workers, and deliver all they made; safe to call twice.

        Args:
            seconds: Longest wait. A job still running then is reported as cancelled; what it makes later is dropped.

        Returns:
            Whether every worker ended in time; then no thread is left.
        """
        self._is_closed = True
        for job in self._jobs.values():
            job.cancel()
        late = wait(self._futures.values(), timeout=seconds).not_done
        for executor in self._executors.values():
            executor.shutdown(wait=not late)
        while not self._news.empty():
            self._drain()
        for number in list(self._jobs):
            self._end(number, "cancelled")
        return not late

    def _work(self, number: int, steps: Steps, token: CancelToken) -> None:
        try:
            result = self._run(number, steps, token)
        except Cancelled:
            self._post(number, "cancelled")
        except BaseException as error:  # noqa: BLE001 - whatever happens, the GUI thread must hear the job end
            if not isinstance(error, UserError):
                log_bug(error)  # here, once: whoever hears of it says that the details are in the log
            self._post(number, "failed", error)
        else:
            self._post(number, "succeeded", result)

    def _run(self, number: int, steps: Steps, token: CancelToken) -> object:
        events = steps(token) if callable(steps) else steps
        try:
            while True:
                token.raise_if_cancelled()
                self._post(number, "stepped", next(events))
        except StopIteration as end:
            return end.value
        finally:
            _close(events)

    def _post(self, number: int, name: str, *args: object) -> None:
        self._news.put((number, name, args))
        if not self._has_rung:
            self._has_rung = True
            self._rung.emit()

    @Slot()
    def _on_rung(self) -> None:
        # Queued calls are answered in one go, those that arrive meanwhile included, and a timer of 0 waits until the
        # hand on the mouse rests. A timer of 1 ms takes turns with input and painting.
        self._wake_up.start()

    @Slot()
    def _drain(self) -> None:
        self._has_rung = False  # before looking: what is put later rings again
        self._wake_up.start()  # for what is left over, also while a slot below runs a dialog of its own
        deadline = time.monotonic() + _SLICE_SECONDS
        while time.monotonic() < deadline:
            try:
                number, name, args = self._news.get_nowait()
            except Empty:
                self._wake_up.stop()
                return
            self._deliver(number, name, args)

    def _deliver(self, number: int, name: str, args: tuple[Any, ...]) -> None:
        if name != "stepped":
            self._futures.pop(number, None)
            self._end(number, name, *args)
        elif number in self._jobs:
            self._jobs[number].stepped.emit(*args)

    def _end(self, number: int, name: str, *args: object) -> None:
        job = self._jobs.pop(number, None)
        if job is not None:
            getattr(job, name).emit(*args)
            job.finished.emit()


def one_step(call: Callable[[], object]) -> Generator[object, None, object]:
    """`call` as an operation without steps: it runs in the worker, and its value is the job's result."""
    yield from ()
    return call()


def _close(events: Iterator[object]) -> None:
    close = getattr(events, "close", None)
    if close is not None:
        close()
