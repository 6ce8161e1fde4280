"""What is chosen in the preferences is remembered."""

from pathlib import Path

from helpers.windows import desk

from radassist.gui.preferences.preferences_dialog import Preferences, PreferencesDialog
from radassist.gui.settings import WindowSettings


def test_the_choice_is_there_at_the_next_start(qtbot, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path))
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        at.window.actions_by_id["preferences"].trigger()
        at.window.findChild(PreferencesDialog).chosen.emit(Preferences("light", False))

    again = WindowSettings(at.settings.path)
    assert (again.theme, again.score_on_opening) == ("light", False)
