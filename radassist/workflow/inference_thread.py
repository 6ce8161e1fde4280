"""One thread that owns the model: networks, hooks and devices are not re-entrant, so films pass through it in turn."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition

from radassist.domain.analysis import Analysis, ModelFacts
from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import UserError
from radassist.domain.radiograph import Radiograph
from radassist.workflow.services import Predictor


class InferenceThread:
    """A `Predictor` that may be used from any thread; the model is loaded and called in one thread of its own.

    `predict` here is for batches. Calls through `urgent` (the film on screen) go before every waiting batch call.
    """

    def __init__(self, make_predictor: Callable[[], Predictor]) -> None:
        self._make_predictor = make_predictor
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="inference")
        self._turn = Condition()
        self._busy = False
        self._closed = False
        self._urgent_waiting = 0
        self._loading: Future[Predictor] | None = None

    def start_loading(self) -> "Future[Predictor]":
        """Load the model if that was not begun yet. The future raises `ModelUnavailable` where there is none."""
        with self._turn:
            self._raise_if_closed()
            if self._loading is None:
                self._loading = self._executor.submit(self._make_predictor)
            return self._loading

    @property
    def facts(self) -> ModelFacts:
        """What the screen says of the model; waits until it is loaded.

        Raises:
            ModelUnavailable: If it cannot be loaded.
            Cancelled: If the thread is closed.
        """
        return self.start_loading().result().facts

    @property
    def urgent(self) -> Predictor:
        """The same model for the film on screen."""
        return _Urgent(self)

    def predict(
        self, films: Sequence[Radiograph], *, with_blocks: bool, urgent: bool = False
    ) -> list[Analysis | UserError]:
        """As `Predictor.predict`, loading the model first where needed.

        Raises:
            ModelUnavailable: If the model cannot be loaded.
            Cancelled: If the thread is closed before the films' turn comes.
        """
        predictor = self.start_loading().result()
        with self._in_turn(urgent=urgent):
            with self._turn:
                self._raise_if_closed()
                answers = self._executor.submit(predictor.predict, films, with_blocks=with_blocks)
            return answers.result()

    def close(self) -> None:
        """Let the call that is running end, cancel those that wait, and join the thread; safe to call twice."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
        self._executor.shutdown(wait=True)

    def _raise_if_closed(self) -> None:
        if self._closed:
            raise Cancelled

    @contextmanager
    def _in_turn(self, *, urgent: bool) -> Iterator[None]:
        with self._turn:
            self._urgent_waiting += urgent
            self._turn.wait_for(lambda: self._closed or not (self._busy or (self._urgent_waiting and not urgent)))
            self._urgent_waiting -= urgent
            self._raise_if_closed()
            self._busy = True
        try:
            yield
        finally:
            with self._turn:
                self._busy = False
                self._turn.notify_all()


class _Urgent:
    """The film on screen's way into an `InferenceThread`."""

    def __init__(self, thread: InferenceThread) -> None:
        self._thread = thread

    @property
    def facts(self) -> ModelFacts:
        return self._thread.facts

    def predict(self, films: Sequence[Radiograph], *, with_blocks: bool) -> list[Analysis | UserError]:
        return self._thread.predict(films, with_blocks=with_blocks, urgent=True)
