from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from radassist.gui.widgets.show_only import show_only


class Widest(QObject):
    """The least width that a widget has ever asked for while something in it was shown."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self._watched, self.width = watched, 0
        for child in watched.findChildren(QWidget):
            child.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self.width = max(self.width, self._watched.minimumSizeHint().width())
        return False


def test_widgets_that_take_turns_never_stand_side_by_side(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    row = QHBoxLayout(place)
    buttons = [QPushButton(f"number {number}") for number in range(5)]
    for button in buttons:
        row.addWidget(button)
    show_only(buttons[3:], buttons)
    place.show()
    two, widest = place.minimumSizeHint().width(), Widest(place)
    show_only(buttons[:2], buttons)
    assert [button.isVisible() for button in buttons] == [True, True, False, False, False]
    assert widest.width <= two
    show_only(buttons[3:], buttons)
    assert widest.width <= two
