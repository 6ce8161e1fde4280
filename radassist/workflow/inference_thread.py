"""One thread that owns the model: networks, hooks and devices are not re-entrant, so films pass through it in turn."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Any, TypeVar

from radassist.domain.analysis import ModelFacts
from radassist.domain.cancellation import Cancelled
from radassist.domain.prepared import AnyFilm, InputShape
from radassist.workflow.services import Answers, Predictor

_CLOSE_SECONDS = 3.0

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    work: Callable[[Predictor], Any]
    future: "Future[Any]"


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    make_predictor: Callable[[], Predictor]
    loading: "Future[Predictor]"


class InferenceThread:
    """A `Predictor` that may be used from any thread; the model is loaded and called in one thread of its own.

    `predict` and `submit` here are for batches. Calls through `urgent` (the film on screen) go before every waiting
    batch call.
    """

    def __init__(self, make_predictor: Callable[[], Predictor]) -> None:
        self._make_predictor = make_predictor
        self._loading: Future[Predictor] = Future()
        self._loading.set_running_or_notify_cancel()  # many wait for it, so none of them may cancel it
        self._changed = Condition()
        self._urgent: deque[_Call] = deque()
        self._batch: deque[_Call] = deque()
        self._running: Future[Any] | None = None
        self._change: _Change | None = None
        self._thread: Thread | None = None
        self._is_closed = False

    def start_loading(self) -> "Future[Predictor]":
        """Load the model if that was not begun yet.

        The future raises `ModelUnavailable` where there is none, and `Cancelled` if the thread is closed meanwhile.

        Raises:
            Cancelled: If the thread is closed.
        """
        with self._changed:
            if self._is_closed:
                raise Cancelled
            if self._thread is None:
                # A daemon, because the interpreter waits for other threads, and a call to the model may hang.
                self._thread = Thread(target=self._work, name="inference", daemon=True)
                self._thread.start()
        return self._loading

    def change(self, make_predictor: Callable[[], Predictor]) -> "Future[Predictor]":
        """Load another model: it answers every call that has not begun when it is there.

        The future raises `ModelUnavailable` where it cannot be loaded; the earlier model then goes on. A second change
        before the first has begun takes its place, and the first is `Cancelled`.

        Raises:
            Cancelled: If the thread is closed.
        """
        self.start_loading()
        change = _Change(make_predictor, Future())
        with self._changed:
            earlier, self._change = self._change, change
            self._changed.notify()
        if earlier:
            _end(earlier.loading, Cancelled())
        return change.loading

    def ready(self) -> "Future[None]":
        """Done when the model is there that answers every later call: after the loading or change that is under way.

        The future raises `ModelUnavailable` where there is none; it can be cancelled.

        Raises:
            Cancelled: If the thread is closed.
        """
        return self.call(lambda predictor: None)

    @property
    def facts(self) -> ModelFacts:
        """What the screen says of the model; waits until it is loaded.

        Raises:
            ModelUnavailable: If it cannot be loaded.
            Cancelled: If the thread is closed.
        """
        return self.start_loading().result().facts

    @property
    def shape(self) -> InputShape:
        """What films are prepared for; waits, and raises, as `facts`."""
        return self.start_loading().result().shape

    @property
    def urgent(self) -> "UrgentPredictor":
        """The same model for the film on screen."""
        return UrgentPredictor(self)

    def predict(self, films: Sequence[AnyFilm], *, with_blocks: bool) -> Answers:
        """As `Predictor.predict`, loading the model first where needed.

        Raises:
            ModelUnavailable: If the model cannot be loaded.
            Cancelled: If the thread is closed before there is an answer.
        """
        return self.submit(films, with_blocks=with_blocks).result()

    def submit(self, films: Sequence[AnyFilm], *, with_blocks: bool, urgent: bool = False) -> "Future[Answers]":
        """Start `predict` without waiting: the future can be cancelled until the films' turn comes.

        Raises:
            Cancelled: If the thread is closed. What `predict` raises otherwise, the future does.
        """
        return self.call(lambda predictor: predictor.predict(films, with_blocks=with_blocks), urgent=urgent)

    def call(self, work: Callable[[Predictor], _Result], *, urgent: bool = True) -> "Future[_Result]":
        """Start `work` with the model in its thread; the future can be cancelled until its turn comes.

        Raises:
            Cancelled: If the thread is closed. What `work` raises, the future does.
        """
        self.start_loading()
        future: Future[_Result] = Future()
        with self._changed:
            if self._is_closed:
                raise Cancelled
            (self._urgent if urgent else self._batch).append(_Call(work, future))
            self._changed.notify()
        return future

    def close(self, seconds: float = _CLOSE_SECONDS) -> bool:
        """Give `Cancelled` to everybody who waits, at once, and join the thread; safe to call twice.

        Args:
            seconds: Longest wait for what the model is doing. It cannot be interrupted; what it makes later is dropped.

        Returns:
            Whether the thread ended. If not, it does not keep the program alive, but torch may abort when the
            interpreter is taken down under it; leave by `os._exit` then.
        """
        with self._changed:
            self._is_closed = True
            waiting = [call.future for call in (*self._urgent, *self._batch)]
            self._urgent.clear()
            self._batch.clear()
            self._changed.notify()
        changing = [self._change.loading] if self._change else []
        for future in (self._loading, self._running, *changing, *waiting):
            if future is not None:
                _end(future, Cancelled())
        if self._thread is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        _run(self._make_predictor, self._loading)
        while self._run_next():
            pass

    def _run_next(self) -> bool:
        """Make the next call; False when there will be none. Nothing of it is kept: films are large."""
        call = self._next()
        if call is None:
            return False
        if isinstance(call, _Change):
            self._load(call)
        else:
            _run(lambda: call.work(self._loading.result()), call.future)
        self._running = None
        return True

    def _load(self, change: _Change) -> None:
        _run(change.make_predictor, change.loading)
        if change.loading.exception() is None:
            self._loading = change.loading

    def _next(self) -> _Call | _Change | None:
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._is_closed or self._change or self._urgent or self._batch)
                if self._is_closed:
                    return None
                if self._change:
                    change, self._change = self._change, None
                    change.loading.set_running_or_notify_cancel()
                    self._running = change.loading
                    return change
                call = (self._urgent or self._batch).popleft()
                if call.future.set_running_or_notify_cancel():
                    self._running = call.future
                    return call


class UrgentPredictor:
    """The film on screen's way into an `InferenceThread`."""

    def __init__(self, thread: InferenceThread) -> None:
        self._thread = thread

    @property
    def facts(self) -> ModelFacts:
        """As `InferenceThread.facts`."""
        return self._thread.facts

    @property
    def shape(self) -> InputShape:
        """As `InferenceThread.shape`."""
        return self._thread.shape

    def predict(self, films: Sequence[AnyFilm], *, with_blocks: bool) -> Answers:
        """As `InferenceThread.predict`, before every batch call."""
        return self.submit(films, with_blocks=with_blocks).result()

    def submit(self, films: Sequence[AnyFilm], *, with_blocks: bool) -> "Future[Answers]":
        """As `InferenceThread.submit`, before every batch call."""
        return self._thread.submit(films, with_blocks=with_blocks, urgent=True)


def _run(work: Callable[[], _Result], future: "Future[_Result]") -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001  (as every executor does: even a bug must reach the one who waits)
        _end(future, error)
    else:
        with suppress(InvalidStateError):  # closed meanwhile
            future.set_result(result)


def _end(future: "Future[Any]", error: BaseException) -> None:
    with suppress(InvalidStateError):  # cancelled or ended already
        future.set_exception(error)
