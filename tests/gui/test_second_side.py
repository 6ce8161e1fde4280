"""One guest at a time has the second view."""

from pathlib import Path

import pytest
from helpers.windows import Desk, desk
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from radassist.gui.beside.second_side import SecondSide


class Visitor:
    def __init__(self) -> None:
        self.left = 0

    def leave(self) -> None:
        self.left += 1


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        yield made


def test_a_guest_makes_room_for_the_next_and_leaves_once(at: Desk) -> None:
    side, one, two = at.window.findChild(SecondSide), Visitor(), Visitor()
    side.take(one, "left film")
    side.take(one, "left film")
    assert at.window.film_area.is_two and one.left == 0
    side.take(two, "left: fake")
    assert (one.left, two.left, side.guest) == (1, 0, two)
    assert at.window._docks[1].windowTitle() == "Findings and blocks · left: fake"


def test_escape_takes_what_hangs_there_away(at: Desk, qtbot: QtBot) -> None:
    side, one = at.window.findChild(SecondSide), Visitor()
    side.take(one, "left film")
    qtbot.keyClick(at.window, Qt.Key.Key_Escape)
    assert (one.left, side.guest, at.window.film_area.is_two) == (1, None, False)
    qtbot.keyClick(at.window, Qt.Key.Key_Escape)
    assert one.left == 1


def test_the_links_are_switched_and_shown(at: Desk) -> None:
    side, actions = at.window.findChild(SecondSide), at.window.actions_by_id
    assert actions["link_moves"].isChecked() and not actions["link_windows"].isChecked()
    actions["link_moves"].trigger()
    actions["link_windows"].trigger()
    assert (side.link.moves, side.link.windows) == (False, True)
    assert not actions["link_moves"].isChecked() and actions["link_windows"].isChecked()
