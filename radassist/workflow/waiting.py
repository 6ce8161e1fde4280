"""Waiting for work that another thread does, and giving it up when nobody wants it any more."""

from concurrent.futures import Future, wait
from typing import TypeVar

from radassist.domain.cancellation import Cancelled, CancelToken

_POLL_SECONDS = 0.05

_Result = TypeVar("_Result")


def result_of(future: "Future[_Result]", cancel: CancelToken) -> _Result:
    """What `future` gives, or its exception.

    Raises:
        Cancelled: If `cancel` is cancelled, which also cancels `future` unless it runs, or if `future` was cancelled.
    """
    while not future.done():
        if cancel.is_cancelled:
            future.cancel()
            raise Cancelled
        wait([future], timeout=_POLL_SECONDS)
    if future.cancelled():
        raise Cancelled
    return future.result()
