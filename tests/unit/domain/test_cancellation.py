"""Cancelling."""

from collections.abc import Generator

import pytest

from radassist.domain.cancellation import Cancelled, CancelToken, cancellable


def test_a_token_lets_work_go_on_until_it_is_cancelled() -> None:
    token = CancelToken()
    token.raise_if_cancelled()
    assert not token.is_cancelled and not token.wait(0)
    token.cancel()
    token.cancel()
    assert token.is_cancelled and token.wait(10)
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


def counting() -> Generator[int, None, str]:
    yield 1
    yield 2
    return "the end"


def test_steps_that_nobody_cancels_come_with_their_result() -> None:
    steps, seen = cancellable(counting(), CancelToken()), []
    with pytest.raises(StopIteration) as ended:
        while True:
            seen.append(next(steps))
    assert (seen, ended.value.value) == ([1, 2], "the end")


def test_cancelled_steps_are_left_before_the_next_one() -> None:
    cancel = CancelToken()
    steps = cancellable(counting(), cancel)
    assert next(steps) == 1
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)
