"""The texts of the dialogs."""

from collections.abc import Callable
from pathlib import Path

from helpers.fakes import FACTS
from PySide6.QtWidgets import QFileDialog, QTextBrowser, QWidget

from radassist.gui.actions.action_table import ACTIONS
from radassist.gui.film.mouse_choice import Hold, MouseAct, MouseChoice
from radassist.gui.settings import WindowSettings
from radassist.gui.widgets import dialogs
from radassist.gui.widgets.dialogs import MOUSE_ON_FILM, MOUSE_ON_LIST, about_dialog, keys_dialog


def _text(dialog: QWidget) -> str:
    return dialog.findChild(QTextBrowser).toPlainText()


def test_the_cheat_sheet_names_every_key_and_mouse_button(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    text = _text(keys_dialog(parent, ACTIONS, MouseChoice()))
    assert all(key in text for spec in ACTIONS for key in spec.shortcuts)
    assert all(button in text for button, _ in (*MOUSE_ON_FILM, *MOUSE_ON_LIST))
    assert "Middle drag" in text and "Ctrl + wheel" in text


def test_the_cheat_sheet_tells_the_mouse_as_it_was_chosen(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    choice = MouseChoice({Hold.MIDDLE: MouseAct.LENS, Hold.RIGHT: MouseAct.NOTHING})
    text = _text(keys_dialog(parent, (), choice))
    assert "A magnifier, while the button is held" in text.split("Middle drag")[1].splitlines()[0:3]
    assert "Right drag" not in text


def test_about_says_what_it_is_not_for_and_which_model_answers(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    text = _text(about_dialog(parent, FACTS))
    assert "Not for diagnosis" in text and FACTS.title in text and FACTS.sha256[:12] in text
    assert "Not for diagnosis" in _text(about_dialog(parent, None))
    assert "All data stay on this machine" in text


def test_a_dialog_begins_where_the_last_one_ended(qtbot, monkeypatch, tmp_path: Path) -> None:
    parent, settings = QWidget(), WindowSettings(tmp_path / "window.ini")
    qtbot.addWidget(parent)
    begun: list[str] = []

    def chosen(name: str) -> Callable[..., tuple[str, str]]:
        return lambda parent, title, start, *rest: (begun.append(start), (name, ""))[1]

    settings.last_folder = str(tmp_path / "films")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen(str(tmp_path / "tables" / "labels.csv")))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen(""))
    assert dialogs.choose_labels(parent, settings) == tmp_path / "tables" / "labels.csv"
    assert dialogs.choose_csv(parent, settings) is None
    assert begun == [str(tmp_path / "films"), str(tmp_path / "tables" / "radassist-results.csv")]
    assert settings.last_folder == str(tmp_path / "tables")
