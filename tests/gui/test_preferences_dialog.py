"""The preferences as a dialog."""

from pathlib import Path

from helpers.fakes import FACTS
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

from radassist.gui.film.mouse_choice import Hold, MouseAct, MouseChoice
from radassist.gui.preferences.preferences_dialog import Preferences, PreferencesDialog
from radassist.gui.preferences.threshold_page import ThresholdPage


def test_what_is_chosen_comes_back_only_when_accepted(qtbot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PreferencesDialog(
        Preferences("dark", True), "A model", (("Logs", tmp_path),), ThresholdPage(FACTS), parent
    )
    heard = []
    dialog.chosen.connect(heard.append)
    dialog.theme.setCurrentIndex(dialog.theme.findData("light"))
    dialog.score_on_opening.setChecked(False)
    dialog.mouse.lists[Hold.LEFT].setCurrentText(MouseAct.PAN.value)
    assert heard == []
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()

    assert heard == [Preferences("light", False, MouseChoice({Hold.LEFT: MouseAct.PAN}))]


def test_a_prevalence_is_none_until_one_is_typed_and_comes_back_as_a_share(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PreferencesDialog(Preferences("dark", True, prevalence=0.125), "", (), ThresholdPage(None), parent)
    heard = []
    dialog.chosen.connect(heard.append)
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    ok.click()
    dialog.prevalence.setValue(0)
    assert dialog.prevalence.text() == "As in the model's validation"
    ok.click()

    assert [chosen.prevalence for chosen in heard] == [0.125, None]


def test_where_data_stay_and_what_names_the_user_is_said(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PreferencesDialog(Preferences("dark", True), "", (), ThresholdPage(None), parent)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "All data stay on this machine" in said
    assert "the trail names the account you are logged in with" in said


def test_a_theme_nobody_knows_is_shown_as_that_of_the_desktop(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert (
        PreferencesDialog(Preferences("pink", True), "", (), ThresholdPage(None), parent).theme.currentData()
        == "system"
    )
