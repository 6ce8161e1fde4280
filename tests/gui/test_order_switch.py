import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QToolButton

from radassist.gui.theme import load_theme, style_sheet
from radassist.gui.worklist.order_switch import OrderSwitch
from radassist.gui.worklist.worklist_model import COLUMN_TITLES, Column
from radassist.gui.worklist.worklist_order import ColumnOrder, Order


@pytest.fixture
def switch(qtbot) -> OrderSwitch:
    made = OrderSwitch(Order.SUSPICION)
    qtbot.addWidget(made)
    return made


def buttons(switch: OrderSwitch) -> dict[str, bool]:
    return {button.text(): button.isChecked() for button in switch.findChildren(QToolButton)}


def choose_column(switch: OrderSwitch, column: Column) -> None:
    choose(switch, COLUMN_TITLES[column])


def choose(switch: OrderSwitch, title: str) -> None:
    menu = next(button.menu() for button in switch.findChildren(QToolButton) if button.menu())
    next(action for action in menu.actions() if action.text() == title).trigger()


@pytest.mark.parametrize(
    ("order", "marked"),
    [
        (Order.SUSPICION, "Suspicion"),
        (Order.ARRIVAL, "Arrival"),
        (Order.STUDY, "Study"),
        (ColumnOrder(Column.AGE), "Age ↑"),
        (ColumnOrder(Column.PROBABILITY, descending=True), "Probability ↓"),
    ],
)
def test_the_order_in_force_is_marked_alone(switch, order, marked):
    switch.show_order(order)
    assert [text for text, is_marked in buttons(switch).items() if is_marked] == [marked]


def test_showing_an_order_asks_for_none(switch):
    chosen = QSignalSpy(switch.order_chosen)
    switch.show_order(Order.ARRIVAL)
    assert chosen.count() == 0


def test_a_click_asks_for_an_order_and_marks_it(qtbot, switch):
    arrival = next(button for button in switch.findChildren(QToolButton) if button.text() == "Arrival")
    with qtbot.waitSignal(switch.order_chosen) as chosen:
        arrival.click()
    assert chosen.args == [Order.ARRIVAL]
    assert buttons(switch) == {"Suspicion": False, "Arrival": True, "More": False}


def test_a_click_on_the_order_in_force_leaves_it_marked(switch):
    next(button for button in switch.findChildren(QToolButton) if button.text() == "Suspicion").click()
    assert buttons(switch)["Suspicion"]


def test_choosing_a_column_twice_turns_its_direction(switch):
    chosen = QSignalSpy(switch.order_chosen)
    for column in (Column.FILM, Column.FILM, Column.FILM, Column.PROBABILITY, Column.PROBABILITY):
        choose_column(switch, column)
    assert [chosen.at(call)[0] for call in range(5)] == [
        ColumnOrder(Column.FILM),
        ColumnOrder(Column.FILM, descending=True),
        ColumnOrder(Column.FILM),
        ColumnOrder(Column.PROBABILITY, descending=True),
        ColumnOrder(Column.PROBABILITY),
    ]


def test_the_order_by_study_is_on_the_menu(switch):
    chosen = QSignalSpy(switch.order_chosen)
    choose(switch, "Study")
    assert chosen.at(0)[0] is Order.STUDY
    assert buttons(switch) == {"Suspicion": False, "Arrival": False, "Study": True}


@pytest.mark.parametrize("order", [*Order, ColumnOrder(Column.PROBABILITY, descending=True)])
def test_it_fits_into_a_narrow_list_whatever_the_order(switch, order):
    switch.setStyleSheet(style_sheet(load_theme("dark")))
    switch.show_order(order)
    assert switch.minimumSizeHint().width() <= 290


def test_every_column_is_on_the_menu(switch):
    for column in Column:
        choose_column(switch, column)
        assert any(text.startswith(COLUMN_TITLES[column]) for text, marked in buttons(switch).items() if marked)
