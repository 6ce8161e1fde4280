"""What every test of the window is held to."""

import gc
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.twins import TwinDesk
from helpers.windows import desk
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

_PATIENCE_SECONDS = 5.0


@pytest.fixture(autouse=True)
def no_thread_outlives_its_test() -> Iterator[None]:
    """A thread left behind would call into widgets that are gone."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while left := [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]:
        assert time.monotonic() < deadline, f"left running: {[thread.name for thread in left]}"
        left[0].join(0.05)


@pytest.fixture
def twins(qtbot: QtBot, tmp_path: Path) -> Iterator[TwinDesk]:
    """A window with two films and a second model to compare with."""
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        at.window.show()
        made = TwinDesk(at, qtbot)
        yield made
        made.close()


@pytest.fixture
def bare_app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, which gets its dress back afterwards."""
    _clear_away(qapp)
    style, before, sheet = qapp.style().objectName(), qapp.palette(), qapp.styleSheet()
    yield qapp
    _clear_away(qapp)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(before)
    if qapp.style().objectName() != style:  # a style is exchanged only where it must be: old widgets take it ill
        qapp.setStyle(style)


def _clear_away(qapp: QApplication) -> None:
    """Ends windows that are given up already: a new style sheet would dress them, half gone, and crash."""
    gc.collect()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
