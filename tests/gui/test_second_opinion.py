"""A second model's answer: about the newest film, of the newest model."""

import threading
from collections.abc import Iterator

import pytest
from helpers.explanations import FakeExplainer
from helpers.fakes import OtherPredictor, make_film
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from radassist.domain.errors import ModelUnavailable, RefusedImage
from radassist.gui.beside.second_opinion import SecondOpinion
from radassist.gui.jobs import JobRunner
from radassist.workflow.second_model import SecondModels

FILM, NEXT = make_film("a.dcm"), make_film("b.dcm")


class Place:
    """Models to open; loading waits for `may_load`."""

    def __init__(self) -> None:
        self.predictor, self.may_load = OtherPredictor(), threading.Event()
        self.may_load.set()
        self.models = SecondModels(self._make, lambda model, predictor: FakeExplainer())

    def _make(self, model: str) -> OtherPredictor:
        self.may_load.wait(60)
        if model == "gone":
            raise ModelUnavailable("There is no model gone.")
        return self.predictor


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    yield made
    made.may_load.set()
    made.models.close()


@pytest.fixture
def opinion(qapp) -> Iterator[SecondOpinion]:
    runner, parent = JobRunner(), QObject()
    yield SecondOpinion(runner, parent)
    runner.shutdown()


def _load(opinion: SecondOpinion, place: Place, qtbot: QtBot) -> None:
    opinion.choose("other", place.models)
    qtbot.waitUntil(lambda: opinion.opened is not None)


def test_it_is_asked_once_about_each_film(opinion: SecondOpinion, place: Place, qtbot: QtBot) -> None:
    _load(opinion, place, qtbot)
    for _ in range(2):
        opinion.look(FILM)
        qtbot.waitUntil(lambda: opinion.maps is not None)
    assert opinion.maps.analysis.film_sha256 == FILM.facts.sha256
    assert opinion.facts.model == "other" and place.predictor.calls == [1]
    opinion.look(NEXT)
    assert opinion.maps is None
    qtbot.waitUntil(lambda: opinion.maps is not None)
    assert opinion.maps.analysis.film_sha256 == NEXT.facts.sha256
    opinion.look(None)
    assert opinion.maps is None


def test_why_a_film_has_no_answer_is_said(opinion: SecondOpinion, place: Place, qtbot: QtBot) -> None:
    place.predictor.answers = {FILM.facts.sha256: RefusedImage("This is no chest film.", "NOT_CHEST")}
    _load(opinion, place, qtbot)
    opinion.look(FILM)
    qtbot.waitUntil(lambda: opinion.problem == "This is no chest film.")
    assert opinion.maps is None


def test_a_model_that_is_given_up_while_it_loads_never_answers(
    opinion: SecondOpinion, place: Place, qtbot: QtBot
) -> None:
    place.may_load.clear()
    opinion.choose("other", place.models)
    opinion.drop()
    place.may_load.set()
    qtbot.waitUntil(lambda: not opinion._runner._jobs)
    assert (opinion.model, opinion.opened) == ("", None)


def test_a_model_that_is_not_there_says_why(opinion: SecondOpinion, place: Place, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opinion.failed) as failed:
        opinion.choose("gone", place.models)
    assert failed.args == ["There is no model gone."]
    assert opinion.model == ""
