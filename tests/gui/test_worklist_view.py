import numpy as np
import pytest
from helpers.pictures import grab
from helpers.worklist_items import scored, waiting
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from radassist.gui.theme import load_theme
from radassist.gui.worklist.worklist_delegate import HEADING_HEIGHT, ROW_HEIGHT
from radassist.gui.worklist.worklist_model import Role, WorklistTableModel
from radassist.gui.worklist.worklist_order import Order
from radassist.gui.worklist.worklist_order_model import WorklistOrderModel
from radassist.gui.worklist.worklist_studies import Level
from radassist.gui.worklist.worklist_view import WorklistView

VISIBLE = 10


class CountingModel(WorklistTableModel):
    """Counts what views ask of it."""

    asked = 0

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        self.asked += 1
        return super().data(index, role)


@pytest.fixture
def model(qapp) -> CountingModel:
    return CountingModel()


@pytest.fixture
def rows(model) -> WorklistOrderModel:
    return WorklistOrderModel(model)


@pytest.fixture
def view(qtbot, rows) -> WorklistView:
    made = WorklistView(load_theme("dark"), rows)
    qtbot.addWidget(made)
    made.resize(300, VISIBLE * ROW_HEIGHT + 2)
    made.show()
    qtbot.waitExposed(made)
    return made


def fill(model, rows, count: int = 100) -> None:
    """Films from 0, the most probable first."""
    model.append([scored(number, 0.9 - number * 0.003) for number in range(count)])
    rows.settle()


def scroll_to(view, y: int) -> None:
    """Scroll so that pixel `y` of the list is at the top."""
    view.executeDelayedItemsLayout()
    view.verticalScrollBar().setValue(y)
    assert view.verticalScrollBar().value() == y


def select(view, rows, number: int) -> None:
    view.setCurrentIndex(rows.index(rows.place_of(number), 0))


def height_of(view, rows, number: int) -> int:
    """Where the film stands on the screen, in pixels from the top."""
    return view.visualRect(rows.index(rows.place_of(number), 0)).top()


def number_at_top(view) -> int:
    return view.indexAt(QPoint(0, 0)).data(Role.ITEM).number


def test_one_wide_column_of_rows_of_one_height(view, model, rows):
    fill(model, rows)
    assert view.visualRect(rows.index(3, 0)).size().toTuple() == (view.viewport().width(), ROW_HEIGHT)


def test_the_selected_film_stays_where_it_is_on_the_screen(view, model, rows):
    fill(model, rows)
    scroll_to(view, 20 * ROW_HEIGHT + 13)
    select(view, rows, 24)
    before = height_of(view, rows, 24)
    model.append([scored(1000 + number, 0.99) for number in range(7)])
    rows.settle()
    assert rows.place_of(24) == 31
    assert height_of(view, rows, 24) == before
    assert view.currentIndex().data(Role.ITEM).number == 24


def test_a_reader_who_scrolled_away_keeps_the_rows_in_sight(view, model, rows):
    fill(model, rows)
    select(view, rows, 0)
    scroll_to(view, 50 * ROW_HEIGHT + 5)
    model.append([scored(1000, 0.99)])
    rows.settle()
    assert number_at_top(view) == 50
    assert view.verticalScrollBar().value() == 51 * ROW_HEIGHT + 5


def test_a_list_at_its_top_shows_what_becomes_most_suspicious(view, model, rows):
    fill(model, rows)
    model.append([scored(1000, 0.99)])
    rows.settle()
    assert number_at_top(view) == 1000


def test_the_place_is_kept_when_a_result_leaves_the_filter(view, model, rows):
    model.append([waiting(number) for number in range(100)])
    rows.set_filter("waiting")
    scroll_to(view, 40 * ROW_HEIGHT + 9)
    model.replace(scored(3, 0.9))
    rows.settle()
    assert number_at_top(view) == 40


def test_the_place_is_kept_at_the_end_of_a_list_that_grows_above(view, model, rows):
    model.append([waiting(number) for number in range(10)] + [scored(number, 0.6) for number in range(10, 60)])
    rows.set_filter("suspected")
    scroll_to(view, 40 * ROW_HEIGHT)
    for number in range(10):
        model.replace(scored(number, 0.9))
    rows.settle()
    assert number_at_top(view) == 50


@pytest.mark.parametrize("order", [Order.SUSPICION, Order.STUDY])
def test_ten_thousand_films_cost_what_the_visible_ones_cost(view, model, rows, order):
    model.append([waiting(number) for number in range(10_000)])
    rows.set_order(order)
    grab(view)
    model.asked = 0
    model.replace(scored(9_000, 0.999))
    rows.settle()
    grab(view)
    assert 0 < model.asked < 20 * VISIBLE


@pytest.mark.parametrize(
    ("key", "number"),
    [
        (Qt.Key.Key_Down, 51),
        (Qt.Key.Key_Up, 49),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 99),
        (Qt.Key.Key_PageDown, 50 + VISIBLE),
        (Qt.Key.Key_PageUp, 50 - VISIBLE),
    ],
)
def test_keys_move_the_selection(view, model, rows, key, number):
    fill(model, rows)
    select(view, rows, 50)
    QTest.keyClick(view, key)
    assert view.currentIndex().data(Role.ITEM).number == pytest.approx(number, abs=1 if "Page" in key.name else 0)


def test_letters_do_not_move_the_selection(view, model, rows):
    fill(model, rows)
    select(view, rows, 50)
    QTest.keyClicks(view, "film")
    assert view.currentIndex().data(Role.ITEM).number == 50


def test_a_hand_over_the_rows_holds_them_still(view, model, rows):
    fill(model, rows)
    model.append([scored(1000, 0.99)])
    QTest.mouseMove(view.viewport(), QPoint(50, 50))
    QTest.mouseMove(view.viewport(), QPoint(51, 60))
    assert rows.findChild(QTimer).remainingTime() > 500


def test_an_empty_list_invites_and_a_full_one_does_not(view, model, rows):
    bare = grab(view)
    view.invitation = "No films yet"
    inviting = grab(view)
    fill(model, rows, 1)
    view.invitation = ""
    full = grab(view)
    view.invitation = "No films yet"
    assert (inviting != bare).any()
    assert (grab(view) == full).all()


def test_a_drop_target_is_marked_and_unmarked(view):
    bare = grab(view)
    view.set_drop_target(True)
    assert (grab(view) != bare).any()
    view.set_drop_target(False)
    assert (grab(view) == bare).all()


@pytest.fixture
def in_studies(view, model, rows) -> WorklistView:
    """Twenty studies of three films each: study n has the films 3n to 3n + 2."""
    model.append([scored(number, 0.9, study_uid=f"{number // 3}") for number in range(60)])
    rows.set_order(Order.STUDY)
    view.executeDelayedItemsLayout()
    return view


def press(view, rows, number: int, below_top: int) -> None:
    """Click so many pixels below the upper edge of the film's row."""
    place = QPoint(12, height_of(view, rows, number) + below_top)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_the_heading_folds_its_study_and_one_anywhere_on_it_unfolds_it(in_studies, rows):
    press(in_studies, rows, 3, 8)
    assert (rows.rowCount(), rows.is_folded(3)) == (58, True)
    press(in_studies, rows, 3, 40)
    assert rows.rowCount() == 60
    assert not in_studies.currentIndex().isValid()


def test_a_heading_that_is_folded_by_hand_stays_under_the_hand(in_studies, rows):
    select(in_studies, rows, 35)
    scroll_to(in_studies, 27 * ROW_HEIGHT + 5)
    before = height_of(in_studies, rows, 30)
    for _ in range(2):
        press(in_studies, rows, 30, 8)
        assert height_of(in_studies, rows, 30) == before


def test_a_click_below_the_heading_selects_and_a_trembling_hand_on_it_does_not(in_studies, rows):
    press(in_studies, rows, 3, 40)
    assert in_studies.currentIndex().row() == 3
    place = QPoint(12, height_of(in_studies, rows, 6) + 15)
    QTest.mousePress(in_studies.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(in_studies.viewport(), place + QPoint(0, 4))
    QTest.mouseRelease(in_studies.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(0, 4))
    assert rows.rowCount() == 58
    assert not in_studies.currentIndex().isValid()


@pytest.fixture
def in_series(view, model, rows) -> WorklistView:
    """Twenty studies of three films: the even ones with a series of two films (3n, 3n + 1) and one of a single film."""
    for number in range(60):
        study = number // 3
        uid = "b" if study % 2 == 0 and number % 3 == 2 else "a"
        model.append([scored(number, 0.9, study_uid=f"{study}", series_uid=f"{study}{uid}")])
    rows.set_order(Order.STUDY)
    view.executeDelayedItemsLayout()
    return view


def heights(view, rows) -> list[int]:
    view.executeDelayedItemsLayout()
    return [view.visualRect(rows.index(row, 0)).height() - ROW_HEIGHT for row in range(6)]


def test_only_rows_that_name_study_and_series_are_higher_by_one_heading(in_series, rows):
    assert heights(in_series, rows) == [HEADING_HEIGHT, 0, 0, 0, 0, 0]
    rows.set_folded(0, True, Level.SERIES)
    assert heights(in_series, rows) == [HEADING_HEIGHT, 0, 0, 0, 0, HEADING_HEIGHT]
    rows.set_folded(0, True)
    assert heights(in_series, rows) == [0, 0, 0, 0, HEADING_HEIGHT, 0]
    rows.set_order(Order.ARRIVAL)
    assert heights(in_series, rows) == [0] * 6
    rows.set_order(Order.STUDY)
    rows.set_all_folded(False)
    assert heights(in_series, rows) == [HEADING_HEIGHT, 0, 0, 0, 0, 0]


def test_a_click_on_the_heading_of_a_series_folds_it_and_one_on_its_studys_all(in_series, rows):
    press(in_series, rows, 0, HEADING_HEIGHT + 8)
    assert (rows.rowCount(), rows.is_folded(0)) == (59, True)
    press(in_series, rows, 0, HEADING_HEIGHT + 40)
    assert rows.rowCount() == 60
    press(in_series, rows, 2, 8)  # a series of one film has nothing to fold
    assert rows.rowCount() == 60
    press(in_series, rows, 0, 8)
    assert rows.rowCount() == 58
    assert in_series.indexAt(QPoint(12, HEADING_HEIGHT + 12)).row() == 0


def test_what_stands_below_high_rows_keeps_its_place_when_they_move(in_series, rows, model):
    select(in_series, rows, 35)
    scroll_to(in_series, 31 * ROW_HEIGHT)
    before = height_of(in_series, rows, 35)
    rows.set_order(Order.ARRIVAL)
    rows.set_order(Order.STUDY)
    assert height_of(in_series, rows, 35) == before
    rows.set_folded(12, True)
    assert height_of(in_series, rows, 35) == before
    model.append([waiting(60, study_uid="0", series_uid="0c")])
    rows.settle()
    assert height_of(in_series, rows, 35) == before
    in_series.verticalScrollBar().setValue(in_series.verticalScrollBar().maximum())
    assert in_series.visualRect(rows.index(rows.rowCount() - 1, 0)).bottom() <= in_series.viewport().height()


def test_of_several_selected_films_that_on_the_screen_has_the_stripe(view, model, rows):
    fill(model, rows)
    select(view, rows, 2)
    view.selection.extend_to(4)
    view.selection.toggle(2)
    stripe = grab(view)[:, 1]
    focus = np.array(QColor(load_theme("dark").focus).getRgb()[:3])
    has_stripe = [(stripe[row * ROW_HEIGHT + 20] == focus).all() for row in range(6)]
    assert has_stripe == [False, False, True, False, False, False]


def test_heights_stay_with_headings_when_films_take_another_order(view, model, rows):
    model.append([scored(number, 0.9, study_uid="ABC"[number % 3], series_uid=f"{number // 6}") for number in range(6)])
    model.append([scored(number, 0.9, study_uid="ABC"[number % 3], series_uid="1") for number in range(6, 9)])
    rows.set_order(Order.STUDY)
    assert heights(view, rows) == [HEADING_HEIGHT, 0, 0, HEADING_HEIGHT, 0, 0]
    rows.set_order(Order.ARRIVAL)
    assert heights(view, rows) == [0] * 6
    rows.set_order(Order.STUDY)
    assert heights(view, rows) == [HEADING_HEIGHT, 0, 0, HEADING_HEIGHT, 0, 0]
