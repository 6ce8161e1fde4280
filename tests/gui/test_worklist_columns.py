"""Columns beside the film's own: chosen by the header's menu, remembered as text, painted and told."""

import pytest
from helpers.worklist_items import scored
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from radassist.gui.theme import load_theme
from radassist.gui.worklist.worklist_columns import WorklistColumns
from radassist.gui.worklist.worklist_model import Column, WorklistTableModel
from radassist.gui.worklist.worklist_order import ColumnOrder, Order
from radassist.gui.worklist.worklist_panel import WorklistPanel

CHOSEN = (Column.FILM, Column.AGE, Column.READ)


@pytest.fixture
def panel(qtbot: QtBot) -> WorklistPanel:
    model = WorklistTableModel()
    made = WorklistPanel(load_theme("dark"), model)
    qtbot.addWidget(made)
    model.append([scored(0, 0.9), scored(1, 0.1), scored(2, 0.5)])
    made.resize(700, 400)
    made.show()
    return made


@pytest.fixture
def columns(panel: WorklistPanel) -> WorklistColumns:
    return panel.columns


def check(columns: WorklistColumns, title: str) -> None:
    next(act for act in columns.menu().actions() if act.text() == title).trigger()


def test_the_film_alone_fills_the_list_without_a_header(panel: WorklistPanel, columns: WorklistColumns) -> None:
    assert columns.shown == (Column.FILM,)
    assert not panel._view.horizontalHeader().isVisible()
    assert panel._view.columnWidth(Column.FILM) == panel._view.viewport().width()


def test_a_column_comes_and_goes_by_the_menu_which_tells_which_there_are(panel, columns, qtbot) -> None:
    with qtbot.waitSignal(columns.changed):
        check(columns, "Age")
    check(columns, "Read")
    assert columns.shown == CHOSEN
    assert panel._view.horizontalHeader().isVisible()
    assert [act.text() for act in columns.menu().actions() if act.isChecked()] == ["Age", "Read"]
    check(columns, "Age")
    assert columns.shown == (Column.FILM, Column.READ)
    check(columns, "Reset columns")
    assert columns.shown == (Column.FILM,)
    assert panel._view.columnWidth(Column.FILM) == panel._view.viewport().width()


def test_order_and_widths_come_back_from_their_text(qtbot, panel, columns) -> None:
    for column in (Column.AGE, Column.READ):
        columns.set_shown(column, True)
    header = panel._view.horizontalHeader()
    header.moveSection(header.visualIndex(Column.READ), 0)
    header.resizeSection(Column.AGE, 77)
    text = columns.to_text()
    assert text.startswith("read:") and "age:77" in text
    columns.reset()
    columns.restore(text)
    assert columns.shown == (Column.READ, Column.FILM, Column.AGE)
    assert columns.to_text() == text


@pytest.mark.parametrize("text", ["", "nonsense", "age", "age:x", "film:10 nobody:5", "age:99999999"])
def test_a_damaged_text_leaves_a_list_that_can_be_read(columns: WorklistColumns, text: str) -> None:
    columns.restore(text)
    assert Column.FILM in columns.shown
    assert all(48 <= columns._header.sectionSize(column) <= 1000 for column in columns.shown)


def test_a_click_on_a_header_orders_the_list_by_it_and_another_turns_it(panel, columns) -> None:
    columns.set_shown(Column.PROBABILITY, True)
    header = panel._view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.PROBABILITY) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.order == ColumnOrder(Column.PROBABILITY, descending=True)
    assert header.isSortIndicatorShown()
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.order == ColumnOrder(Column.PROBABILITY)
    panel.set_order(Order.ARRIVAL)
    assert not header.isSortIndicatorShown()


def test_a_cell_is_told_by_its_title_and_the_film_by_its_whole_row(panel) -> None:
    rows = panel._rows
    role = Qt.ItemDataRole.AccessibleTextRole
    assert rows.index(0, Column.VIEW).data(role) == ""
    assert rows.index(0, Column.PROBABILITY).data(role).startswith("Probability: 90")
    assert "Suspected" in rows.index(0, Column.FILM).data(role)


def test_cells_are_painted_and_the_selected_row_is_marked_in_all_of_them(panel, columns) -> None:
    columns.set_shown(Column.ANSWER, True)
    panel.select(1)
    cell = panel._view.visualRect(panel._rows.index(panel._rows.place_of(1), Column.ANSWER))
    other = panel._view.visualRect(panel._rows.index(panel._rows.place_of(0), Column.ANSWER))
    image = panel._view.viewport().grab().toImage()
    assert image.pixelColor(cell.right() - 3, cell.top() + 3) != image.pixelColor(other.right() - 3, other.top() + 3)
    painted = {image.pixel(x, cell.center().y()) for x in range(cell.left(), cell.right())}
    assert len(painted) > 2
