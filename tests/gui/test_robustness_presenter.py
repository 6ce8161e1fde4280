"""Whether the score holds, asked in the window."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.explanations import FakeExplainer
from helpers.windows import Desk, desk

from radassist.gui.explain.ask_view import AskView
from radassist.gui.explain.strip_bar import StripBar
from radassist.gui.explain.why_panel import WhyPanel
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread


class StripDesk:
    """A desk with a film whose score can be tried."""

    def __init__(self, at: Desk) -> None:
        self.at, self.fake = at, FakeExplainer()
        self.thread = InferenceThread(lambda: at.predictor)
        at.presenter.use(replace(at.backing(), explainer=SharedExplainer(self.thread, lambda predictor: self.fake)))
        panel = at.window.findChild(WhyPanel)
        self.bar = panel.findChild(StripBar)
        self.view = self.bar.parent()
        assert isinstance(self.view, AskView)


@pytest.fixture
def strip(qtbot, tmp_path: Path):
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        made = StripDesk(at)
        at.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled() and made.view.button.isEnabled())
        yield made
        made.thread.close()


def test_nothing_is_scored_before_it_is_asked_for(strip: StripDesk) -> None:
    assert strip.fake.asked == []
    assert strip.bar.isHidden()


def test_the_answer_is_a_strip_and_a_sentence(strip: StripDesk, qtbot) -> None:
    strip.view.button.click()
    qtbot.waitUntil(lambda: not strip.view.verdict.isHidden())

    assert not strip.bar.isHidden() and strip.view.busy.isHidden()
    assert "PNEUMONIA" in strip.view.verdict.sentence.text()


def test_the_answer_goes_with_the_film(strip: StripDesk, qtbot) -> None:
    strip.view.button.click()
    qtbot.waitUntil(lambda: not strip.view.verdict.isHidden())
    strip.at.window.worklist.step(1)
    qtbot.waitUntil(strip.view.button.isEnabled)

    assert strip.bar.isHidden() and strip.view.verdict.isHidden()


def test_without_a_film_nothing_can_be_asked(strip: StripDesk) -> None:
    strip.at.presenter.close_all()

    assert not strip.view.button.isEnabled()


def test_nothing_is_asked_of_a_model_that_did_not_score_the_film(strip: StripDesk) -> None:
    presenter = strip.at.presenter
    presenter.facts = replace(presenter.facts, sha256="cd" * 32)
    presenter.films.shown.emit()

    assert not strip.view.button.isEnabled()
