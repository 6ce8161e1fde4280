"""Measuring in the real window: tools by key, undo, calibration, and marks that stay with their film."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FakeLoader, make_film
from helpers.marks import click, on_screen
from helpers.mouse import LEFT, drag
from helpers.windows import Desk, desk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMenu

from radassist.domain.measurement import MarkKind
from radassist.domain.radiograph import PixelSpacing, SpacingSource
from radassist.gui.measure.measure_presenter import MeasurePresenter
from radassist.gui.worklist.worklist_order import Order

FILMS = {
    "one.dcm": replace(make_film("one.dcm"), spacing=PixelSpacing(0.5, 0.5, SpacingSource.AT_DETECTOR)),
    "two.dcm": make_film("two.dcm"),
}
START, END = (10.0, 20.0), (50.0, 50.0)


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path, FakeLoader(FILMS)) as made:
        qtbot.addWidget(made.window)
        with qtbot.waitExposed(made.window):
            made.window.show()
        made.presenter.use(made.backing())
        made.open("one.dcm", "two.dcm")
        made.window.worklist.set_order(Order.ARRIVAL)
        made.window.worklist.select_first()
        qtbot.waitUntil(made.is_settled)
        qtbot.waitUntil(lambda: not made.presenter.queue.waiting())
        made.window.film.setFocus()
        yield made


@pytest.fixture
def measure(at: Desk) -> MeasurePresenter:
    (presenter,) = at.window.findChildren(MeasurePresenter)
    return presenter


def key(at: Desk, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(at.window.film, key, held)


def draw(at: Desk, start: tuple[float, float] = START, end: tuple[float, float] = END) -> None:
    drag(at.window.film, LEFT, on_screen(at.window.film, *start), on_screen(at.window.film, *end))


def kinds(measure: MeasurePresenter) -> list[MarkKind]:
    return [mark.kind for mark in measure.first.layer.marks]


def answer(at: Desk, value: str | float | None) -> None:
    """Accept the dialog with `value`, or give up."""
    (dialog,) = [box for box in at.window.findChildren(QInputDialog) if box.isVisible()]
    if value is None:
        dialog.reject()
        return
    dialog.setTextValue(value) if isinstance(value, str) else dialog.setDoubleValue(value)
    dialog.accept()


def test_a_key_takes_the_tool_one_drag_measures_and_the_tool_is_put_down(at: Desk, measure: MeasurePresenter) -> None:
    key(at, Qt.Key.Key_D)
    assert at.window.actions_by_id["draw_length"].isChecked()
    draw(at)
    (mark,) = measure.first.layer.marks
    (words,) = measure.first.layer.lines(mark)
    assert float(words.split()[0]) == pytest.approx(25.0, abs=0.3) and words.endswith(" mm at detector")
    assert not at.window.actions_by_id["draw_length"].isChecked()
    window = at.window.film.shown_window
    draw(at, (5.0, 90.0), (20.0, 60.0))
    assert at.window.film.shown_window != window and len(measure.first.layer.marks) == 1


@pytest.mark.parametrize(
    ("pressed", "kind"),
    [
        (Qt.Key.Key_L, MarkKind.LENGTH),
        (Qt.Key.Key_B, MarkKind.RECTANGLE),
        (Qt.Key.Key_E, MarkKind.ELLIPSE),
        (Qt.Key.Key_Q, MarkKind.ARROW),
    ],
)
def test_every_tool_has_its_key(at: Desk, measure: MeasurePresenter, pressed: Qt.Key, kind: MarkKind) -> None:
    key(at, pressed)
    draw(at)
    assert kinds(measure) == [kind]


def test_a_ratio_is_there_with_the_second_line(at: Desk, measure: MeasurePresenter) -> None:
    key(at, Qt.Key.Key_C)
    draw(at, (20.0, 50.0), (40.0, 51.0))
    assert measure.first.layer.marks == ()
    draw(at, (10.0, 60.0), (50.0, 58.0))
    (mark,) = measure.first.layer.marks
    assert measure.first.layer.lines(mark)[0] == "CTR 0.50"


def test_a_tool_can_be_kept(at: Desk, measure: MeasurePresenter) -> None:
    key(at, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    key(at, Qt.Key.Key_D)
    draw(at)
    draw(at, (20.0, 70.0), (55.0, 75.0))
    assert kinds(measure) == [MarkKind.LENGTH] * 2
    key(at, Qt.Key.Key_Escape)
    assert measure.first.hand.tool is None


def test_the_same_key_again_puts_the_tool_down(at: Desk, measure: MeasurePresenter) -> None:
    key(at, Qt.Key.Key_A)
    key(at, Qt.Key.Key_A)
    assert measure.first.hand.tool is None and not at.window.actions_by_id["draw_angle"].isChecked()


def test_escape_drops_the_drawing_and_then_the_tool(at: Desk, measure: MeasurePresenter) -> None:
    key(at, Qt.Key.Key_D)
    click(at.window.film, on_screen(at.window.film, *START))
    key(at, Qt.Key.Key_Escape)
    assert measure.first.layer.draft is None and measure.first.hand.tool is MarkKind.LENGTH
    key(at, Qt.Key.Key_Escape)
    assert measure.first.hand.tool is None and measure.first.layer.marks == ()


def test_drawing_moving_and_deleting_are_undone_and_done_again(at: Desk, measure: MeasurePresenter) -> None:
    key(at, Qt.Key.Key_D)
    draw(at)
    (drawn,) = measure.first.layer.marks
    middle = on_screen(at.window.film, 30.0, 35.0)
    drag(at.window.film, LEFT, middle, middle + QPoint(40, 0))
    (moved,) = measure.first.layer.marks
    assert moved != drawn
    key(at, Qt.Key.Key_Delete)
    assert measure.first.layer.marks == ()
    history = []
    for _ in range(3):
        key(at, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        history.append(measure.first.layer.marks)
    assert history == [(moved,), (drawn,), ()]
    for _ in range(3):
        key(at, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert measure.first.layer.marks == ()


def test_all_marks_of_the_film_go_at_once_and_come_back_at_once(at: Desk, measure: MeasurePresenter) -> None:
    for _ in range(2):
        key(at, Qt.Key.Key_D)
        draw(at)
    at.window.actions_by_id["delete_marks"].trigger()
    assert measure.first.layer.marks == () and not at.window.actions_by_id["delete_marks"].isEnabled()
    at.window.actions_by_id["undo"].trigger()
    assert len(measure.first.layer.marks) == 2


def test_a_text_is_written_and_changed_and_no_words_are_no_text(at: Desk, measure: MeasurePresenter) -> None:
    place = on_screen(at.window.film, *START)
    for words, expected in (("  ", []), (None, []), ("nodule?", ["nodule?"])):
        key(at, Qt.Key.Key_T)
        click(at.window.film, place)
        answer(at, words)
        assert [mark.text for mark in measure.first.layer.marks] == expected
    measure.first.hand.words_wanted.emit(0)
    answer(at, "no nodule")
    assert [mark.text for mark in measure.first.layer.marks] == ["no nodule"]


def test_a_known_length_calibrates_the_film_and_can_be_undone(at: Desk, measure: MeasurePresenter) -> None:
    at.window.worklist.step(1)
    key(at, Qt.Key.Key_D)
    draw(at)
    (mark,) = measure.first.layer.marks
    assert measure.first.layer.lines(mark)[0].endswith(" pixels")
    assert at.window.film.scale_words == "Lengths in pixels"
    key(at, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    draw(at, (10.0, 70.0), (50.0, 70.0))
    answer(at, 80.0)
    (words,) = measure.first.layer.lines(mark)
    assert float(words.split()[0]) == pytest.approx(100.0, rel=0.02) and words.endswith(" mm calibrated by hand")
    assert at.window.film.scale_words.endswith("mm/pixel calibrated by hand")
    assert kinds(measure) == [MarkKind.LENGTH]
    at.window.actions_by_id["undo"].trigger()
    assert measure.first.layer.lines(mark)[0].endswith(" pixels")
    at.window.actions_by_id["redo"].trigger()
    at.window.actions_by_id["forget_calibration"].trigger()
    assert measure.first.layer.lines(mark)[0].endswith(" pixels")


def test_a_length_that_cannot_be_right_calibrates_nothing_and_says_so(at: Desk, measure: MeasurePresenter) -> None:
    key(at, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    draw(at, (10.0, 70.0), (50.0, 70.0))
    answer(at, 2000.0)
    assert measure.first.layer.film_marks.by_hand is None
    assert "cannot be right" in at.window.message_bar.sentence


def test_marks_stay_with_their_film_and_come_back_with_it(at: Desk, measure: MeasurePresenter) -> None:
    key(at, Qt.Key.Key_D)
    draw(at)
    marks = measure.first.layer.marks
    at.window.worklist.step(1)
    assert measure.first.layer.marks == () and at.window.actions_by_id["undo"].isEnabled()
    assert not at.window.actions_by_id["delete_marks"].isEnabled()
    at.window.worklist.step(-1)
    assert measure.first.layer.marks == marks


def test_undoing_a_step_on_another_film_says_so(at: Desk, measure: MeasurePresenter) -> None:
    key(at, Qt.Key.Key_D)
    draw(at)
    at.window.worklist.step(1)
    at.window.actions_by_id["undo"].trigger()
    assert "another film" in at.window.message_bar.sentence
    at.window.worklist.step(-1)
    assert measure.first.layer.marks == ()


def test_a_change_without_effect_is_no_step(at: Desk, measure: MeasurePresenter) -> None:
    measure.first.delete_all()
    measure.first.delete_chosen()
    measure.first.forget_calibration()
    assert at.window.undo_stack.count() == 0


def test_marks_are_there_again_at_the_next_start(at: Desk, measure: MeasurePresenter, tmp_path: Path, qtbot) -> None:
    key(at, Qt.Key.Key_D)
    draw(at)
    with desk(tmp_path, FakeLoader(FILMS)) as later:
        qtbot.addWidget(later.window)
        (again,) = later.window.findChildren(MeasurePresenter)
        assert again.book.of(FILMS["one.dcm"].facts.sha256).marks == measure.first.layer.marks


def test_the_menu_over_the_film_has_the_tools_and_deletes_the_chosen_mark(at: Desk, measure: MeasurePresenter) -> None:
    key(at, Qt.Key.Key_D)
    draw(at)
    measure.first.hand.choose(0)
    at.window.film.menu_requested.emit(at.window.mapToGlobal(QPoint(300, 300)))
    menu = next(menu for menu in at.window.findChildren(QMenu) if menu.isVisible())
    acts = at.window.actions_by_id
    assert menu.actions()[0] is acts["delete_mark"]
    submenus = [action.menu() for action in menu.actions() if action.menu()]
    assert acts["draw_ratio"] in submenus[0].actions()
    menu.close()
