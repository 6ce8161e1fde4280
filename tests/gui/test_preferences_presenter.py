"""What is chosen in the preferences is remembered."""

from pathlib import Path

import numpy as np
from helpers.fakes import FakeLoader
from helpers.pictures import grab, smooth_film
from helpers.windows import Desk, desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from radassist.domain.radiograph import Notice
from radassist.gui.film.mouse_choice import Hold, MouseAct, MouseChoice
from radassist.gui.preferences.preferences_dialog import Preferences, PreferencesDialog
from radassist.gui.settings import WindowSettings
from radassist.gui.theme import apply_theme, load_theme


def test_the_choice_is_there_at_the_next_start(qtbot, bare_app, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path))
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        at.window.actions_by_id["preferences"].trigger()
        at.window.findChild(PreferencesDialog).chosen.emit(Preferences("light", False, prevalence=0.08))

    again = WindowSettings(at.settings.path)
    assert (again.theme, again.score_on_opening, again.prevalence) == ("light", False, 0.08)


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


def test_other_colours_are_there_at_once_in_every_part_of_the_window(qtbot, bare_app, tmp_path: Path) -> None:
    notices = (Notice("LOSSY", "Lossy."), Notice("AGE", "Age."))

    def opened(at: Desk) -> Desk:
        at.window.show()
        at.presenter.use(at.backing())
        at.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled())
        at.window.findings.show_problem("Refused", "It shows a hand.", notices)
        return at

    def picture(at: Desk) -> np.ndarray:
        at.window.setFocus()
        for _ in range(5):  # layouts settle in several rounds
            bare_app.processEvents()
        return grab(at.window)

    films = {name: smooth_film() for name in ("a.dcm", "b.dcm")}
    apply_theme(bare_app, load_theme("dark"))
    with desk(tmp_path / "one", FakeLoader(outcomes=films)) as at:
        opened(at).settings.theme = "light"
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
        changed = picture(at)
    with desk(tmp_path / "two", FakeLoader(outcomes=films), theme="light") as fresh:
        assert np.array_equal(changed, picture(opened(fresh)))
