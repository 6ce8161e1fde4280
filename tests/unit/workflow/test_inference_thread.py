"""The thread that owns the model."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from helpers.fakes import FACTS, FakePredictor, make_film

from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import ModelUnavailable
from radassist.workflow.inference_thread import InferenceThread

SECONDS = 5.0


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


def test_the_film_on_screen_goes_before_a_batch_that_waits(inference, model, callers):
    running, batch, urgent = (make_film(name) for name in ("running", "batch", "urgent"))
    callers.submit(inference.predict, [running], with_blocks=False)
    assert model.entered.acquire(timeout=SECONDS)
    callers.submit(inference.predict, [batch], with_blocks=False)
    wait_until(lambda: len(inference._turn._waiters) == 1)
    callers.submit(inference.urgent.predict, [urgent], with_blocks=True)
    wait_until(lambda: inference._urgent_waiting == 1)

    model.gate.release(3)
    wait_until(lambda: len(model.order) == 3)

    assert model.order == [film.facts.sha256 for film in (running, urgent, batch)]


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
    callers.submit(inference.predict, [make_film("running")], with_blocks=False)
    assert model.entered.acquire(timeout=SECONDS)
    late = callers.submit(inference.predict, [make_film("late")], with_blocks=False)
    wait_until(lambda: len(inference._turn._waiters) == 1)
    closing = callers.submit(inference.close)

    with pytest.raises(Cancelled):
        late.result(SECONDS)
    model.gate.release()
    closing.result(SECONDS)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("inference")]


def test_a_closed_thread_answers_nothing():
    thread = InferenceThread(FakePredictor)
    thread.close()
    thread.close()

    with pytest.raises(Cancelled):
        thread.predict([make_film()], with_blocks=False)
