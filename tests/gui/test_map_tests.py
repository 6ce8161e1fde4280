"""What is asked of a map: where on the body it lies, and whether it can be believed."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.explanations import FakeExplainer
from helpers.windows import Desk, desk

from radassist.gui.explain.ask_view import AskView
from radassist.gui.explain.curves_plot import CurvesPlot
from radassist.gui.explain.evidence_view import EvidenceView
from radassist.gui.explain.why_panel import WhyPanel
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread

QUESTION = "Can it be believed?"


class TestDesk:
    """A desk with a map over the film."""

    __test__ = False

    def __init__(self, at: Desk) -> None:
        self.at, self.fake = at, FakeExplainer()
        self.thread = InferenceThread(lambda: at.predictor)
        at.presenter.use(replace(at.backing(), explainer=SharedExplainer(self.thread, lambda predictor: self.fake)))
        self.panel = at.window.findChild(WhyPanel)
        self.evidence = self.panel.findChild(EvidenceView)
        self.curves = self.panel.findChild(CurvesPlot)
        self.trust = next(view for view in self.panel.findChildren(AskView) if view.button.text() == QUESTION)

    def choose_method(self, number: int) -> None:
        self.panel.method.setCurrentIndex(number)
        self.panel.method.activated.emit(number)


@pytest.fixture
def tests_of_map(qtbot, tmp_path: Path):
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        made = TestDesk(at)
        at.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled())
        at.window.review_tabs.setCurrentWidget(made.panel)
        qtbot.waitUntil(lambda: made.trust.button.isEnabled() and not made.evidence.isHidden())
        yield made
        made.thread.close()


def test_the_ledger_comes_with_the_map(tests_of_map: TestDesk) -> None:
    """The films are noise, on which no lungs are."""
    assert tests_of_map.evidence.verdict.sentence.text().startswith("The lungs were not found on this film")


def test_the_tests_wait_to_be_asked_for(tests_of_map: TestDesk) -> None:
    assert len(tests_of_map.fake.asked) == 1
    assert tests_of_map.trust.verdict.isHidden()


def test_the_answer_is_a_word_a_sentence_and_the_numbers(tests_of_map: TestDesk, qtbot) -> None:
    tests_of_map.trust.button.click()
    qtbot.waitUntil(lambda: not tests_of_map.trust.verdict.isHidden())

    assert tests_of_map.trust.verdict.sentence.text().startswith("Believable. This map depends on")
    assert "one pixel: 0.95; light noise: 0.90" in tests_of_map.trust.numbers.text()
    assert not tests_of_map.curves.isHidden()
    assert tests_of_map.fake.asked[-1] == tests_of_map.panel.wish


def test_the_answer_goes_with_the_film(tests_of_map: TestDesk, qtbot) -> None:
    tests_of_map.trust.button.click()
    qtbot.waitUntil(lambda: not tests_of_map.trust.verdict.isHidden())
    tests_of_map.at.window.worklist.step(1)
    assert tests_of_map.trust.verdict.isHidden() and tests_of_map.curves.isHidden()
    qtbot.waitUntil(tests_of_map.trust.button.isEnabled)

    assert tests_of_map.trust.verdict.isHidden()


def test_the_answer_goes_with_the_wish(tests_of_map: TestDesk, qtbot) -> None:
    tests_of_map.trust.button.click()
    qtbot.waitUntil(lambda: not tests_of_map.trust.verdict.isHidden())
    tests_of_map.choose_method((tests_of_map.panel.method.currentIndex() + 1) % tests_of_map.panel.method.count())

    assert tests_of_map.trust.verdict.isHidden()


def test_without_a_film_there_is_nothing_to_test(tests_of_map: TestDesk) -> None:
    tests_of_map.at.presenter.close_all()

    assert not tests_of_map.trust.button.isEnabled()
    assert tests_of_map.evidence.isHidden()
