"""A chosen entry that is too long ends in an ellipsis and is told whole in the tool tip."""

import numpy as np
from helpers.pictures import grab

from radassist.gui.widgets.eliding_box import ElidingBox

LONG = "Last maps: averaged into the score of the label"


def test_a_long_entry_is_told_in_the_tool_tip_and_keeps_off_the_arrow(qtbot) -> None:
    box = ElidingBox()
    qtbot.addWidget(box)
    box.addItems([LONG, LONG[:16] + "…"])
    box.resize(box.fontMetrics().horizontalAdvance(LONG[:20]) + 40, box.sizeHint().height())
    cut = grab(box)
    assert box.toolTip() == LONG
    box.setCurrentIndex(1)
    assert not np.array_equal(cut[:, :40], 0 * cut[:, :40])
    grab(box)
    assert box.toolTip() == ""


def test_a_short_entry_is_painted_as_qt_paints_it(qtbot) -> None:
    box = ElidingBox()
    qtbot.addWidget(box)
    box.addItem("CAM")
    box.resize(200, box.sizeHint().height())
    plain = super(ElidingBox, box)
    ours = grab(box)
    assert box.toolTip() == ""
    assert plain.currentText() == "CAM" and len(np.unique(ours)) > 2
