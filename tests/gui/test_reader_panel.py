"""Buttons for what can be said now, the one that stands marked, and a note that is not lost while it is written."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from radassist.gui.reading.answers import Said
from radassist.gui.reading.reader_panel import WITH_SCORE, WITHOUT_SCORE, ReaderPanel


@pytest.fixture
def panel(qtbot) -> ReaderPanel:
    made = ReaderPanel()
    qtbot.addWidget(made)
    made.offer(WITH_SCORE, Said.DISAGREE, "Disagreed", "as written")
    return made


def _offered(panel: ReaderPanel) -> list[Said]:
    return [said for said in Said if panel.button(said).isVisible()]


def test_only_what_can_be_said_now_has_a_button_and_what_stands_is_marked(panel: ReaderPanel) -> None:
    assert set(_offered(panel)) == set(WITH_SCORE)
    assert [said for said in Said if panel.button(said).isChecked()] == [Said.DISAGREE]
    panel.offer(WITHOUT_SCORE, None, "Not answered yet", "")
    assert set(_offered(panel)) == set(WITHOUT_SCORE)
    assert panel.note.text() == ""


def test_a_button_says_what_stands_on_it(panel: ReaderPanel, qtbot) -> None:
    with qtbot.waitSignal(panel.said) as heard:
        QTest.mouseClick(panel.button(Said.UNDETERMINED), Qt.MouseButton.LeftButton)
    assert heard.args == [Said.UNDETERMINED]


def test_what_is_being_written_is_not_written_over(panel: ReaderPanel) -> None:
    panel.activateWindow()
    panel.note.setFocus()
    QTest.keyClicks(panel.note, " and more")
    panel.offer(WITH_SCORE, Said.AGREE, "Agreed", "as written")
    assert panel.note.text() == "as written and more"


def test_every_control_has_a_name(panel: ReaderPanel) -> None:
    assert panel.note.accessibleName()
    assert all(panel.button(said).accessibleName() for said in Said)
