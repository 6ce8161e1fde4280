"""A changed key works at once, stands on the cheat sheet, and is there at the next start."""

from pathlib import Path

from helpers.windows import desk
from PySide6.QtWidgets import QTextBrowser

from radassist.gui.keys.keys_editor import KeysEditor


def test_a_changed_key_works_is_shown_and_remembered(qtbot, tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        acts = at.window.actions_by_id
        acts["change_keys"].trigger()
        editor = at.window.findChild(KeysEditor)
        editor.table.setCurrentCell([spec.id for spec in acts.specs].index("about"), 0)
        editor._choose(("F12",))
        assert acts["about"].shortcut().toString() == "F12" and "(F12)" in acts["about"].toolTip()
        editor.close()
        acts["shortcuts"].trigger()
        assert "F12" in at.window.findChild(QTextBrowser).toPlainText()
    with desk(tmp_path) as again:
        qtbot.addWidget(again.window)
        assert again.window.actions_by_id["about"].shortcut().toString() == "F12"
