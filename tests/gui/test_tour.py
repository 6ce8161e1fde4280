"""The way round the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from radassist.gui.theme import load_theme
from radassist.gui.welcome.tour import Tour, TourStep


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    layout = QHBoxLayout(made)
    for _ in range(3):
        layout.addWidget(QWidget())
    made.resize(900, 500)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def tour(window: QWidget) -> Tour:
    targets = [window.layout().itemAt(index).widget() for index in range(3)]
    made = Tour(load_theme("dark"), [TourStep(target, "Title", "Words. " * 20) for target in targets], window)
    made.show()
    return made


def test_each_step_lies_wholly_inside_the_window(tour: Tour, window: QWidget) -> None:
    for number in range(3):
        assert tour.number == number
        assert window.rect().contains(tour._card.geometry())
        tour.next_button.click()


def test_the_last_step_ends_it(tour: Tour, qtbot) -> None:
    with qtbot.waitSignal(tour.destroyed):
        for _ in range(3):
            tour.advance()


def test_escape_ends_it(tour: Tour, qtbot) -> None:
    with qtbot.waitSignal(tour.destroyed):
        qtbot.keyClick(tour, Qt.Key.Key_Escape)


def test_it_follows_the_window(tour: Tour, window: QWidget, qtbot) -> None:
    window.resize(700, 420)
    qtbot.waitUntil(lambda: tour.size() == window.size())
    assert window.rect().contains(tour._card.geometry())


def test_no_key_of_the_window_below_works_and_enter_goes_on(tour: Tour, window: QWidget, qtbot) -> None:
    pressed = []
    for key in ("Return", "S", "Ctrl+B"):
        QShortcut(QKeySequence(key), window).activated.connect(lambda key=key: pressed.append(key))
    window.activateWindow()
    qtbot.waitUntil(tour.next_button.hasFocus)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_S)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert (pressed, tour.number) == ([], 1)


def test_tab_stays_within_it(tour: Tour, window: QWidget, qtbot) -> None:
    window.layout().itemAt(0).widget().setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.activateWindow()
    qtbot.waitUntil(tour.next_button.hasFocus)
    for _ in range(3):
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        assert tour.isAncestorOf(QApplication.focusWidget())
