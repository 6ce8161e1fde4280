"""`radassist [PATH]...`."""

import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from helpers.displays import DEAD_DISPLAY

from radassist.cli.terminal import WrongUsage
from radassist.cli.window import is_watched, names_a_display, window_can_open
from radassist.domain.errors import UserError

VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture
def linux(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def opened(monkeypatch):
    """What the window was asked to open."""
    calls = []
    app = SimpleNamespace(run_window=lambda **options: calls.append(options) or 0)
    monkeypatch.setitem(sys.modules, "radassist.app", app)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return calls


@pytest.mark.parametrize("words", [["window"], []])
def test_paths_open_in_the_window_with_or_without_the_word(run, opened, film, words):
    assert run(*words, film, "--model", "gap_cnn").exit_code == 0
    assert opened == [{"paths": [film], "model": "gap_cnn", "device": "auto"}]


def test_no_words_open_an_empty_window(run, opened):
    assert run().exit_code == 0
    assert opened == [{"paths": (), "model": None, "device": "auto"}]


def test_what_is_no_command_and_no_file_is_said(run, opened):
    assert isinstance(run("bacth").exception, WrongUsage)


def test_without_a_display_one_sentence_says_so(run, linux):
    result = run()

    assert isinstance(result.exception, UserError)
    assert "no display" in str(result.exception)


@pytest.mark.parametrize("name", VARIABLES)
def test_any_of_three_variables_names_a_display(linux, name):
    assert not names_a_display()
    linux.setenv(name, "xcb")

    assert names_a_display()


def test_nobody_watches_an_offscreen_window(linux):
    linux.setenv("QT_QPA_PLATFORM", "offscreen")

    assert not is_watched()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt aborts on Linux only")
@pytest.mark.parametrize(
    "environment",
    [{"DISPLAY": DEAD_DISPLAY}, {"WAYLAND_DISPLAY": "/nowhere"}, {"QT_QPA_PLATFORM": "nonsense"}],
    ids=lambda environment: next(iter(environment)),
)
def test_a_display_that_nobody_runs_is_one_sentence(run, linux, environment):
    for name, value in environment.items():
        linux.setenv(name, value)

    result = run()

    assert isinstance(result.exception, UserError)
    assert "No window can be opened" in str(result.exception)


def test_where_qt_needs_no_screen_it_is_not_tried(linux):
    linux.setenv("QT_QPA_PLATFORM", "offscreen")
    linux.setattr("subprocess.run", lambda *_, **__: pytest.fail("another process was started"))

    assert window_can_open()


def test_other_systems_always_have_a_display(linux):
    linux.setattr("sys.platform", "win32")

    assert names_a_display()
    assert window_can_open()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no X server to start")
def test_an_x_server_is_asked_without_starting_qt(linux):
    read, write = os.pipe()
    with subprocess.Popen(["Xvfb", "-displayfd", str(write)], pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read, encoding="ascii") as numbers:
            linux.setenv("DISPLAY", f":{numbers.readline().strip()}")
        linux.setattr("subprocess.run", lambda *_, **__: pytest.fail("another process was started"))
        try:
            assert window_can_open()
        finally:
            server.terminate()
