from pathlib import Path

import pytest
from helpers.worklist_items import failed, refused, scored, waiting
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton

from radassist.gui.theme import load_theme
from radassist.gui.worklist.worklist_model import Column, Role, WorklistTableModel
from radassist.gui.worklist.worklist_order import ColumnOrder, Order
from radassist.gui.worklist.worklist_order_model import WorklistOrderModel
from radassist.gui.worklist.worklist_panel import WorklistPanel
from radassist.gui.worklist.worklist_studies import Level
from radassist.gui.worklist.worklist_view import WorklistView


@pytest.fixture
def model(qapp) -> WorklistTableModel:
    return WorklistTableModel()


@pytest.fixture
def panel(qtbot, model) -> WorklistPanel:
    made = WorklistPanel(load_theme("dark"), model)
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def four(model, panel) -> WorklistPanel:
    """Shown in the order 2, 0, 3, 1."""
    model.append([scored(0, 0.6), scored(1, 0.1, patient_name="DOE^JANE"), scored(2, 0.9), refused(3)])
    settle(panel)
    return panel


@pytest.fixture
def selected(four) -> QSignalSpy:
    return QSignalSpy(four.item_selected)


def settle(panel: WorklistPanel) -> None:
    panel.findChild(WorklistOrderModel).settle()


def view_of(panel: WorklistPanel) -> WorklistView:
    return panel.findChild(WorklistView)


def said(panel: WorklistPanel) -> str:
    return panel.findChild(QLabel).text()


def type_filter(qtbot, panel: WorklistPanel, text: str) -> None:
    line = panel.findChild(QLineEdit)
    line.clear()
    rows = panel.findChild(WorklistOrderModel)
    with qtbot.waitSignal(rows.modelReset):
        QTest.keyClicks(line, text)


def numbers(spy: QSignalSpy) -> list[int]:
    return [spy.at(call)[0] for call in range(spy.count())]


def test_nothing_is_selected_before_the_reader_turns_to_a_film(four, selected):
    assert four.selected_number is None
    assert selected.count() == 0
    assert four.neighbours() == ()


def test_a_click_selects_a_film(four, selected):
    view = view_of(four)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 56 + 28))
    assert numbers(selected) == [0]
    assert four.selected_number == 0


def test_keys_select_films(four, selected):
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(view_of(four), key)
    assert numbers(selected)[-2:] == [1, 2]


def test_select_names_the_film_once(four, selected):
    four.select(3)
    four.select(3)
    assert numbers(selected) == [3]


def test_steps_follow_the_shown_order_and_stop_at_its_ends(four, selected):
    four.select_first()
    for delta in (1, 1, 1, 1, -2, -9, 9):
        four.step(delta)
    assert numbers(selected) == [2, 0, 3, 1, 0, 2, 1]


def test_one_step_further_is_the_first_film_of_another_study(model, panel) -> None:
    studies = ("a", "a", "b", "b", "b", "c")
    model.append([waiting(number, study_uid=study) for number, study in enumerate(studies)])
    panel.set_order(Order.ARRIVAL)
    settle(panel)
    panel.select(1)
    selected = QSignalSpy(panel.item_selected)
    for delta in (1, 1, 1, -1, -1, -1):
        panel.step_group(delta)
    assert numbers(selected) == [2, 5, 2, 0]
    assert panel.selected_number == 0


def test_one_step_further_is_the_first_film_of_another_series(model, panel) -> None:
    series = (("a", "x"), ("a", "x"), ("a", "y"), ("b", "x"), ("b", "x"), ("", ""), ("", ""))
    model.append([waiting(number, study_uid=study, series_uid=uid) for number, (study, uid) in enumerate(series)])
    panel.set_order(Order.ARRIVAL)
    settle(panel)
    panel.select(1)
    selected = QSignalSpy(panel.item_selected)
    for delta in (1, 1, 1, 1, 1, -1, -1, -1, -1):
        panel.step_group(delta, Level.SERIES)
    assert numbers(selected) == [2, 3, 5, 6, 5, 3, 2, 0]


def test_the_first_step_by_study_selects_the_first_film(four, selected):
    four.step_group(1)
    assert numbers(selected) == [2]


def test_the_first_step_selects_the_first_film(four, selected):
    four.step(1)
    assert numbers(selected) == [2]


def test_steps_on_an_empty_list_do_nothing(panel):
    for act in (panel.select_first, panel.select_last, lambda: panel.step(1)):
        act()
    assert panel.selected_number is None


def test_neighbours_are_the_next_film_and_the_one_before_as_shown(four):
    four.select(0)
    assert four.neighbours() == (3, 2)
    four.select_last()
    assert four.neighbours() == (3,)


def test_results_that_arrive_turn_to_no_other_film(four, model, selected):
    four.select(1)
    model.replace(scored(1, 0.99))
    model.append([scored(number, 0.95) for number in range(10, 60)])
    settle(four)
    assert numbers(selected) == [1]
    assert four.selected_number == 1
    four.step(1)
    assert four.selected_number == 10


@pytest.mark.parametrize(
    ("order", "button"), [(Order.ARRIVAL, "Arrival"), (ColumnOrder(Column.PROBABILITY), "Probability ↑")]
)
def test_another_order_keeps_the_selection_and_shows_the_beginning(four, model, selected, order, button):
    model.append([scored(number, 0.5) for number in range(10, 60)])
    settle(four)
    four.select(59)
    assert view_of(four).verticalScrollBar().value() > 0
    four.set_order(order)
    assert numbers(selected) == [59]
    assert four.order == order
    assert view_of(four).verticalScrollBar().value() == 0
    assert [each.text() for each in four.findChildren(QToolButton) if each.isChecked()] == [button]


def test_the_order_is_chosen_with_one_click(four):
    arrival = next(button for button in four.findChildren(QToolButton) if button.text() == "Arrival")
    arrival.click()
    assert four.order is Order.ARRIVAL
    four.select_first()
    assert four.selected_number == 0


def test_a_filter_keeps_the_film_on_the_screen_even_if_it_hides_its_row(qtbot, four, selected):
    four.select(0)
    type_filter(qtbot, four, "jane")
    assert said(four) == "1 of 4 shown"
    assert (four.selected_number, numbers(selected)) == (0, [0])
    assert four.neighbours() == ()
    type_filter(qtbot, four, "film0000")
    assert numbers(selected) == [0]
    assert view_of(four).currentIndex().row() == 0


def test_clearing_the_filter_shows_all_and_marks_the_film_again(qtbot, four, selected):
    four.select(3)
    type_filter(qtbot, four, "jane")
    with qtbot.waitSignal(four.findChild(WorklistOrderModel).modelReset):
        QTest.keyClick(four.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert view_of(four).currentIndex().row() == 2
    assert numbers(selected) == [3]


def test_clearing_the_filter_brings_the_selected_film_into_view(qtbot, four, model):
    model.append([scored(number, 0.05) for number in range(10, 60)])
    settle(four)
    four.select_last()
    type_filter(qtbot, four, "jane")
    with qtbot.waitSignal(four.findChild(WorklistOrderModel).modelReset):
        four.findChild(QLineEdit).clear()
    view = view_of(four)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_a_result_that_leaves_the_filter_does_not_scroll_back_to_the_selected_film(panel, model):
    model.append([waiting(number) for number in range(100)])
    settle(panel)
    panel.findChild(QLineEdit).setText("waiting")
    QTest.keyClick(panel.findChild(QLineEdit), Qt.Key.Key_Return)
    panel.select_first()
    bar = view_of(panel).verticalScrollBar()
    bar.setValue(2000)
    model.replace(scored(3, 0.9))
    settle(panel)
    assert bar.value() == 2000 - 56


def test_return_filters_without_waiting(four):
    line = four.findChild(QLineEdit)
    QTest.keyClicks(line, "jane")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert said(four) == "1 of 4 shown"


def test_a_film_hidden_by_the_filter_is_not_selected(qtbot, four, selected):
    type_filter(qtbot, four, "jane")
    four.select(0)
    assert selected.count() == 0


def test_the_count_line_follows_the_list(panel, model):
    model.append([waiting(0)])
    assert said(panel) == "1 film"
    model.replace(scored(0, 0.9))
    model.append([scored(1, 0.8), refused(2), failed(3), scored(4, 0.5, "UNDETERMINED"), scored(5, 0.1), waiting(6)])
    assert said(panel) == "7 films · 2 suspected · 1 undetermined · 1 refused · 1 failed"
    model.clear()
    assert said(panel) == ""


def test_several_selected_films_are_counted_and_named_in_their_order(four, selected):
    four.select(0)
    told = QSignalSpy(four.selection_changed)
    view_of(four).selection.extend_to(3)
    assert (four.selected_numbers, four.selected_count, four.selected_number) == ((0, 3, 1), 3, 0)
    assert said(four) == "4 films · 3 selected · 2 suspected · 1 refused"
    assert (numbers(selected), told.count()) == ([0], 1)
    four.step(1)
    assert four.selected_numbers == (3,)


def test_the_selection_outlives_a_filter(qtbot, four):
    four.select(0)
    view_of(four).selection.extend_to(3)
    type_filter(qtbot, four, "doe")
    assert (four.selected_numbers, said(four)) == ((1,), "1 of 4 shown")
    type_filter(qtbot, four, "film")
    assert said(four) == "4 films · 3 selected · 2 suspected · 1 refused"
    assert four.selected_number == 0


def test_the_count_line_tells_studies_where_they_are_fewer_than_films(panel, model):
    model.append([waiting(number, study_uid="1") for number in range(2)])
    assert said(panel) == "2 films · 1 study"
    model.append([scored(2, 0.9, study_uid="2"), waiting(3)])
    assert said(panel) == "4 films · 3 studies · 1 suspected"
    model.replace(waiting(1, study_uid="3"))
    assert said(panel) == "4 films · 1 suspected"


def test_an_emptied_list_forgets_the_selection_and_invites_again(four, model, selected):
    four.select(0)
    model.clear()
    assert four.selected_number is None
    assert "drop films here" in view_of(four).invitation
    model.append([waiting(0)])
    four.select_first()
    assert numbers(selected) == [0, 0]


def test_a_filter_without_matches_says_so(qtbot, four):
    type_filter(qtbot, four, "nobody")
    assert said(four) == "0 of 4 shown"
    assert view_of(four).invitation.startswith("No film on the list has these words")


def files(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(path) if "://" in path else QUrl.fromLocalFile(path) for path in paths])
    return data


def drag(panel: WorklistPanel, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(
        QPoint(50, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(panel, event)
    return event


def test_dropped_files_and_folders_are_passed_on_as_paths(panel):
    dropped, data = QSignalSpy(panel.paths_dropped), files("/films/a.dcm", "/films/folder")
    assert drag(panel, data).isAccepted()
    event = QDropEvent(
        QPointF(50, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(panel, event)
    assert dropped.at(0)[0] == [Path("/films/a.dcm"), Path("/films/folder")]


def test_what_is_no_file_cannot_be_dropped(panel):
    text = QMimeData()
    text.setText("/films/a.dcm")
    assert not drag(panel, text).isAccepted()
    assert not drag(panel, files("https://example.org/a.dcm")).isAccepted()
    assert not panel.findChild(QLineEdit).acceptDrops()
    QApplication.sendEvent(panel, QDragLeaveEvent())


def test_the_keyboard_goes_to_the_rows_or_on_request_to_the_filter(qtbot, four):
    four.activateWindow()
    four.setFocus()
    qtbot.waitUntil(lambda: view_of(four).hasFocus())
    four.focus_filter()
    assert four.findChild(QLineEdit).hasFocus()


def test_everything_that_can_be_used_has_a_name_for_a_screen_reader(panel):
    widgets = [panel.findChild(QLineEdit), view_of(panel), panel.findChild(QLabel)]
    switch = [button for button in panel.findChildren(QToolButton) if button.text()]
    assert len(switch) == 3
    assert all(widget.accessibleName() for widget in (*widgets, *switch))


@pytest.fixture
def folded(model, panel) -> WorklistPanel:
    """Studies a (films 0, 1), b (2, 3, 4) and c (5) in their order, all folded; film 3 is suspected."""
    studies = "aabbbc"
    model.append([scored(number, 0.9 if number == 3 else 0.1, study_uid=study) for number, study in enumerate(studies)])
    panel.set_order(Order.STUDY)
    panel.set_all_folded(True)
    return panel


def test_steps_go_into_folded_studies_and_unfold_them(folded):
    rows = folded.findChild(WorklistOrderModel)
    selected = QSignalSpy(folded.item_selected)
    assert rows.rowCount() == 3
    for _ in range(4):
        folded.step(1)
    assert numbers(selected) == [0, 1, 2, 3]
    assert view_of(folded).currentIndex().row() == 3
    assert rows.rowCount() == 6


def test_a_film_in_a_fold_that_is_asked_for_is_unfolded(folded):
    selected = QSignalSpy(folded.item_selected)
    folded.select(3)
    assert numbers(selected) == [3]
    assert [folded.findChild(WorklistOrderModel).is_folded(row) for row in range(5)] == [True, *4 * [False]]
    folded.select_first()
    assert numbers(selected) == [3, 0]


def test_a_step_by_study_goes_to_the_first_film_of_a_folded_one(folded):
    folded.select(0)
    folded.step_group(1)
    assert (folded.selected_number, folded.neighbours()) == (2, (3, 1))


def test_folding_the_selected_study_turns_to_no_other_film(folded):
    folded.select(3)
    selected = QSignalSpy(folded.item_selected)
    folded.set_folded(True)
    assert (selected.count(), folded.selected_number) == (0, 3)
    assert view_of(folded).currentIndex().row() == 1
    assert folded.neighbours() == (4, 2)
    folded.set_folded(False)
    assert (selected.count(), view_of(folded).currentIndex().data(Role.ITEM).number) == (0, 3)


def test_the_lists_own_keys_unfold_what_they_turn_to(folded):
    folded.select(0)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(view_of(folded), key)
    assert folded.selected_number == 2
    assert folded.findChild(WorklistOrderModel).rowCount() == 6


def test_folded_films_are_counted_and_listed_like_all_others(folded):
    assert said(folded) == "6 films · 3 studies · 1 suspected"
    assert folded.listed_numbers == (0, 1, 2, 3, 4, 5)


def test_turning_to_films_in_another_order_leaves_the_folds(folded):
    folded.set_order(Order.ARRIVAL)
    for _ in range(4):
        folded.step(1)
    folded.set_order(Order.STUDY)
    assert folded.findChild(WorklistOrderModel).rowCount() == 3
    assert (folded.selected_number, view_of(folded).currentIndex().row()) == (3, 1)
