"""The window's story, with the real widgets and stand-ins for decoders and model."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FACTS, make_services
from helpers.windows import Desk, desk

from radassist.domain.errors import DecodeError, ModelUnavailable
from radassist.domain.worklist import ItemState
from radassist.gui.backing import Backing


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        yield made


def test_opened_films_are_listed_shown_and_scored(at: Desk, qtbot) -> None:
    at.presenter.use(at.backing())
    at.open("b.dcm", "a.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled())
    assert [item.source.name for item in at.items()] == ["b.dcm", "a.dcm"]
    assert all(item.state is ItemState.SCORED for item in at.items())
    assert at.window.film.radiograph is not None


def test_films_asked_for_before_the_program_is_ready_are_opened_when_it_is(at: Desk, qtbot) -> None:
    at.open("early.dcm")
    assert at.items() == []
    at.presenter.start(at.backing)
    qtbot.waitUntil(lambda: len(at.items()) == 1 and at.is_settled())
    assert at.item(0).state is ItemState.SCORED


def test_films_wait_when_scoring_on_opening_is_off(at: Desk, qtbot) -> None:
    at.settings.score_on_opening = False
    at.presenter.use(at.backing())
    at.open("a.dcm", "b.dcm", "c.dcm", "d.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 4 and at.is_settled())
    assert not at.presenter.queue.is_running
    assert ItemState.WAITING in {item.state for item in at.items()}
    at.presenter.start_queue()
    qtbot.waitUntil(lambda: all(item.state is ItemState.SCORED for item in at.items()))


def test_a_damaged_film_is_a_row_with_its_reason_and_the_rest_goes_on(at: Desk, qtbot) -> None:
    at.loader.outcomes = {"bad.dcm": DecodeError("bad.dcm is cut short.")}
    at.presenter.use(at.backing())
    at.open("bad.dcm", "good.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 2 and not at.presenter.queue.is_running and not at.presenter.is_listing)
    states = {item.source.name: (item.state, item.reason) for item in at.items()}
    assert states["bad.dcm"] == (ItemState.FAILED, "bad.dcm is cut short.")
    assert states["good.dcm"][0] is ItemState.SCORED


def test_without_a_model_films_can_be_read_and_nothing_is_scored(at: Desk, qtbot) -> None:
    def no_model() -> None:
        raise ModelUnavailable("The model 'x' has a wrong checksum.")

    services = replace(make_services(at.loader), make_predictor=no_model)
    at.presenter.use(Backing(services, services, no_model, lambda items, target, labels: None, lambda: True))
    at.open("a.dcm")
    qtbot.waitUntil(lambda: at.window.film.radiograph is not None)
    qtbot.waitUntil(lambda: at.window.message_bar.sentence != "")
    assert "wrong checksum" in at.window.message_bar.sentence
    assert at.item(0).state is ItemState.WAITING


def test_closing_all_films_empties_everything(at: Desk, qtbot) -> None:
    at.presenter.use(at.backing())
    at.open("a.dcm", "b.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled())
    at.presenter.close_all()
    assert at.items() == [] and at.window.film.radiograph is None
    assert at.presenter.films.number is None
    at.open("c.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 1 and at.is_settled())
    assert at.window.film.radiograph is not None


def test_parts_that_are_ready_only_after_the_window_closed_are_closed_too(at: Desk) -> None:
    at.presenter.shut_down()
    at.presenter.use(at.backing())
    assert at.loader.closed


def test_closing_waits_once_however_often_it_is_asked(at: Desk) -> None:
    closed = []
    at.presenter.use(replace(at.backing(), close=lambda: bool(closed.append(1))))
    assert not at.presenter.shut_down()
    assert not at.presenter.shut_down()
    assert closed == [1]


def test_the_model_and_its_device_are_named(at: Desk, qtbot) -> None:
    at.presenter.use(at.backing())
    qtbot.waitUntil(lambda: at.presenter.facts == FACTS)
