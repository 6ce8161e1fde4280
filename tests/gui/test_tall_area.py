"""A panel that only scrolls up and down is never cut at its right side."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from radassist.gui.widgets.tall_area import TallArea


def test_it_is_as_wide_as_what_it_holds_and_its_scroll_bar_within_limits(qtbot: QtBot) -> None:
    held, button = QWidget(), QPushButton()
    layout = QVBoxLayout(held)
    layout.addWidget(button)
    area = TallArea(held)
    qtbot.addWidget(area)
    area.show()
    for width, least in ((350, 350), (100, 300), (2000, 440)):
        button.setMinimumWidth(width)
        qtbot.waitUntil(lambda least=least: area.minimumWidth() >= least)
        assert area.minimumWidth() <= 440
    button.setMinimumWidth(100)
    qtbot.waitUntil(lambda: area.minimumWidth() == 300)
