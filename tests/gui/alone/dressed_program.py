"""The whole program dressed anew. Run by `test_dressed_program.py` in a process of its own, not collected by itself."""

from pathlib import Path

import numpy as np
import pytest
from helpers.fakes import FakeLoader
from helpers.pictures import grab, smooth_film
from helpers.windows import Desk, desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from radassist.domain.radiograph import Notice
from radassist.gui.preferences.preferences_dialog import Preferences, PreferencesDialog
from radassist.gui.settings import WindowSettings
from radassist.gui.theme import Theme, apply_theme, load_theme


def test_the_choice_is_there_at_the_next_start(qtbot, qapp, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path))
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        at.window.actions_by_id["preferences"].trigger()
        at.window.findChild(PreferencesDialog).chosen.emit(Preferences("light", False, prevalence=0.08))

    again = WindowSettings(at.settings.path)
    assert (again.theme, again.score_on_opening, again.prevalence) == ("light", False, 0.08)


def test_other_colours_are_there_at_once_in_every_part_of_the_window(qtbot, qapp, tmp_path: Path) -> None:
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
            qapp.processEvents()
        return grab(at.window)

    films = {name: smooth_film() for name in ("a.dcm", "b.dcm")}
    apply_theme(qapp, load_theme("dark"))
    with desk(tmp_path / "one", FakeLoader(outcomes=films)) as at:
        opened(at).settings.theme = "light"
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
        changed = picture(at)
    with desk(tmp_path / "two", FakeLoader(outcomes=films), theme="light") as fresh:
        assert np.array_equal(changed, picture(opened(fresh)))


@pytest.mark.parametrize("theme", [load_theme("dark"), load_theme("light")], ids=["dark", "light"])
def test_applying_a_theme_dresses_the_program_without_a_complaint_of_qt(
    qapp: QApplication, theme: Theme, capfd: pytest.CaptureFixture[str]
) -> None:
    apply_theme(qapp, theme)
    label = QLabel("Words")
    label.grab()
    assert qapp.palette().windowText().color() == QColor(theme.text)
    assert "parse" not in capfd.readouterr().err
