"""A worklist read by keyboard alone, with real decoders, model and store: from opening to the exported table."""

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from radassist.app import make_backing, make_window
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

PATIENCE_MS = 60_000
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
NOTES = {5: "skin fold, no pneumonia", 17: "=rotated; see the prior"}


@pytest.fixture
def at(qtbot: QtBot, qapp, tmp_path: Path, monkeypatch) -> Iterator[tuple[MainWindow, Presenter]]:
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path / "home"))
    window, presenter = make_window(qapp, WindowSettings())
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    presenter.start(partial(make_backing, "gap_cnn", "cpu"))
    yield window, presenter
    window.close()


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key for whatever has the keyboard."""
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)


@pytest.mark.slow
def test_twenty_four_films_are_read_by_keys_and_the_table_says_what_was_said(
    at: tuple[MainWindow, Presenter], qtbot: QtBot, samples: Path, tmp_path: Path, monkeypatch
) -> None:
    window, presenter = at
    table = tmp_path / "read.csv"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(samples))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(table), ""))

    _press(Qt.Key.Key_O, CTRL | SHIFT)
    qtbot.waitUntil(lambda: window.worklist_model.rowCount() == 24 and presenter.facts is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: not (presenter.is_listing or presenter.queue.is_running or presenter.queue.waiting()),
        timeout=PATIENCE_MS,
    )
    qtbot.waitUntil(lambda: not window.worklist._rows.is_unsettled)
    _press(Qt.Key.Key_Home)
    order = []
    for place in range(24):
        qtbot.waitUntil(lambda: presenter.films.analysis is not None, timeout=PATIENCE_MS)
        order.append(presenter.films.analysis.film_sha256)
        if place in NOTES:
            _press(Qt.Key.Key_N)
            _press(Qt.Key.Key_J)
            QTest.keyClicks(QApplication.focusWidget(), NOTES[place])
            _press(Qt.Key.Key_Return)
            _press(Qt.Key.Key_PageDown)
        else:
            _press(Qt.Key.Key_Return)
    assert "last film" in window.statusBar().currentMessage()
    _press(Qt.Key.Key_E, CTRL | SHIFT)
    qtbot.waitUntil(table.exists, timeout=PATIENCE_MS)

    rows = {row["sha256"]: row for row in _rows(table)}
    assert len(set(order)) == len(rows) == 24
    said = [rows[film]["reader_answer"] for film in order]
    assert said == ["disagree" if place in NOTES else "agree" for place in range(24)]
    notes = [rows[film]["reader_note"] for film in order]
    assert notes[5] == NOTES[5] and notes[17] == f"'{NOTES[17]}", "a note is not a formula"
    assert {row["reader_blind"] for row in rows.values()} == {"no"}
    assert {row["status"] for row in rows.values()} == {"scored"}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
