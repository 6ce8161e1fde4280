"""Keys are changed by pressing them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from radassist.gui.actions.action_table import ACTIONS
from radassist.gui.keys.key_table import KeyTable
from radassist.gui.keys.keys_editor import KeysEditor


@pytest.fixture
def editor(qtbot) -> KeysEditor:
    made = KeysEditor(KeyTable(ACTIONS))
    qtbot.addWidget(made)
    made.show()
    made.table.setCurrentCell([spec.id for spec in ACTIONS].index("fit"), 0)
    return made


def _keys(editor: KeysEditor) -> str:
    return editor.table.item(editor.table.currentRow(), 2).text()


def test_a_pressed_key_becomes_the_acts(editor: KeysEditor) -> None:
    changed = QSignalSpy(editor.changed)
    QTest.keyClick(editor.field, Qt.Key.Key_F12)
    assert _keys(editor) == "F12" and changed.count() == 1 and editor.sentence.text() == ""


def test_a_key_of_another_act_is_refused_and_that_act_is_named(editor: KeysEditor) -> None:
    changed = QSignalSpy(editor.changed)
    QTest.keyClick(editor.field, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert "'Export CSV'" in editor.sentence.text()
    assert _keys(editor) == "F or =" and changed.count() == 0


def test_a_key_is_taken_away_and_given_back(editor: KeysEditor) -> None:
    editor.none_button.click()
    assert _keys(editor) == ""
    editor.reset_button.click()
    assert _keys(editor) == "F or ="
    QTest.keyClick(editor.field, Qt.Key.Key_F12)
    editor.reset_all_button.click()
    assert _keys(editor) == "F or ="


def test_an_act_is_found_by_its_name_or_its_key(editor: KeysEditor) -> None:
    editor.search.setText("ctrl+e")
    shown = [row for row in range(editor.table.rowCount()) if not editor.table.isRowHidden(row)]
    assert "Export CSV" in [editor.table.item(row, 1).text() for row in shown]
    assert len(shown) < editor.table.rowCount()
