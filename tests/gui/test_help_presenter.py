"""The acts of the Help menu open their dialogs."""

from pathlib import Path

import pytest
from helpers.windows import Desk, desk
from PySide6.QtWidgets import QDialog


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        yield made


@pytest.mark.parametrize("act", ["shortcuts", "about"])
def test_a_dialog_of_its_own_opens_over_the_window(at: Desk, act: str) -> None:
    at.window.actions_by_id[act].trigger()
    assert [dialog.isVisible() for dialog in at.window.findChildren(QDialog)] == [True]
