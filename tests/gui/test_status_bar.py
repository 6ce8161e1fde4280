import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from radassist.gui.widgets.status_bar import StatusBar

WORDS = "about a hundred pixels"


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    made = StatusBar()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def lines(bar: StatusBar) -> list[QLabel]:
    made = [bar.add_line("first", yields=True), bar.add_line("second", yields=True), bar.add_line("stays")]
    for line in made:
        bar.tell(line, WORDS)
    return made


def shown(bar: StatusBar, lines: list[QLabel], width: int) -> list[bool]:
    bar.resize(width, 24)
    return [line.isVisible() for line in lines]


def test_lines_leave_one_after_the_other_as_room_runs_out(bar: StatusBar, lines: list[QLabel]) -> None:
    one = lines[0].sizeHint().width()
    assert shown(bar, lines, 4 * one) == [True, True, True]
    assert shown(bar, lines, round(2.6 * one)) == [False, True, True]
    assert shown(bar, lines, one) == [False, False, True]
    assert shown(bar, lines, 4 * one) == [True, True, True]


def test_a_message_takes_the_room_of_lines_and_gives_it_back(bar: StatusBar, lines: list[QLabel]) -> None:
    shown(bar, lines, round(3.9 * lines[0].sizeHint().width()))
    bar.showMessage(WORDS)
    assert [line.isVisible() for line in lines] == [False, True, True]
    bar.clearMessage()
    assert [line.isVisible() for line in lines] == [True, True, True]


def test_an_empty_line_takes_no_room(bar: StatusBar, lines: list[QLabel]) -> None:
    bar.resize(4 * lines[0].sizeHint().width(), 24)
    bar.tell(lines[2], "")
    assert not lines[2].isVisible()
    bar.tell(lines[2], WORDS)
    assert lines[2].isVisible()


def test_a_window_may_be_narrower_than_the_lines_that_leave(bar: StatusBar, lines: list[QLabel]) -> None:
    assert bar.minimumSizeHint().width() < 2 * lines[0].sizeHint().width()
