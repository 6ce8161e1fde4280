"""Calls that wait for another machine, and giving them up: a thread that reads from the network hears of no token."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

from radassist.domain.cancellation import CancelToken

_POLL_SECONDS = 0.05

_Answer = TypeVar("_Answer")


def wait_for(call: Callable[[], _Answer], cancel: CancelToken, cut: Callable[[], object] = lambda: None) -> _Answer:
    """What `call` gives, or its exception.

    Args:
        call: Runs in a thread of its own.
        cancel: Ends the waiting.
        cut: Ends the call itself as far as that can be; one that cannot ends by its own time limit, unheard.

    Raises:
        Cancelled: If `cancel` is cancelled first.
    """
    answer: Future[_Answer] = Future()
    Thread(target=_run, args=(call, answer), name="archive-call", daemon=True).start()
    while wait([answer], timeout=_POLL_SECONDS).not_done:
        if cancel.is_cancelled:
            cut()
            cancel.raise_if_cancelled()
    return answer.result()


def _run(call: Callable[[], _Answer], answer: "Future[_Answer]") -> None:
    try:
        answer.set_result(call())
    except BaseException as error:  # noqa: BLE001 - whoever waits for the answer gets it
        answer.set_exception(error)
