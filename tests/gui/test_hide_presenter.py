"""Hiding parts of the film in the window."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.explanations import FakeExplainer
from helpers.mouse import LEFT, drag
from helpers.windows import Desk, desk
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from radassist.domain.whatif import Box, Brush, Edit, Hiding
from radassist.gui.explain.hide_hand import HideHand
from radassist.gui.explain.hide_presenter import HidePresenter
from radassist.gui.explain.hide_shape import HideShape
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
        self.hand = at.window.film.findChild(HideHand)
        self.book = at.window.findChild(HidePresenter).book

    def has_answer(self) -> bool:
        return self.view.verdict.sentence.text().startswith("Without ")

    def hidden(self) -> list[tuple[Edit, ...]]:
        """What was asked about; the panel asks for its maps, too."""
        return [asked for asked in self.fake.asked if isinstance(asked, tuple)]

    def can_ask(self) -> bool:
        return self.at.is_settled() and self.view.shapes[HideShape.BOX].isEnabled()

    def step(self, by: int, qtbot) -> None:
        self.at.window.worklist.step(by)
        qtbot.waitUntil(lambda: self.at.is_settled() and self.can_ask())

    def act(self, name: str) -> None:
        self.at.window.actions_by_id[name].trigger()


@pytest.fixture
def hiding(qtbot, tmp_path: Path):
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        made = HideDesk(at)
        at.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(at.items()) == 2 and made.can_ask())
        yield made
        made.thread.close()


def test_a_part_is_hidden_and_the_change_told(hiding: HideDesk, qtbot) -> None:
    hiding.hand.drawn.emit(BOX)
    qtbot.waitUntil(hiding.has_answer)

    assert hiding.hidden() == [(Edit(BOX),)]
    assert "Without 14.6\N{NO-BREAK SPACE}% of the film" in hiding.view.verdict.sentence.text()


def test_a_stroke_of_the_brush_on_the_film_is_hidden_with_the_size_the_keys_gave_it(hiding: HideDesk, qtbot) -> None:
    hiding.act("hide_brush")
    before = hiding.hand.radius
    hiding.act("brush_larger")
    film = hiding.at.window.film
    places = [film.film_transform.map(QPointF(*place)).toPoint() for place in ((20, 30), (40, 60))]
    drag(film, LEFT, *places)
    qtbot.waitUntil(hiding.has_answer)

    ((edit,),) = hiding.hidden()
    assert isinstance(edit.region, Brush) and edit.region.radius == pytest.approx(1.25 * before)
    assert hiding.hand.shape is HideShape.BRUSH


def test_undo_shows_it_again_and_redo_hides_it(hiding: HideDesk, qtbot) -> None:
    hiding.hand.drawn.emit(BOX)
    qtbot.waitUntil(hiding.has_answer)
    hiding.act("undo")
    assert hiding.view.verdict.isHidden()
    hiding.act("redo")
    qtbot.waitUntil(hiding.has_answer)

    assert hiding.hidden() == [(Edit(BOX),)] * 2


def test_another_way_to_hide_is_asked_about_at_once(hiding: HideDesk, qtbot) -> None:
    hiding.hand.drawn.emit(BOX)
    qtbot.waitUntil(hiding.has_answer)
    hiding.view.hiding.setCurrentIndex(hiding.view.hiding.findData(Hiding.GREY))
    hiding.view.hiding.activated.emit(hiding.view.hiding.currentIndex())
    qtbot.waitUntil(lambda: len(hiding.hidden()) == 2)

    assert hiding.hidden()[1] == (Edit(BOX, Hiding.GREY),)


def test_all_of_the_film_is_shown_again_at_one_press(hiding: HideDesk, qtbot) -> None:
    for _ in range(2):
        hiding.hand.drawn.emit(BOX)
    qtbot.waitUntil(hiding.has_answer)
    hiding.view.show_all.click()
    assert hiding.view.verdict.isHidden() and not hiding.view.show_all.isEnabled()
    hiding.act("undo")
    qtbot.waitUntil(hiding.has_answer)


def test_hidden_parts_and_answer_go_with_the_film_and_come_back_with_it(hiding: HideDesk, qtbot) -> None:
    hiding.hand.drawn.emit(BOX)
    qtbot.waitUntil(hiding.has_answer)
    hiding.act("hide_lasso")
    hiding.step(1, qtbot)
    assert hiding.view.verdict.isHidden() and not hiding.view.show_all.isEnabled()
    assert hiding.hand.shape is None
    hiding.step(-1, qtbot)
    qtbot.waitUntil(hiding.has_answer)


def test_a_step_undone_on_another_film_is_told(hiding: HideDesk, qtbot) -> None:
    hiding.hand.drawn.emit(BOX)
    qtbot.waitUntil(hiding.has_answer)
    digest = hiding.at.window.film.radiograph.facts.sha256
    hiding.step(1, qtbot)
    hiding.act("undo")

    assert hiding.book.of(digest) == ()
    assert "another film" in hiding.at.window.message_bar.sentence


def test_one_tool_at_a_time_is_in_the_hand(hiding: HideDesk) -> None:
    window = hiding.at.window
    hiding.act("hide_box")
    assert window.actions_by_id["hide_box"].isChecked() and hiding.view.shapes[HideShape.BOX].isChecked()
    hiding.act("draw_length")
    assert hiding.hand.shape is None and not window.actions_by_id["hide_box"].isChecked()
    hiding.act("hide_box")
    assert not window.actions_by_id["draw_length"].isChecked()
    hiding.act("hide_box")
    assert hiding.hand.shape is None


def test_escape_puts_the_shape_down_and_so_does_another_tab(hiding: HideDesk) -> None:
    hiding.act("hide_box")
    QTest.keyClick(hiding.at.window.film, Qt.Key.Key_Escape)
    assert hiding.hand.shape is None
    hiding.act("hide_box")
    hiding.at.window.review_tabs.setCurrentIndex(0)
    assert hiding.hand.shape is None


def test_what_is_said_of_hidden_parts_stays_in_sight_while_somebody_draws(hiding: HideDesk, qtbot) -> None:
    hiding.at.window.resize(1000, 560)
    hiding.at.window.show()
    hiding.act("hide_box")
    hiding.hand.drawn.emit(BOX)
    qtbot.waitUntil(hiding.has_answer)

    qtbot.waitUntil(lambda: not hiding.view.visibleRegion().isEmpty())


def test_without_a_film_nothing_can_be_hidden(hiding: HideDesk) -> None:
    hiding.at.presenter.close_all()

    assert not hiding.view.shapes[HideShape.BOX].isEnabled()
    assert not hiding.at.window.actions_by_id["hide_box"].isEnabled()
