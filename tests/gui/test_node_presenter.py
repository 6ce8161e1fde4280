"""Films that are sent to the window: a real node on the loopback behind the real window."""

import socket
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from helpers.dicom_node import CALLER, TITLE, call, listening, raw, send, small_film
from helpers.peers import free_port
from helpers.windows import Desk, desk

from radassist.domain.node_choice import NodeChoice
from radassist.domain.worklist import ItemState
from radassist.gui.node.node_dialog import NodeDialog
from radassist.gui.node.node_presenter import NodePresenter
from radassist.wiring import open_reception


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        made.presenter.use(replace(made.backing(), open_reception=open_reception))
        yield made


@pytest.fixture
def node(at: Desk) -> NodePresenter:
    return at.window.findChild(NodePresenter)


def choice(**changes) -> NodeChoice:
    return replace(NodeChoice(True, TITLE, "127.0.0.1", free_port(), (CALLER,)), **changes)


def is_open(port: int) -> bool:
    try:
        raw(port).close()
    except OSError:  # refused, or reset while it closes
        return False
    return True


def test_nothing_listens_until_it_is_switched_on(at: Desk, node: NodePresenter) -> None:
    assert not node.is_receiving
    assert not at.window.actions_by_id["receive_films"].isChecked()


def test_a_film_that_is_sent_is_listed_and_scored(at: Desk, node: NodePresenter, qtbot) -> None:
    wanted = choice()
    node.use(wanted)
    qtbot.waitUntil(lambda: is_open(wanted.port), timeout=20_000)
    assert at.window.actions_by_id["receive_films"].isChecked()
    assert send(wanted.port, [small_film(0), small_film(1)]) == [0, 0]
    qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled(), timeout=20_000)
    assert {item.state for item in at.items()} == {ItemState.SCORED}

    node.use(replace(wanted, is_on=False))
    qtbot.waitUntil(lambda: not is_open(wanted.port), timeout=20_000)
    assert not at.window.actions_by_id["receive_films"].isChecked()


def test_a_port_that_is_taken_is_told_in_one_sentence(at: Desk, node: NodePresenter, qtbot) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        node.use(choice(port=taken.getsockname()[1]))
        qtbot.waitUntil(lambda: "No films can be received" in at.window.message_bar.accessibleName(), timeout=20_000)
    qtbot.waitUntil(lambda: not node.is_receiving)
    assert not at.window.actions_by_id["receive_films"].isChecked()


def test_a_stranger_is_told_of(at: Desk, node: NodePresenter, qtbot) -> None:
    wanted = choice()
    node.use(wanted)
    qtbot.waitUntil(lambda: is_open(wanted.port), timeout=20_000)
    assert call(wanted.port, calling="STRANGER").is_rejected
    qtbot.waitUntil(lambda: "'STRANGER' was refused" in at.window.message_bar.accessibleName(), timeout=20_000)


def test_what_was_chosen_holds_at_the_next_start(at: Desk, node: NodePresenter, tmp_path, qtbot) -> None:
    wanted = choice()
    node.use(wanted)
    qtbot.waitUntil(lambda: is_open(wanted.port), timeout=20_000)
    at.presenter.shut_down()
    assert not is_open(wanted.port)
    with desk(tmp_path) as again:
        qtbot.addWidget(again.window)
        again.presenter.use(replace(again.backing(), open_reception=open_reception))
        qtbot.waitUntil(lambda: is_open(wanted.port), timeout=20_000)


def test_the_act_opens_the_form_and_ticks_nothing_by_itself(at: Desk, node: NodePresenter, qtbot) -> None:
    act = at.window.actions_by_id["receive_films"]
    act.trigger()
    assert not act.isChecked()
    dialog = at.window.findChild(NodeDialog)
    assert dialog is not None
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()


def test_scored_films_are_offered_for_their_results(at: Desk, node: NodePresenter, qtbot, tmp_path) -> None:
    with listening(tmp_path / "archive") as archive:
        wanted = choice(send_to=f"{TITLE}@127.0.0.1:{archive.node.port}")
        node.use(wanted)
        qtbot.waitUntil(lambda: is_open(wanted.port), timeout=20_000)
        send(wanted.port, [small_film(0)])
        qtbot.waitUntil(lambda: len(at.items()) == 1 and at.is_settled(), timeout=20_000)
        qtbot.waitUntil(lambda: not node._awaited, timeout=20_000)


def test_films_that_are_closed_before_they_ended_are_waited_for_no_more(at: Desk, node: NodePresenter, qtbot) -> None:
    may_answer = Event()
    at.predictor.before_predict = partial(may_answer.wait, 20)
    wanted = choice()
    node.use(wanted)
    qtbot.waitUntil(lambda: is_open(wanted.port), timeout=20_000)
    send(wanted.port, [small_film(0)])
    qtbot.waitUntil(lambda: len(at.items()) == 1, timeout=20_000)
    assert node._look.isActive()
    at.presenter.close_all()
    may_answer.set()
    qtbot.waitUntil(lambda: not node._look.isActive(), timeout=20_000)


def test_a_film_that_is_sent_again_keeps_its_row_and_is_offered_once_more(at: Desk, node: NodePresenter, qtbot) -> None:
    wanted = choice()
    node.use(wanted)
    qtbot.waitUntil(lambda: is_open(wanted.port), timeout=20_000)
    for _ in range(2):
        with qtbot.waitSignal(node._look.timeout, timeout=20_000):
            send(wanted.port, [small_film(0)])
        qtbot.waitUntil(lambda: not node._awaited, timeout=20_000)
        assert len(at.items()) == 1
