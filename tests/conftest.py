"""Fixtures every test may use, and the display none of them needs."""

import gc
import os
import re
import sys
from collections.abc import Iterator
from functools import partialmethod
from itertools import count
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_PATIENCE_MS = 30_000
"""Longest wait for the window: a busy machine may need it, and where nothing is wrong nobody waits so long."""


class PatientBot(QtBot):
    """pytest-qt's, whose own patience of 5 s ends too early beside other work."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=_PATIENCE_MS)  # noqa: N815 - Qt's
    waitSignal = partialmethod(QtBot.waitSignal, timeout=_PATIENCE_MS)  # noqa: N815 - Qt's
    waitSignals = partialmethod(QtBot.waitSignals, timeout=_PATIENCE_MS)  # noqa: N815 - Qt's
    waitActive = partialmethod(QtBot.waitActive, timeout=_PATIENCE_MS)  # noqa: N815 - Qt's
    waitExposed = partialmethod(QtBot.waitExposed, timeout=_PATIENCE_MS)  # noqa: N815 - Qt's


def pytest_sessionstart() -> None:
    """Cycles are collected between the tests alone, as the program's window does it in its own thread alone."""
    gc.disable()


def pytest_sessionfinish() -> None:
    """Libraries look for what they think was leaked when Python ends."""
    gc.unfreeze()
    gc.enable()


def pytest_runtest_logfinish() -> None:
    """What a test leaves behind goes with it: a later one would see widgets die beside its threads."""
    _delete_what_waits_for_it()
    gc.collect()
    gc.freeze()  # so that the next look is short


def _delete_what_waits_for_it() -> None:
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """The hand and the patience of whoever sits at the window."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def converted_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Graphs of the models that were converted so far: it takes seconds, and many tests use the same ones."""
    return tmp_path_factory.mktemp("converted")


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders to come; for pytest's own numbers all folders there are would be gone through, thousands of times."""
    return (tmp_path_factory.getbasetemp() / "tests" / str(number) for number in count())


@pytest.fixture
def tmp_path(places: Iterator[Path], request: pytest.FixtureRequest) -> Path:
    """An empty folder that is left for whoever looks into a failure, under the test's name."""
    folder = next(places) / re.sub(r"\W+", "_", request.node.name)[:30]
    folder.mkdir(mode=0o700, parents=True)
    return folder


@pytest.fixture(autouse=True)
def home_of_its_own(places: Iterator[Path], monkeypatch: pytest.MonkeyPatch, converted_models: Path) -> None:
    """No test reads or writes the data, cache or logs of whoever runs it."""
    home = next(places)
    home.mkdir(mode=0o700, parents=True)
    (home / "cache").symlink_to(converted_models)
    monkeypatch.setenv("RADASSIST_HOME", str(home))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real films beside the repository, which users do not have: tests that need them are marked `shared`."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the films of ../shared/data")
    return folder
