"""Waiting for a future that nobody may want any more."""

from concurrent.futures import Future
from threading import Timer

import pytest

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.workflow.waiting import result_of


@pytest.fixture
def future() -> "Future[int]":
    return Future()


def test_a_result_that_comes_is_given_out(future: "Future[int]") -> None:
    Timer(0.05, future.set_result, [3]).start()
    assert result_of(future, CancelToken()) == 3


def test_an_exception_that_comes_is_raised(future: "Future[int]") -> None:
    future.set_exception(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        result_of(future, CancelToken())


def test_a_result_that_is_there_is_given_out_though_nobody_waits(future: "Future[int]") -> None:
    token = CancelToken()
    token.cancel()
    future.set_result(3)
    assert result_of(future, token) == 3


def test_work_that_waits_is_cancelled_with_the_token(future: "Future[int]") -> None:
    token = CancelToken()
    Timer(0.05, token.cancel).start()
    with pytest.raises(Cancelled):
        result_of(future, token)
    assert future.cancelled()


def test_work_that_runs_is_left_with_the_token(future: "Future[int]") -> None:
    token = CancelToken()
    token.cancel()
    future.set_running_or_notify_cancel()
    with pytest.raises(Cancelled):
        result_of(future, token)
    assert future.running()


def test_work_cancelled_by_another_is_cancelled_in_the_programs_own_word(future: "Future[int]") -> None:
    Timer(0.05, future.cancel).start()
    with pytest.raises(Cancelled):
        result_of(future, CancelToken())
