"""A chosen entry that is too long ends in an ellipsis and is told whole above the tool tip."""

import numpy as np
import pytest
from helpers.pictures import grab
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QComboBox, QToolTip

from radassist.gui.widgets.eliding_box import ElidingBox

LONG, SHORT = "Last maps: averaged into the score of the label", "CAM"


@pytest.fixture
def box(qtbot) -> ElidingBox:
    made = ElidingBox()
    qtbot.addWidget(made)
    made.addItems([LONG, SHORT])
    made.setToolTip("Which block")
    made.resize(made.fontMetrics().horizontalAdvance(LONG[:20]) + 40, made.sizeHint().height())
    return made


def tip(box: ElidingBox) -> str:
    box.show()
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), box.mapToGlobal(QPoint(5, 5))))
    return QToolTip.text()


def test_a_long_entry_is_cut_with_an_ellipsis_and_told_whole(box: ElidingBox) -> None:
    assert box.shown_words.endswith("…") and LONG.startswith(box.shown_words[:-1])
    assert LONG in tip(box) and "Which block" in tip(box)


def test_a_short_entry_is_as_qt_shows_it(box: ElidingBox, qtbot) -> None:
    box.setCurrentIndex(1)
    plain = QComboBox()
    qtbot.addWidget(plain)
    plain.addItem(SHORT)
    plain.resize(box.size())
    assert np.array_equal(grab(box), grab(plain))
    assert box.shown_words == SHORT and SHORT not in tip(box)
