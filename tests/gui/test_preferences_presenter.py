"""What is chosen in the preferences is remembered."""

from pathlib import Path

from helpers.windows import desk

from radassist.gui.film.mouse_choice import Hold, MouseAct, MouseChoice
from radassist.gui.preferences.preferences_dialog import Preferences, PreferencesDialog


def test_the_mouse_changes_at_once_in_both_views_and_at_the_next_start(qtbot, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path))
    chosen = MouseChoice({Hold.LEFT: MouseAct.PAN})
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        at.window.actions_by_id["preferences"].trigger()
        at.window.findChild(PreferencesDialog).chosen.emit(Preferences("dark", True, chosen))
        assert [view.mouse.choice for view in (at.window.film_area.first, at.window.film_area.second)] == [chosen] * 2
    with desk(tmp_path) as again:
        qtbot.addWidget(again.window)
        assert again.window.film.mouse.choice == chosen
