"""Delivers what waits in the outbox, again and again until it is accepted."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from radassist.dicomnet.outbox import Outbox, Sent
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError

FIRST_DELAY = 5.0
LONGEST_DELAY = 300.0
_LOOK_SECONDS = 0.5
_END_SECONDS = 3.0
_AT_ONCE = 100
"""Files in one association."""

_LOG = logging.getLogger(__name__)

Send = Callable[[Sequence[Path]], Iterator[Sent]]
"""Sends files and yields what the peer says of each; raises `UserError` where it does not answer."""


@dataclass(slots=True)
class Delivery:
    """A thread that sends, from `start` to `stop`.

    Attributes:
        outbox: What is to be sent.
        send: Sends it.
        cut: Ends a `send` that runs in another thread.
        tell: Takes one sentence for the user where sending begins to fail, and where it works again.
    """

    outbox: Outbox
    send: Send
    cut: Callable[[], None]
    tell: Callable[[str], None]
    _cancel: CancelToken = field(default_factory=CancelToken)
    _thread: Thread | None = None
    _delay: float = 0.0
    _trouble: str = ""

    def start(self) -> None:
        """Begin, with what waits from an earlier time."""
        self._thread = Thread(target=self._run, name="dicom-delivery", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End; what is not accepted by then waits for the next start."""
        self._cancel.cancel()
        if self._thread is not None:
            self._thread.join(_LOOK_SECONDS)
            self.cut()
            self._thread.join(_END_SECONDS)

    def deliver(self) -> float:
        """Send what waits, once.

        Returns:
            Seconds until it should be tried again: longer and longer while nothing is accepted.
        """
        try:
            waiting = self.outbox.waiting()
            refused = self._send_all(waiting)
        except UserError as error:
            return self._failed(str(error))
        except OSError as error:
            return self._failed(f"Results cannot be read: {error.strerror or error}.")
        if refused:
            return self._failed(f"{len(refused)} results were not accepted (status {refused[0].status:04X}).")
        return self._worked(bool(waiting))

    def _send_all(self, files: Sequence[Path]) -> list[Sent]:
        """The files that were refused; they do not keep the others back."""
        refused = []
        for start in range(0, len(files), _AT_ONCE):
            for sent in self.send(files[start : start + _AT_ONCE]):
                if sent.is_damaged:
                    self._put_aside(sent.file)
                elif sent.is_accepted:
                    self.outbox.accepted(sent.file)
                else:
                    refused.append(sent)
                self._cancel.raise_if_cancelled()
        return refused

    def _put_aside(self, file: Path) -> None:
        self.outbox.put_aside(file)
        _LOG.warning("a damaged result was put aside")
        self.tell(f"A result is damaged and cannot be sent: it was put aside in {self.outbox.damaged}.")

    def _failed(self, sentence: str) -> float:
        self._delay = min(2 * self._delay or FIRST_DELAY, LONGEST_DELAY)
        if sentence != self._trouble and not self._cancel.is_cancelled:
            self._trouble = sentence
            _LOG.warning("results wait: %s", sentence)
            self.tell(f"{sentence} Results wait and will be sent later.")
        return self._delay

    def _worked(self, something: bool) -> float:
        self._delay = 0.0
        if something and self._trouble:
            self._trouble = ""
            self.tell("The results that waited are sent now.")
        return 0.0 if something else _LOOK_SECONDS

    def _run(self) -> None:
        try:
            while not self._cancel.wait(self.deliver()):
                pass
        except Cancelled:
            return
