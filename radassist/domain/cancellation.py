"""How a long operation learns that nobody waits for it any more."""

from collections.abc import Generator
from threading import Event
from typing import TypeVar

_Step = TypeVar("_Step")
_Result = TypeVar("_Result")


class Cancelled(Exception):
    """Raised inside an operation whose token was cancelled."""


class CancelToken:
    """A flag one thread sets and another looks at."""

    def __init__(self) -> None:
        self._event = Event()

    def cancel(self) -> None:
        """Ask the operation to stop; harmless when repeated."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep at most `seconds`; True as soon as the token is cancelled."""
        return self._event.wait(seconds)

    def raise_if_cancelled(self) -> None:
        """Leave the operation here if it was cancelled.

        Raises:
            Cancelled: If `cancel` was called.
        """
        if self.is_cancelled:
            raise Cancelled


def cancellable(steps: Generator[_Step, None, _Result], cancel: CancelToken) -> Generator[_Step, None, _Result]:
    """`steps` with their result, left between two of them when `cancel` is set.

    Raises:
        Cancelled: If it was cancelled.
    """
    while True:
        cancel.raise_if_cancelled()
        try:
            step = next(steps)
        except StopIteration as ended:
            result: _Result = ended.value
            return result
        yield step
