"""The layout: the research line is always there, names are only names, places are remembered."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from radassist.gui.findings.findings_panel import RESEARCH_LINE
from radassist.gui.main_window import MainWindow
from radassist.gui.reading.reader_panel import WITH_SCORE, WITHOUT_SCORE
from radassist.gui.theme import load_theme


def _window(qtbot) -> MainWindow:
    window = MainWindow(load_theme("dark"))
    qtbot.addWidget(window)
    return window


def test_not_for_diagnosis_is_always_visible(qtbot) -> None:
    window = _window(qtbot)
    window.show()
    line = window.findChild(QLabel, "research_line")
    assert line.text() == RESEARCH_LINE and line.isVisible()
    window.show_message("working")
    assert line.isVisible()
    assert "research use only" in window.windowTitle()


def test_the_film_keeps_its_width_whichever_answers_a_reader_can_give(qtbot) -> None:
    window = _window(qtbot)
    window.show()
    width = window.film.width()
    for offered in (WITHOUT_SCORE, WITH_SCORE) * 2:
        window.reader.offer(offered, None, "Not answered yet", "")
        QApplication.processEvents()
        assert window.film.width() == width


def test_a_film_name_is_only_a_name_in_the_title(qtbot) -> None:
    window = _window(qtbot)
    window.set_title("<b>[*]chest.dcm")
    assert window.windowTitle() == "<b>chest.dcm – radassist (research use only)"


@pytest.mark.parametrize("name", ["two\nlines.dcm", "\u202egnp.exe", "bell\x07.dcm"])
def test_a_title_has_one_line_and_nothing_that_cannot_be_seen(qtbot, name) -> None:
    window = _window(qtbot)
    window.set_title(name)
    assert window.windowTitle().isprintable()


def test_places_of_docks_are_there_again(qtbot) -> None:
    first = _window(qtbot)
    first.show()
    first.resize(1500, 900)
    dock = next(dock for dock in first.findChildren(type(first._docks[0])) if dock.objectName() == "queue_dock")
    dock.hide()
    again = _window(qtbot)
    again.restore_places(first.saveGeometry(), first.saveState())
    again.show()
    assert not next(d for d in again.findChildren(type(dock)) if d.objectName() == "queue_dock").isVisible()


def test_the_window_says_once_that_it_is_painted(qtbot) -> None:
    window = _window(qtbot)
    times: list[int] = []
    window.painted.connect(lambda: times.append(1))
    with qtbot.waitSignal(window.painted):
        window.show()
    window.resize(900, 700)
    qtbot.wait(50)
    assert times == [1]


_TWO_SCREENS = """
import sys
from PySide6.QtWidgets import QApplication
from radassist.gui.main_window import MainWindow
from radassist.gui.theme import load_theme

application = QApplication(sys.argv[:1])
first, second = MainWindow(load_theme("dark")), MainWindow(load_theme("dark"))
first.move(1300, 50)
first.resize(900, 600)
first.show()
application.processEvents()
second.restore_places(first.saveGeometry(), first.saveState())
second.show()
application.processEvents()
print(first.screen().name(), second.screen().name(), len(application.screens()))
"""


def test_the_window_comes_back_on_the_screen_it_was_closed_on(tmp_path: Path) -> None:
    screens = [
        {"name": "left", "x": 0, "y": 0, "width": 1200, "height": 900, "logicalDpi": 96, "dpr": 1},
        {"name": "right", "x": 1200, "y": 0, "width": 1600, "height": 900, "logicalDpi": 96, "dpr": 1},
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"synchronousWindowSystemEvents": False, "screens": screens}))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"}
    command = [sys.executable, "-c", _TWO_SCREENS]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert run.stdout.split() == ["right", "right", "2"], run.stderr
