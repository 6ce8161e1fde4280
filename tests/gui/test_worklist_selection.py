"""Several films are selected together; the one on the screen stays there."""

import pytest
from helpers.worklist_items import scored, waiting
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest

from radassist.gui.theme import load_theme
from radassist.gui.worklist.worklist_delegate import ROW_HEIGHT
from radassist.gui.worklist.worklist_model import WorklistTableModel
from radassist.gui.worklist.worklist_order import Order
from radassist.gui.worklist.worklist_order_model import WorklistOrderModel
from radassist.gui.worklist.worklist_selection import WorklistSelection
from radassist.gui.worklist.worklist_view import WorklistView

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def model(qapp) -> WorklistTableModel:
    return WorklistTableModel()


@pytest.fixture
def rows(model) -> WorklistOrderModel:
    return WorklistOrderModel(model)


@pytest.fixture
def view(qtbot, model, rows) -> WorklistView:
    """Films 0 to 19, in that order; studies of two films each. The list has turned to film 2."""
    made = WorklistView(load_theme("dark"), rows)
    qtbot.addWidget(made)
    made.resize(300, 10 * ROW_HEIGHT + 2)
    made.show()
    qtbot.waitExposed(made)
    model.append([scored(number, 0.9 - number / 100, study_uid=str(number // 2)) for number in range(20)])
    rows.settle()
    made.setCurrentIndex(rows.index(2, 0))
    return made


@pytest.fixture
def selection(view) -> WorklistSelection:
    return view.selection


def click(view, row: int, modifier=Qt.KeyboardModifier.NoModifier, button=LEFT) -> None:
    place = QPoint(100, view.visualRect(view.model().index(row, 0)).bottom() - 10)
    QTest.mouseClick(view.viewport(), button, modifier, place)


def test_to_turn_to_a_film_selects_it_alone(view, rows, selection):
    assert selection.numbers == (2,)
    click(view, 5, CONTROL)
    view.setCurrentIndex(rows.index(7, 0))
    assert (selection.numbers, selection.count) == ((7,), 1)
    click(view, 3)
    assert selection.numbers == (3,)


def test_control_and_a_click_take_films_in_and_out_and_turn_to_none(view, selection):
    turned = QSignalSpy(view.selectionModel().currentChanged)
    for row in (7, 4, 9, 4):
        click(view, row, CONTROL)
    assert selection.numbers == (2, 7, 9)
    assert (turned.count(), view.currentIndex().row()) == (0, 2)


def test_shift_and_a_click_select_from_the_film_on_the_screen_or_the_last_one_taken(view, selection):
    click(view, 5, SHIFT)
    assert selection.numbers == (2, 3, 4, 5)
    click(view, 0, SHIFT)
    assert selection.numbers == (0, 1, 2)
    click(view, 7, CONTROL)
    click(view, 9, SHIFT)
    assert selection.numbers == (7, 8, 9)
    assert view.currentIndex().row() == 2


def test_shift_and_arrows_move_the_end_of_the_range_and_no_film(view, selection):
    turned = QSignalSpy(view.selectionModel().currentChanged)
    for key, numbers in (
        (Qt.Key.Key_Down, (2, 3)),
        (Qt.Key.Key_Down, (2, 3, 4)),
        (Qt.Key.Key_Up, (2, 3)),
        (Qt.Key.Key_Home, (0, 1, 2)),
        (Qt.Key.Key_PageDown, tuple(range(2, 11))),
        (Qt.Key.Key_End, tuple(range(2, 20))),
        (Qt.Key.Key_Down, tuple(range(2, 20))),
    ):
        QTest.keyClick(view, key, SHIFT)
        assert selection.numbers == numbers
    assert turned.count() == 0


def test_a_range_begins_with_the_film_the_reader_turned_to_last(view, rows, selection):
    click(view, 5, SHIFT)
    view.setCurrentIndex(rows.index(8, 0))
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert selection.numbers == (8, 9)


def test_one_key_selects_all_that_the_filter_leaves(view, rows, selection):
    rows.set_filter("film001")
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert selection.numbers == tuple(range(10, 20))


def test_what_a_filter_hides_does_not_count_and_comes_back(view, rows, selection):
    click(view, 5, SHIFT)
    rows.set_filter("film0004")
    selection.restore()
    assert (selection.numbers, selection.count) == ((4,), 1)
    rows.set_filter("")
    selection.restore()
    assert selection.numbers == (2, 3, 4, 5)
    assert [view.selectionModel().isSelected(rows.index(row, 0)) for row in (1, 2, 5, 6)] == [False, True, True, False]


def test_films_that_move_stay_selected(view, rows, model, selection):
    click(view, 4, SHIFT)
    model.replace(scored(3, 0.99, study_uid="1"))
    rows.settle()
    assert rows.place_of(3) == 0
    assert selection.numbers == (3, 2, 4)


def test_a_fold_stands_for_all_its_films(view, rows, selection):
    rows.set_order(Order.STUDY)
    rows.set_all_folded(True)
    view.setCurrentIndex(rows.index(1, 0))
    selection.extend_to(2)
    assert selection.numbers == (2, 3, 4, 5)
    assert rows.is_folded(2)
    rows.set_all_folded(False)
    selection.restore()
    assert selection.numbers == (2, 3, 4, 5)


def test_a_click_with_a_modifier_selects_a_folded_study_and_leaves_it_folded(view, rows, selection):
    rows.set_order(Order.STUDY)
    rows.set_all_folded(True)
    view.setCurrentIndex(rows.index(0, 0))
    click(view, 3, CONTROL)
    assert (selection.numbers, rows.is_folded(3)) == ((0, 1, 6, 7), True)


def test_the_menu_of_several_films_leaves_them_selected_and_that_of_another_selects_it_and_turns_to_none(
    view, selection
):
    click(view, 5, SHIFT)
    click(view, 4, button=RIGHT)
    assert (selection.numbers, view.currentIndex().row()) == ((2, 3, 4, 5), 2)
    click(view, 8, button=RIGHT)
    assert (selection.numbers, view.currentIndex().row()) == ((8,), 2)
    click(view, 10, SHIFT)
    assert selection.numbers == (8, 9, 10)


def test_an_emptied_list_has_nothing_selected_though_numbers_come_again(view, rows, model, selection):
    click(view, 5, SHIFT)
    model.clear()
    selection.restore()
    model.append([waiting(number) for number in range(6)])
    rows.settle()
    assert selection.numbers == ()
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert selection.numbers == (0,)


def test_nothing_is_selected_on_an_empty_list(qtbot, rows, model):
    view = WorklistView(load_theme("dark"), rows)
    qtbot.addWidget(view)
    for act in (view.selection.select_all, lambda: view.selection.extend_by(1), view.selection.restore):
        act()
    assert view.selection.numbers == ()
