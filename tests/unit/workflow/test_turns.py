"""Long work shares the inference thread with films."""

import threading
from collections.abc import Iterator

import pytest
from helpers.fakes import FakePredictor, make_film

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.workflow.inference_thread import InferenceThread
from radassist.workflow.turns import steps_in_turn

SECONDS = 60.0


@pytest.fixture
def inference() -> Iterator[InferenceThread]:
    thread = InferenceThread(FakePredictor)
    yield thread
    thread.close()


def test_steps_are_made_in_the_inference_thread_in_order(inference):
    def work(predictor):
        for number in range(3):
            yield number, threading.current_thread().name, predictor.facts.model

    made = list(steps_in_turn(inference, work, CancelToken()))
    assert made == [(number, "inference", "fake") for number in range(3)]


def test_a_film_is_answered_between_two_steps(inference):
    steps = steps_in_turn(inference, lambda _: iter(range(3)), CancelToken())
    assert next(steps) == 0
    assert len(inference.urgent.submit([make_film()], with_blocks=False).result(SECONDS)) == 1
    assert list(steps) == [1, 2]


def test_an_error_reaches_the_one_who_iterates_and_the_thread_goes_on(inference):
    def work(_):
        yield 1
        raise ZeroDivisionError

    steps = steps_in_turn(inference, work, CancelToken())
    next(steps)
    with pytest.raises(ZeroDivisionError):
        next(steps)
    assert inference.facts.model == "fake"


def test_leaving_early_closes_the_work_in_the_inference_thread(inference):
    closed = []

    def work(_):
        try:
            yield from range(10)
        finally:
            closed.append(threading.current_thread().name)

    steps = steps_in_turn(inference, work, CancelToken())
    next(steps)
    steps.close()
    inference.call(lambda _: None).result(SECONDS)
    assert closed == ["inference"]


def test_cancelling_leaves_without_waiting_for_the_step_that_is_being_made(inference):
    gate, entered, cancel = threading.Event(), threading.Event(), CancelToken()

    def work(_):
        yield 1
        entered.set()
        gate.wait(SECONDS)
        yield 2

    steps = steps_in_turn(inference, work, cancel)
    next(steps)
    threading.Thread(target=lambda: entered.wait(SECONDS) and cancel.cancel()).start()
    with pytest.raises(Cancelled):
        next(steps)
    gate.set()


def test_a_closed_thread_cancels_the_steps(inference):
    steps = steps_in_turn(inference, lambda _: iter(range(3)), CancelToken())
    next(steps)
    inference.close()
    with pytest.raises(Cancelled):
        next(steps)
