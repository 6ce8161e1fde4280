"""One film on the screen: its own answer, never another's."""

import random
from pathlib import Path
from threading import Event

import pytest
from helpers.fakes import FakeLoader, make_analysis, make_film, make_items
from helpers.windows import Desk, desk

from radassist.domain.errors import DecodeError, UserError
from radassist.domain.worklist import ItemState

NAMES = [f"{number:03}.dcm" for number in range(40)]


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.settings.score_on_opening = False
        made.window.show()
        yield made


def _add(at: Desk, *names: str) -> None:
    at.presenter.add_items(make_items(*names))
    at.presenter.use(at.backing())


def test_the_film_is_seen_before_its_score_is_known(at: Desk, qtbot) -> None:
    go = Event()
    at.predictor.before_predict = lambda: go.wait(30)
    _add(at, "a.dcm")
    qtbot.waitUntil(lambda: at.window.film.radiograph is not None)
    assert at.presenter.films.current.analysis is None
    go.set()
    qtbot.waitUntil(at.is_settled)
    assert at.presenter.films.current.analysis is not None


def test_after_any_rush_of_selections_film_title_and_answer_are_of_one_file(at: Desk, qtbot) -> None:
    _add(at, *NAMES)
    choose = random.Random(7)
    for _ in range(200):
        number = choose.randrange(len(NAMES))
        at.window.worklist.select(number)
        if choose.random() < 0.2:
            qtbot.wait(1)
        film = at.window.film.radiograph
        if film is not None:
            assert film.facts.sha256 == make_film(NAMES[number]).facts.sha256
        assert NAMES[number] in at.window.windowTitle()
    qtbot.waitUntil(at.is_settled)
    current = at.presenter.films.current
    assert current.analysis.film_sha256 == at.window.film.radiograph.facts.sha256


def test_a_late_film_never_reaches_the_screen_of_another(qtbot, tmp_path: Path) -> None:
    with desk(tmp_path, FakeLoader(held=frozenset({"slow.dcm"}))) as at:
        qtbot.addWidget(at.window)
        _add(at, "slow.dcm", "quick.dcm")
        at.window.worklist.select(0)
        qtbot.waitUntil(lambda: "slow.dcm" in at.loader.submitted)
        at.window.worklist.select(1)
        qtbot.waitUntil(lambda: at.window.film.radiograph is not None)
        at.loader.release("slow.dcm")
        qtbot.waitUntil(at.is_settled)
        assert at.window.film.radiograph.facts.sha256 == make_film("quick.dcm").facts.sha256


def test_the_neighbours_are_read_ahead(at: Desk, qtbot) -> None:
    _add(at, "a.dcm", "b.dcm", "c.dcm")
    at.window.worklist.select(0)
    qtbot.waitUntil(lambda: at.item(1).state is ItemState.SCORED)
    at.window.worklist.step(1)
    assert at.presenter.films.current is not None and at.presenter.films.current.is_complete


def test_a_film_scored_on_the_screen_is_scored_on_the_worklist(at: Desk, qtbot) -> None:
    _add(at, "a.dcm")
    qtbot.waitUntil(lambda: at.item(0).state is ItemState.SCORED)
    assert at.item(0).analysis.feature_maps == ()
    assert len(at.presenter.films.current.analysis.feature_maps) == 2


def test_a_damaged_film_shows_its_reason_in_place_of_a_picture(at: Desk, qtbot) -> None:
    at.loader.outcomes = {"bad.dcm": DecodeError("bad.dcm is cut short.")}
    _add(at, "bad.dcm")
    qtbot.waitUntil(lambda: at.item(0).state is ItemState.FAILED)
    assert at.window.film.radiograph is None
    assert at.item(0).reason == "bad.dcm is cut short."


def test_an_answer_made_from_other_bytes_never_stands_under_the_film(at: Desk, qtbot) -> None:
    (item,) = make_items("a.dcm")
    old = item.started().scored(make_analysis(make_film("an older file"), probability=0.02))
    at.loader.outcomes = {"a.dcm": make_film("a newer file")}
    shown: list[float] = []
    at.window.findings.show_analysis = lambda analysis: shown.append(analysis.film_sha256)
    at.presenter.add_items([old])
    at.presenter.use(at.backing())
    qtbot.waitUntil(at.is_settled)
    newer = make_film("a newer file").facts.sha256
    assert set(shown) == {newer}
    assert at.item(0).film_sha256 == newer


def test_a_scored_film_whose_file_is_gone_keeps_its_row(at: Desk, qtbot) -> None:
    (item,) = make_items("a.dcm")
    at.loader.outcomes = {"a.dcm": DecodeError("a.dcm is not there any more.")}
    at.presenter.add_items([item.started().scored(make_analysis(make_film("a.dcm")))])
    at.presenter.use(at.backing())
    qtbot.waitUntil(lambda: "not there any more" in at.window.film.accessibleDescription())
    assert at.item(0).state is ItemState.SCORED


@pytest.mark.parametrize("error", [UserError("a.dcm gave a score that is no number."), ZeroDivisionError()])
def test_a_film_that_cannot_be_scored_is_not_waited_for(at: Desk, qtbot, error: Exception) -> None:
    at.predictor.poison = {make_film("a.dcm").facts.sha256: error}
    _add(at, "a.dcm")
    qtbot.waitUntil(lambda: at.item(0).state is ItemState.FAILED)
    assert at.presenter.films.current.problem == at.item(0).reason
    assert at.window.film.radiograph is not None


def test_the_picture_stays_on_the_screen_while_another_model_answers(at: Desk, qtbot) -> None:
    _add(at, "a.dcm", "b.dcm")
    qtbot.waitUntil(at.is_settled)
    picture = at.window.film.radiograph
    at.presenter.films.forget_answers()
    assert at.window.film.radiograph is picture
    assert at.presenter.films.current.analysis is None
    qtbot.waitUntil(at.is_settled)
    assert at.presenter.films.current.analysis is not None
    assert at.window.film.radiograph is picture
