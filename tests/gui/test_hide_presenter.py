"""Hiding parts of the film in the window."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.explanations import FakeExplainer
from helpers.windows import Desk, desk

from radassist.domain.whatif import Box, Edit
from radassist.gui.explain.box_hand import BoxHand
from radassist.gui.explain.hide_view import HideView
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread

BOX = Box(10, 10, 40, 40)


class HideDesk:
    """A desk with a film parts of which can be hidden."""

    def __init__(self, at: Desk) -> None:
        self.at, self.fake = at, FakeExplainer()
        self.thread = InferenceThread(lambda: at.predictor)
        at.presenter.use(replace(at.backing(), explainer=SharedExplainer(self.thread, lambda predictor: self.fake)))
        self.view = at.window.findChild(HideView)
        self.hand = at.window.film.findChild(BoxHand)

    def has_answer(self) -> bool:
        return self.view.verdict.sentence.text().startswith("Without ")


@pytest.fixture
def hiding(qtbot, tmp_path: Path):
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        made = HideDesk(at)
        at.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled() and made.view.draw.isEnabled())
        yield made
        made.thread.close()


def test_a_box_is_hidden_and_the_change_told(hiding: HideDesk, qtbot) -> None:
    hiding.hand.drawn.emit(BOX)
    qtbot.waitUntil(hiding.has_answer)

    assert hiding.fake.asked == [(Edit(BOX),)]
    assert "Without 14.6% of the film" in hiding.view.verdict.sentence.text()


def test_undo_shows_it_again_and_redo_hides_it(hiding: HideDesk, qtbot) -> None:
    hiding.hand.drawn.emit(BOX)
    qtbot.waitUntil(hiding.has_answer)
    hiding.view.undo.click()
    assert hiding.view.verdict.isHidden()
    hiding.view.redo.click()
    qtbot.waitUntil(hiding.has_answer)

    assert hiding.fake.asked == [(Edit(BOX),)] * 2


def test_boxes_and_answer_go_with_the_film(hiding: HideDesk, qtbot) -> None:
    hiding.hand.drawn.emit(BOX)
    qtbot.waitUntil(hiding.has_answer)
    hiding.view.draw.setChecked(True)
    hiding.at.window.worklist.step(1)
    qtbot.waitUntil(lambda: hiding.at.is_settled() and hiding.view.draw.isEnabled())

    assert hiding.view.verdict.isHidden() and not hiding.view.undo.isEnabled()
    assert not hiding.view.draw.isChecked()


def test_without_a_film_nothing_can_be_hidden(hiding: HideDesk) -> None:
    hiding.at.presenter.close_all()

    assert not hiding.view.draw.isEnabled()
