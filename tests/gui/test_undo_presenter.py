"""Undo and redo of the whole window, from the menu."""

from pathlib import Path

import pytest
from helpers.windows import Desk, desk
from PySide6.QtGui import QUndoCommand


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        yield made


def test_the_acts_can_be_done_when_there_is_a_step_to_take(at: Desk) -> None:
    acts, stack = at.window.actions_by_id, at.window.undo_stack
    assert not acts["undo"].isEnabled() and not acts["redo"].isEnabled()
    stack.push(QUndoCommand("something"))
    assert acts["undo"].isEnabled()
    acts["undo"].trigger()
    assert stack.index() == 0 and not acts["undo"].isEnabled() and acts["redo"].isEnabled()
    assert at.window.statusBar().currentMessage() == "Undone: something."
    acts["redo"].trigger()
    assert stack.index() == 1
    assert at.window.statusBar().currentMessage() == "Done again: something."
