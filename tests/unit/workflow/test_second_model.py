"""A second model: loaded beside the first, one at a time, and let go when nobody wants it any more."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from helpers.explanations import FakeExplainer
from helpers.fakes import OTHER_FACTS, OtherPredictor, make_film

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import ModelUnavailable, RefusedImage
from radassist.domain.explanation import SaliencyMethod, SaliencyWish
from radassist.workflow.second_model import SecondModels

FILM = make_film()


@pytest.fixture
def loaded() -> list[str]:
    return []


@pytest.fixture
def models(loaded: list[str]):
    def make(model: str) -> OtherPredictor:
        loaded.append(model)
        if model == "gone":
            raise ModelUnavailable("There is no model gone.")
        return OtherPredictor()

    made = SecondModels(make, lambda model, predictor: FakeExplainer())
    yield made
    assert made.close()


def test_it_answers_under_its_own_name_with_maps(models: SecondModels) -> None:
    second = models.open("other", CancelToken())
    analysis = second.analyse(FILM, CancelToken())
    assert second.facts == OTHER_FACTS
    assert (analysis.provenance.model, analysis.prediction.threshold) == ("other", 0.25)
    assert [entry.block.name for entry in analysis.feature_maps] == ["block1", "block2"]


def test_it_can_be_asked_why(models: SecondModels) -> None:
    explainer = models.open("other", CancelToken()).explainer
    wish = SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA", "block2")
    assert list(explainer.saliency(FILM, wish, CancelToken()))[-1].result.block.name == "block2"


def test_a_film_it_may_not_score_is_refused(loaded: list[str]) -> None:
    problem = RefusedImage("This is no chest film.", "NOT_CHEST")
    predictor = OtherPredictor(answers={FILM.facts.sha256: problem})
    models = SecondModels(lambda model: predictor, lambda model, predictor: FakeExplainer())
    with pytest.raises(RefusedImage, match="no chest film"):
        models.open("other", CancelToken()).analyse(FILM, CancelToken())
    assert models.close()


def test_the_one_opened_last_is_there_at_once_and_another_takes_its_place(
    models: SecondModels, loaded: list[str]
) -> None:
    first = models.open("other", CancelToken())
    assert models.open("other", CancelToken()) is first
    models.open("third", CancelToken())
    assert loaded == ["other", "third"]
    with pytest.raises(Cancelled):
        first.analyse(FILM, CancelToken())


def test_one_that_cannot_be_loaded_says_why_and_the_next_can(models: SecondModels) -> None:
    with pytest.raises(ModelUnavailable, match="no model gone"):
        models.open("gone", CancelToken())
    assert models.open("other", CancelToken()).facts == OTHER_FACTS


def test_waiting_for_one_can_be_given_up() -> None:
    may_end, token = threading.Event(), CancelToken()

    def make(model: str) -> OtherPredictor:
        token.cancel()
        may_end.wait(60)
        return OtherPredictor()

    models = SecondModels(make, lambda model, predictor: FakeExplainer())
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(models.open, "other", token)
        with pytest.raises(Cancelled):
            waiting.result(timeout=60)
    may_end.set()
    assert models.close()
    with pytest.raises(Cancelled):
        models.open("other", CancelToken())


def test_closing_does_not_wait_for_one_model_after_the_other() -> None:
    may_end, begun = threading.Event(), threading.Semaphore(0)

    def hangs(model: str) -> OtherPredictor:
        begun.release()
        may_end.wait(60)
        return OtherPredictor()

    models = SecondModels(hangs, lambda model, predictor: FakeExplainer())
    with ThreadPoolExecutor(3) as pool:
        for name in ("one", "two", "three"):
            pool.submit(models.open, name, CancelToken())
            assert begun.acquire(timeout=60)
        began = time.monotonic()
        assert not models.close(1.0)
        assert time.monotonic() - began < 2.8  # one after the other, they would take three
        may_end.set()
        assert models.close()
