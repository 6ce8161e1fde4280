"""Maps of evidence of the right side: asked once, and never another question's."""

from collections.abc import Iterator

import pytest
from helpers.explanations import FakeExplainer
from helpers.fakes import FakePredictor, make_film
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from radassist.domain.explanation import SaliencyMethod, SaliencyWish
from radassist.gui.beside.side_saliency import SideQuestion, SideSaliency
from radassist.gui.jobs import JobRunner
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread

FILM = make_film()
WISH = SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA", "block2")


@pytest.fixture
def fake() -> FakeExplainer:
    return FakeExplainer()


@pytest.fixture
def explainer(fake: FakeExplainer) -> Iterator[SharedExplainer]:
    thread = InferenceThread(FakePredictor)
    yield SharedExplainer(thread, lambda predictor: fake)
    thread.close()


@pytest.fixture
def saliency(qapp) -> Iterator[SideSaliency]:
    parent, runner = QObject(), JobRunner()
    yield SideSaliency(runner, parent)
    runner.shutdown()


def test_one_question_is_asked_once(
    saliency: SideSaliency, explainer: SharedExplainer, fake: FakeExplainer, qtbot: QtBot
) -> None:
    for _ in range(2):
        saliency.ask(SideQuestion(explainer, FILM, "ab", WISH))
    assert (saliency.done, saliency.total) == (0, 1)
    qtbot.waitUntil(lambda: saliency.found is not None)
    assert saliency.found.block.name == "block2" and saliency.done == saliency.total
    saliency.ask(SideQuestion(explainer, FILM, "ab", WISH))
    assert len(fake.asked) == 1


def test_another_question_forgets_the_answer_at_once(
    saliency: SideSaliency, explainer: SharedExplainer, qtbot: QtBot
) -> None:
    saliency.ask(SideQuestion(explainer, FILM, "ab", WISH))
    qtbot.waitUntil(lambda: saliency.found is not None)
    saliency.ask(SideQuestion(explainer, FILM, "cd", WISH))
    assert saliency.found is None
    saliency.ask(None)
    assert (saliency.found, saliency.total) == (None, 0)


def test_a_map_that_was_given_up_is_not_asked_for_again_by_itself(
    saliency: SideSaliency, explainer: SharedExplainer, qtbot: QtBot
) -> None:
    question = SideQuestion(explainer, FILM, "ab", WISH)
    saliency.ask(question)
    saliency.stop()
    saliency.ask(question)
    assert (saliency.found, saliency.total, saliency.problem) == (None, 0, "The map was stopped.")


def test_a_model_that_cannot_be_asked_says_why(saliency: SideSaliency, qtbot: QtBot) -> None:
    def gone() -> FakePredictor:
        raise OSError("no disk")

    thread = InferenceThread(gone)
    saliency.ask(SideQuestion(SharedExplainer(thread, lambda predictor: FakeExplainer()), FILM, "ab", WISH))
    qtbot.waitUntil(lambda: bool(saliency.problem))
    assert saliency.found is None and saliency.total == 0
    thread.close()
