"""The texts of the dialogs."""

from helpers.fakes import FACTS
from PySide6.QtWidgets import QTextBrowser, QWidget

from radassist.gui.actions.action_table import ACTIONS
from radassist.gui.widgets.dialogs import MOUSE, about_dialog, keys_dialog


def _text(dialog: QWidget) -> str:
    return dialog.findChild(QTextBrowser).toPlainText()


def test_the_cheat_sheet_names_every_key_and_mouse_button(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    text = _text(keys_dialog(parent, ACTIONS))
    assert all(key in text for spec in ACTIONS for key in spec.shortcuts)
    assert all(button in text for button, _ in MOUSE)


def test_about_says_what_it_is_not_for_and_which_model_answers(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    text = _text(about_dialog(parent, FACTS))
    assert "Not for diagnosis" in text and FACTS.title in text and FACTS.sha256[:12] in text
    assert "Not for diagnosis" in _text(about_dialog(parent, None))
