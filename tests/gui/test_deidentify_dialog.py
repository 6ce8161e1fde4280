"""What is asked before de-identified copies are made."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from radassist.domain.deidentification import PROFILE, DeidentifyOptions
from radassist.gui.deidentify.deidentify_dialog import CopyChoice, DeidentifyDialog
from radassist.gui.widgets.scope_box import Scope

ALL = {Scope.FILM: 1, Scope.LISTED: 24}


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_the_choice_comes_back_but_nobody_has_looked_at_other_films(parent, qtbot) -> None:
    choice = CopyChoice(Scope.LISTED, DeidentifyOptions(True, True, takes_burned_in=True, with_results=True))
    kept = CopyChoice.from_text(choice.to_text())
    assert kept == CopyChoice(Scope.LISTED, DeidentifyOptions(True, True, with_results=True))
    dialog = DeidentifyDialog(choice, ALL, parent)
    assert dialog.choice == kept and not dialog.looked.isChecked()
    dialog.looked.setChecked(True)
    with qtbot.waitSignal(dialog.save_requested) as saved:
        dialog._on_accepted()
    assert saved.args == [choice]


def test_profile_and_warning_are_always_there(parent) -> None:
    dialog = DeidentifyDialog(CopyChoice(), {Scope.FILM: 0, Scope.LISTED: 2}, parent)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert PROFILE in texts and any("neither found nor removed" in text for text in texts)
    assert dialog.choice.scope is Scope.LISTED


@pytest.mark.parametrize("text", ["", "{}", '{"scope": "film", "options": {"unknown": true}}', "[]"])
def test_a_damaged_setting_gives_the_default(text: str) -> None:
    assert CopyChoice.from_text(text) == CopyChoice()
