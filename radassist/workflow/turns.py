"""Long work in the inference thread, one step at a time: between two steps the thread is free for the next film."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeVar

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.workflow.inference_thread import InferenceThread
from radassist.workflow.services import Predictor
from radassist.workflow.waiting import result_of

_Step = TypeVar("_Step")


def steps_in_turn(
    thread: InferenceThread, begin: Callable[[Predictor], Iterator[_Step]], cancel: CancelToken
) -> Iterator[_Step]:
    """The steps of what `begin` makes of the model, each made in the inference thread when it is asked for.

    Films of the screen that arrive meanwhile go first, and the queue waits. To be iterated in any other thread, since
    each step is waited for. Closing it, or an error, closes the work in the inference thread, too.

    Args:
        thread: Which owns the model.
        begin: Called in the inference thread; it and the steps may raise what they like.
        cancel: Leaves at once, without waiting for the step being made.

    Raises:
        Cancelled: If `cancel` is cancelled or the thread closed.
    """
    steps = result_of(thread.call(begin), cancel)
    end = object()
    try:
        while True:
            step = result_of(thread.call(lambda _: next(steps, end)), cancel)
            if step is end:
                return
            yield step  # type: ignore[misc]  # `end` was left out above
    finally:
        with suppress(Cancelled):  # a closed thread steps no more
            thread.call(lambda _: _close(steps))


def _close(steps: Iterator[object]) -> None:
    close = getattr(steps, "close", None)
    if close is not None:
        close()
