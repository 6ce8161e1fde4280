"""What is asked before results are saved as DICOM."""

import pytest
from PySide6.QtWidgets import QWidget

from radassist.domain.dicom_results import DicomKind
from radassist.gui.results.dicom_dialog import DicomDialog, ResultChoice
from radassist.gui.widgets.scope_box import Scope

ALL = {Scope.FILM: 1, Scope.LISTED: 24}


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_what_was_chosen_comes_back_and_goes_out(parent, qtbot) -> None:
    choice = ResultChoice(Scope.LISTED, frozenset({DicomKind.SC, DicomKind.PMAP}))
    dialog = DicomDialog(choice, ALL, parent)
    assert dialog.choice == choice == ResultChoice.from_text(choice.to_text())
    dialog.kinds[DicomKind.SR].setChecked(True)
    with qtbot.waitSignal(dialog.save_requested) as saved:
        dialog._save.click()
    assert saved.args == [ResultChoice(Scope.LISTED, frozenset({DicomKind.SR, DicomKind.SC, DicomKind.PMAP}))]


def test_a_scope_without_scored_films_cannot_be_chosen(parent) -> None:
    dialog = DicomDialog(ResultChoice(), {Scope.FILM: 0, Scope.LISTED: 3}, parent)
    assert not dialog.films.buttons[Scope.FILM].isEnabled() and dialog.choice.scope is Scope.LISTED


def test_nothing_is_saved_without_an_object(parent) -> None:
    dialog = DicomDialog(ResultChoice(), ALL, parent)
    dialog.kinds[DicomKind.SR].setChecked(False)
    assert not dialog._save.isEnabled()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"scope": "film", "kinds": ["mp3"]}'])
def test_a_damaged_setting_gives_the_default(text: str) -> None:
    assert ResultChoice.from_text(text) == ResultChoice()
