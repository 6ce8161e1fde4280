"""The queue in the window: pause, cancel, and a sum that is true."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from helpers.fakes import FakePredictor, make_items
from helpers.windows import Desk, desk
from PySide6.QtWidgets import QLabel, QPushButton

from radassist.domain.worklist import ItemState
from radassist.workflow.inference_thread import InferenceThread

NAMES = [f"{number:02}.dcm" for number in range(30)]


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.presenter.add_items(make_items(*NAMES))
        made.window.show()
        yield made


def test_every_waiting_film_is_scored_once(at: Desk, qtbot) -> None:
    at.presenter.queue.start(at.backing().services)
    qtbot.waitUntil(lambda: not at.presenter.queue.is_running)
    assert [item.state for item in at.items()] == [ItemState.SCORED] * len(NAMES)
    assert sum(at.predictor.calls) == len(NAMES)


def test_a_paused_queue_holds_and_goes_on(at: Desk, qtbot) -> None:
    go = Event()
    at.predictor.before_predict = lambda: go.wait(60)
    at.presenter.queue.start(at.backing().services)
    qtbot.waitUntil(lambda: bool(at.predictor.calls))
    at.presenter.queue.set_paused(True)
    go.set()
    qtbot.wait(200)
    assert at.presenter.queue.is_running and at.presenter.queue.is_paused
    assert ItemState.WAITING in {item.state for item in at.items()}
    at.presenter.queue.set_paused(False)
    qtbot.waitUntil(lambda: not at.presenter.queue.is_running)
    assert {item.state for item in at.items()} == {ItemState.SCORED}


def test_a_cancelled_queue_keeps_what_is_done_and_the_rest_waits(at: Desk, qtbot) -> None:
    go = Event()
    at.predictor.before_predict = lambda: len(at.predictor.calls) > 2 and go.wait(60)
    at.presenter.queue.start(at.backing().services)
    qtbot.waitUntil(lambda: len(at.predictor.calls) > 2)
    at.presenter.queue.cancel()
    go.set()
    qtbot.waitUntil(lambda: not at.presenter.queue.is_running)
    states = {item.state for item in at.items()}
    assert states == {ItemState.SCORED, ItemState.WAITING}


def test_films_that_arrive_while_it_runs_follow_by_themselves(at: Desk, qtbot) -> None:
    go = Event()
    at.predictor.before_predict = lambda: go.wait(60)
    services = at.backing().services
    at.presenter.queue.start(services)
    late = make_items(*NAMES, "late.dcm")[-1:]
    at.window.worklist_model.append(late)
    at.presenter.queue.start(services)
    go.set()
    qtbot.waitUntil(lambda: at.item(len(NAMES)).state is ItemState.SCORED)


def test_an_emptied_list_leaves_nothing_to_start(at: Desk, qtbot) -> None:
    go = Event()
    at.predictor.before_predict = lambda: go.wait(60)
    at.presenter.queue.start(at.backing().services)
    qtbot.waitUntil(lambda: bool(at.predictor.calls))
    at.presenter.close_all()
    go.set()
    qtbot.waitUntil(lambda: not at.presenter.queue.is_running)
    assert not any(button.isEnabled() for button in at.window.queue.findChildren(QPushButton) if button.isVisible())


@pytest.fixture
def slow_model():
    """A model that is loaded when the event is set."""
    may_load = Event()
    thread = InferenceThread(lambda: may_load.wait(60) and FakePredictor())
    yield thread, may_load
    may_load.set()
    thread.close()


def test_a_queue_waits_for_its_model_and_says_so(at: Desk, slow_model, qtbot) -> None:
    thread, may_load = slow_model
    at.presenter.queue.start(replace(at.backing().services, make_predictor=lambda: thread, model_ready=thread.ready))
    qtbot.waitUntil(lambda: "Waiting for the model …" in _words(at))
    assert {item.state for item in at.items()} == {ItemState.WAITING}
    may_load.set()
    qtbot.waitUntil(lambda: not at.presenter.queue.is_running)
    assert {item.state for item in at.items()} == {ItemState.SCORED}
    assert "Waiting for the model …" not in _words(at)


def test_a_queue_that_waits_for_its_model_can_be_cancelled_and_begun_again(at: Desk, slow_model, qtbot) -> None:
    thread, may_load = slow_model
    services = replace(at.backing().services, make_predictor=lambda: thread, model_ready=thread.ready)
    at.presenter.queue.start(services)
    qtbot.waitUntil(lambda: "Waiting for the model …" in _words(at))
    at.presenter.queue.cancel()
    qtbot.waitUntil(lambda: not at.presenter.queue.is_running)
    assert {item.state for item in at.items()} == {ItemState.WAITING}
    may_load.set()
    at.presenter.queue.start(services)
    qtbot.waitUntil(lambda: not at.presenter.queue.is_running)
    assert {item.state for item in at.items()} == {ItemState.SCORED}


def _words(at: Desk) -> set[str]:
    return {label.text() for label in at.window.queue.findChildren(QLabel) if not label.isHidden()}
