"""How a long operation learns that nobody waits for it any more."""

from threading import Event


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
