"""What every test of the window is held to."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.twins import TwinDesk
from helpers.windows import desk
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
