"""The lists above one of two views."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from radassist.gui.beside.side_bar import SideBar, SideChoices

CHOICES = SideChoices(("fake", "other"), "other", ("block1", "block2"), "block2")


@pytest.fixture
def bar(qtbot: QtBot) -> SideBar:
    made = SideBar("Right")
    qtbot.addWidget(made)
    made.resize(300, 80)
    made.show()
    made.show_choices(CHOICES)
    return made


def test_it_shows_what_is_chosen_and_tells_only_what_a_person_chooses(bar: SideBar) -> None:
    told: list[str] = []
    bar.model_chosen.connect(told.append)
    bar.block_chosen.connect(told.append)
    bar.show_choices(CHOICES)
    assert (bar.model.currentText(), bar.block.currentText(), told) == ("other", "block2", [])
    bar.model.setCurrentIndex(0)
    bar.model.activated.emit(0)
    bar.block.setCurrentIndex(0)
    bar.block.activated.emit(0)
    assert told == ["fake", "block1"]


def test_a_list_without_a_choice_cannot_be_opened(bar: SideBar) -> None:
    bar.show_choices(SideChoices(("fake",), "fake"))
    assert not bar.model.isEnabled() and not bar.block.isEnabled()
    assert (bar.model.currentText(), bar.block.currentText()) == ("fake", "")


def test_a_long_line_keeps_its_two_ends_and_is_whole_in_the_tool_tip(bar: SideBar) -> None:
    words = "block2: " + "principal components of channels " * 4 + "0.12 to 4.56"
    bar.say(words)
    assert bar._line.text().startswith("block2") and bar._line.text().endswith("4.56")
    assert "4.56" in bar._line.toolTip() and bar.words == words
    assert bar._line.textFormat() is Qt.TextFormat.PlainText


def test_what_takes_long_has_a_bar_in_place_of_the_lists(bar: SideBar, qtbot: QtBot) -> None:
    height = bar.sizeHint().height()
    bar.show_progress(0, 1)
    assert bar.model.isVisible()
    qtbot.waitUntil(bar.busy.isVisible)
    assert not bar.model.isVisible()
    assert abs(bar.sizeHint().height() - height) <= 6
    bar.show_progress(1, 1)
    assert bar.model.isVisible() and not bar.busy.isVisible()


def test_what_is_done_at_once_shows_no_bar(bar: SideBar, qtbot: QtBot) -> None:
    bar.show_progress(0, 2)
    bar.show_progress(2, 2)
    assert not bar._is_long.isActive() and not bar.busy.isVisible()
