"""A second model beside the one that answers: for comparing, in a thread of its own, and with nothing of it kept."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock

from radassist.domain.analysis import Analysis, ModelFacts
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.radiograph import Radiograph
from radassist.workflow.analyse import the_answer
from radassist.workflow.explain import Explainer, SharedExplainer
from radassist.workflow.inference_thread import InferenceThread
from radassist.workflow.services import Predictor
from radassist.workflow.waiting import result_of

_PATIENCE_SECONDS = 0.2
_CLOSE_SECONDS = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class SecondModel:
    """One that is loaded. For any thread but the GUI's.

    Attributes:
        explainer: Answers why it scores as it does.
    """

    facts: ModelFacts
    explainer: SharedExplainer
    _thread: InferenceThread

    def analyse(self, film: Radiograph, cancel: CancelToken) -> Analysis:
        """What it says of `film`, with its feature maps; neither stored nor recorded.

        Raises:
            RefusedImage: If the film may not be scored by this model.
            WrongFilm: If the answer speaks of another film.
            Cancelled: If `cancel` is cancelled, or the model closed.
        """
        return the_answer(result_of(self._thread.urgent.submit([film], with_blocks=True), cancel), film)


class SecondModels:
    """Opens one second model at a time; may be called from any thread but the GUI's."""

    def __init__(
        self, make_predictor: Callable[[str], Predictor], make_explainer: Callable[[str, Predictor], Explainer]
    ) -> None:
        self._make_predictor, self._make_explainer = make_predictor, make_explainer
        self._open: list[InferenceThread] = []
        self._last: SecondModel | None = None
        self._lock = Lock()
        self._is_closed = False

    def open(self, model: str, cancel: CancelToken) -> SecondModel:
        """Load the model of that id, in place of the one opened before; that one itself is there at once.

        Raises:
            ModelUnavailable: If it cannot be loaded.
            Cancelled: If `cancel` is cancelled meanwhile; what is loaded later is let go. Or if this was closed.
        """
        thread = InferenceThread(partial(self._make_predictor, model))
        with self._lock:
            if self._is_closed:
                raise Cancelled
            if self._last and self._last.facts.model == model:
                return self._last
            self._last = None
            # One that is still loading cannot be interrupted, and is remembered until it has ended.
            self._open = [earlier for earlier in self._open if not earlier.close(_PATIENCE_SECONDS)]
            self._open.append(thread)
        try:
            facts = result_of(thread.start_loading(), cancel).facts
        except BaseException:
            thread.close(_PATIENCE_SECONDS)
            raise
        opened = SecondModel(facts, SharedExplainer(thread, partial(self._make_explainer, model)), thread)
        with self._lock:
            self._last = opened if thread in self._open else None
        return opened

    def close(self, seconds: float = _CLOSE_SECONDS) -> bool:
        """End all threads at the same time; whether they did within so many seconds. Safe to call twice."""
        deadline = time.monotonic() + seconds
        with self._lock:
            self._is_closed = True
            threads = list(self._open)
        for thread in threads:
            thread.close(0.0)  # tells it, and does not wait yet
        have_ended = [thread.close(max(0.0, deadline - time.monotonic())) for thread in threads]
        return all(have_ended)
