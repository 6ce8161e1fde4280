import numpy as np
import pytest
from helpers.fakes import BLOCKS
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from radassist.domain.analysis import FeatureMap
from radassist.gui.inside.channel_model import ChannelListModel
from radassist.gui.inside.channel_sheet import ChannelSheet
from radassist.gui.theme import load_theme
from radassist.imaging.rendering import ColorMap


def sheet_of(channels: int, parent: QWidget | None = None) -> ChannelSheet:
    model = ChannelListModel()
    maps = np.random.default_rng(0).random((channels, 7, 7), np.float32)
    model.show_block(FeatureMap(BLOCKS[0], maps), ColorMap.INFERNO, one_scale=False)
    made = ChannelSheet(model, load_theme("dark"), parent)
    model.setParent(made)
    made.set_aspect(0.7)
    made.resize(300, 400)
    made.show()
    return made


@pytest.fixture
def sheet(qtbot: QtBot) -> ChannelSheet:
    made = sheet_of(40)
    qtbot.addWidget(made)
    return made


def test_a_click_chooses_a_channel(qtbot: QtBot, sheet: ChannelSheet) -> None:
    place = sheet.visualRect(sheet.model().index(5)).center()
    with qtbot.waitSignal(sheet.channel_chosen) as chosen:
        qtbot.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [5]


def test_arrows_walk_and_enter_chooses_whatever_else_the_keys_do_in_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    stolen: list[str] = []
    for key in ("Right", "Down", "Return"):
        QShortcut(QKeySequence(key), window).activated.connect(lambda key=key: stolen.append(key))
    sheet = sheet_of(40, window)
    window.show()
    sheet.setFocus()
    sheet.setCurrentIndex(sheet.model().index(0))
    qtbot.keyClick(sheet, Qt.Key.Key_Right)
    with qtbot.waitSignal(sheet.channel_chosen) as chosen:
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert chosen.args == [1]
    assert stolen == []


def test_marking_from_outside_sends_nothing(qtbot: QtBot, sheet: ChannelSheet) -> None:
    with qtbot.assertNotEmitted(sheet.channel_chosen):
        sheet.mark(7)
        assert sheet.currentIndex().row() == 7
        sheet.mark(None)
    assert sheet.selectedIndexes() == []


def test_over_a_thousand_channels_stand_side_by_side_within_the_width(qtbot: QtBot) -> None:
    sheet = sheet_of(1280)
    qtbot.addWidget(sheet)
    places = [sheet.visualRect(sheet.model().index(row)) for row in range(40)]
    assert all(place.right() <= sheet.viewport().width() for place in places)
    assert places[1].top() == places[0].top()
    assert sheet.verticalScrollBar().maximum() > 0
    assert not sheet.grab().isNull()
