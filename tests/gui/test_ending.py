"""All that runs behind the window ends, in bounded time."""

import time
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from helpers.windows import Desk, desk

from radassist.gui.ending import end_all
from radassist.gui.jobs import JobRunner, Lane, one_step


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        yield made


def test_everything_ends(at: Desk) -> None:
    assert end_all(at.backing(), JobRunner(at.window))
    assert at.loader.closed


def test_there_may_be_nothing_behind_the_window_yet(at: Desk) -> None:
    assert end_all(None, JobRunner(at.window))


def test_a_model_that_does_not_end_is_told(at: Desk) -> None:
    assert not end_all(replace(at.backing(), close=lambda: False), JobRunner(at.window))


def test_a_job_that_hangs_has_only_the_time_that_the_model_left_it(at: Desk) -> None:
    may_end, runner = Event(), JobRunner(at.window)
    runner.start(one_step(lambda: may_end.wait(20)), lane=Lane.IO)
    began = time.monotonic()
    assert not end_all(replace(at.backing(), close=lambda: not time.sleep(2.0)), runner)
    assert time.monotonic() - began < 4.8  # with three seconds of its own, it would end after five
    may_end.set()
