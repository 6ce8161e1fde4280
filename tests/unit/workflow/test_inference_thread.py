"""The thread that owns the model."""

import os
import subprocess
import sys
import textwrap
import threading
import time
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from helpers.fakes import FACTS, FakePredictor, make_film

from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import ModelUnavailable
from radassist.workflow.inference_thread import InferenceThread

SECONDS = 60.0


class GatedPredictor(FakePredictor):
    """Notes which film is scored in which thread, and waits at a gate."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = threading.Semaphore(0)
        self.gate = threading.Semaphore(0)
        self.order: list[str] = []
        self.threads: set[int] = set()

    def predict(self, films, *, with_blocks):
        self.threads.add(threading.get_ident())
        self.order.append(films[0].facts.sha256)
        self.entered.release()
        assert self.gate.acquire(timeout=SECONDS)
        return super().predict(films, with_blocks=with_blocks)


@pytest.fixture
def model() -> GatedPredictor:
    return GatedPredictor()


@pytest.fixture
def inference(model) -> Iterator[InferenceThread]:
    thread = InferenceThread(lambda: model)
    yield thread
    model.gate.release(10)
    thread.close()


@pytest.fixture
def callers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("inference")]


def wait_until(condition) -> None:
    deadline = threading.Event()
    for _ in range(500):
        if condition():
            return
        deadline.wait(0.01)
    pytest.fail("the condition did not come true")


def test_the_model_is_loaded_and_called_in_one_thread_that_is_not_the_callers(inference, model, callers):
    model.gate.release(3)
    answers = [callers.submit(inference.predict, [make_film(str(n))], with_blocks=False) for n in range(3)]

    assert [len(answer.result(SECONDS)) for answer in answers] == [1, 1, 1]
    assert len(model.threads) == 1
    assert threading.get_ident() not in model.threads


def test_the_film_on_screen_goes_before_a_batch_that_waits(inference, model):
    running, batch, urgent = (make_film(name) for name in ("running", "batch", "urgent"))
    inference.submit([running], with_blocks=False)
    assert model.entered.acquire(timeout=SECONDS)
    calls = [inference.submit([batch], with_blocks=False), inference.urgent.submit([urgent], with_blocks=True)]

    model.gate.release(3)
    for call in calls:
        call.result(SECONDS)

    assert model.order == [film.facts.sha256 for film in (running, urgent, batch)]


def test_a_call_that_is_cancelled_while_it_waits_is_never_made(inference, model):
    running, unwanted, wanted = (make_film(name) for name in ("running", "unwanted", "wanted"))
    inference.submit([running], with_blocks=False)
    assert model.entered.acquire(timeout=SECONDS)
    assert inference.submit([unwanted], with_blocks=False).cancel()
    call = inference.submit([wanted], with_blocks=False)

    model.gate.release(2)
    call.result(SECONDS)

    assert model.order == [film.facts.sha256 for film in (running, wanted)]


def test_facts_wait_for_the_model(inference):
    assert inference.facts == FACTS
    assert inference.urgent.facts == FACTS


def test_the_model_is_loaded_once(callers):
    loads = []
    thread = InferenceThread(lambda: loads.append(1) or FakePredictor())
    thread.start_loading()

    for answer in [callers.submit(thread.predict, [make_film()], with_blocks=False) for _ in range(3)]:
        answer.result(SECONDS)
    thread.close()

    assert loads == [1]


def test_a_model_that_cannot_be_loaded_says_so_to_every_caller():
    def broken():
        raise ModelUnavailable("The weights do not match their card.")

    thread = InferenceThread(broken)

    with pytest.raises(ModelUnavailable):
        thread.start_loading().result(SECONDS)
    with pytest.raises(ModelUnavailable):
        thread.predict([make_film()], with_blocks=False)
    thread.close()


def test_an_error_of_the_model_reaches_the_caller_and_the_thread_goes_on():
    film = make_film("bad")
    thread = InferenceThread(lambda: FakePredictor(poison={film.facts.sha256: ZeroDivisionError()}))

    with pytest.raises(ZeroDivisionError):
        thread.predict([film], with_blocks=False)
    assert len(thread.predict([make_film("good")], with_blocks=False)) == 1
    thread.close()


def test_closing_cancels_those_who_wait_and_joins_the_thread(inference, model, callers):
    running = callers.submit(inference.predict, [make_film("running")], with_blocks=False)
    assert model.entered.acquire(timeout=SECONDS)
    waiting = inference.submit([make_film("waiting")], with_blocks=False)
    closing = callers.submit(inference.close)

    for call in (running, waiting):
        with pytest.raises(Cancelled):
            call.result(SECONDS)
    model.gate.release()
    assert closing.result(SECONDS) is True
    assert not threads()
    assert len(model.order) == 1


def test_closing_leaves_a_call_that_does_not_end_behind(inference, model):
    call = inference.submit([make_film()], with_blocks=False)
    assert model.entered.acquire(timeout=SECONDS)

    began = time.monotonic()
    assert inference.close(0.1) is False
    assert time.monotonic() - began < 1.0

    with pytest.raises(Cancelled):
        call.result(0)
    model.gate.release()
    assert inference.close() is True


def test_closing_while_the_model_loads_keeps_nobody_waiting(callers):
    gate = threading.Event()
    thread = InferenceThread(lambda: gate.wait() and FakePredictor())
    loading, call = thread.start_loading(), thread.submit([make_film()], with_blocks=False)
    facts = callers.submit(lambda: thread.facts)

    assert thread.close(0.1) is False
    for waiting in (loading, call, facts):
        with pytest.raises(Cancelled):
            waiting.result(SECONDS)
    gate.set()
    assert thread.close() is True


def test_a_model_that_hangs_does_not_keep_the_program_alive():
    script = """
        import threading
        from helpers.fakes import FakePredictor, make_film
        from radassist.workflow.inference_thread import InferenceThread

        entered = threading.Event()
        model = FakePredictor(before_predict=lambda: (entered.set(), threading.Event().wait()))
        thread = InferenceThread(lambda: model)
        thread.submit([make_film()], with_blocks=False)
        entered.wait()
        print(thread.close(0.1))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.stdout.split(), done.stderr, done.returncode) == (["False"], "", 0)


def test_films_and_answers_are_let_go_of_once_they_are_handed_over():
    thread = InferenceThread(FakePredictor)
    film = make_film()
    pixels = weakref.ref(film.pixels)

    answers = thread.predict([film], with_blocks=True)
    maps = weakref.ref(answers[0].feature_maps[0].activations)
    del film, answers
    wait_until(lambda: pixels() is None and maps() is None)
    thread.close()


def test_a_thread_that_never_loaded_has_nothing_to_close():
    assert InferenceThread(FakePredictor).close() is True


def test_a_closed_thread_answers_nothing():
    thread = InferenceThread(FakePredictor)
    thread.close()
    thread.close()

    with pytest.raises(Cancelled):
        thread.predict([make_film()], with_blocks=False)
    with pytest.raises(Cancelled):
        thread.start_loading()


def test_any_work_with_the_model_is_done_in_its_thread(inference, model):
    assert inference.call(lambda predictor: (predictor is model, threading.current_thread().name)).result(SECONDS) == (
        True,
        "inference",
    )


class OtherPredictor(FakePredictor):
    """A second model, told apart by its facts."""

    facts = replace(FACTS, model="other")


def test_a_change_of_model_waits_for_the_film_in_hand_and_then_answers(inference, model):
    film = make_film("a")
    first = inference.submit([film], with_blocks=False)
    assert model.entered.acquire(timeout=SECONDS)
    other = OtherPredictor()
    change = inference.change(lambda: other)
    second = inference.submit([film], with_blocks=False)
    model.gate.release()

    assert change.result(SECONDS) is other
    assert len(first.result(SECONDS)) == len(second.result(SECONDS)) == 1
    assert (len(model.order), other.calls) == (1, [1])
    assert inference.facts.model == "other"


def test_a_model_that_cannot_be_loaded_leaves_the_earlier_one(inference, model):
    def no_model():
        raise ModelUnavailable("There is no model 'x'.")

    change = inference.change(no_model)
    with pytest.raises(ModelUnavailable):
        change.result(SECONDS)
    model.gate.release()
    assert len(inference.predict([make_film("a")], with_blocks=False)) == 1
    assert inference.facts is FACTS


def test_closing_ends_a_change_that_waits(inference, model):
    inference.submit([make_film("a")], with_blocks=False)
    assert model.entered.acquire(timeout=SECONDS)
    change = inference.change(OtherPredictor)
    model.gate.release()
    inference.close()
    assert change.done()


def test_it_is_ready_when_the_change_under_way_has_ended(inference, model):
    may_load = threading.Event()
    inference.ready().result(SECONDS)
    inference.change(lambda: may_load.wait(SECONDS) and OtherPredictor())
    ready, given_up = inference.ready(), inference.ready()

    assert given_up.cancel()
    assert not ready.done()
    may_load.set()
    ready.result(SECONDS)
    assert inference.facts.model == "other"


def test_it_is_ready_with_the_earlier_model_where_another_one_cannot_be_loaded(inference):
    inference.change(lambda: 1 / 0)
    inference.ready().result(SECONDS)
    assert inference.facts is FACTS


def test_it_is_never_ready_without_a_model():
    def fails():
        raise ModelUnavailable("There is none.")

    thread = InferenceThread(fails)
    with pytest.raises(ModelUnavailable):
        thread.ready().result(SECONDS)
    thread.close()
