"""How films come onto the worklist of the window."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import make_analysis, make_film, make_items
from helpers.windows import Desk, desk

from radassist.domain.cancellation import CancelToken
from radassist.domain.study import FilmSource, Identity, Instance
from radassist.domain.worklist import ItemState


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        yield made


def test_triaged_films_are_shown_with_their_answers_and_not_scored_again(at: Desk, qtbot) -> None:
    scored = [
        item.started().scored(make_analysis(make_film(item.source.name))) for item in make_items("a.dcm", "b.dcm")
    ]
    at.presenter.add_items(scored)
    at.presenter.use(at.backing())
    qtbot.waitUntil(lambda: at.is_settled() and at.presenter.films.current is not None)
    assert not at.presenter.queue.waiting()
    at.open("late.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 3 and at.is_settled())
    assert [item.number for item in at.items()] == [0, 1, 2]


def test_a_folder_without_films_is_said_so(at: Desk, qtbot) -> None:
    def nothing(paths: object, cancel: CancelToken):
        yield from ()

    backing = at.backing()
    at.presenter.use(replace(backing, services=replace(backing.services, discover=nothing)))
    at.open("empty")
    qtbot.waitUntil(lambda: at.window.message_bar.sentence == "There are no films there.")


def test_films_still_being_listed_do_not_come_back_after_closing_all(at: Desk, qtbot) -> None:
    backing = at.backing()

    def slowly(paths: object, cancel: CancelToken):
        for number in range(200):
            cancel.wait(0.01)
            yield Instance(FilmSource(Path(f"{number}.dcm")))

    at.presenter.use(replace(backing, services=replace(backing.services, discover=slowly)))
    at.open("folder")
    qtbot.waitUntil(lambda: len(at.items()) > 3)
    with qtbot.waitSignal(at.presenter.intake.ended):
        at.presenter.close_all()
    assert at.items() == [] and not at.presenter.queue.is_running
    assert at.window.message_bar.sentence == ""


def test_an_empty_folder_beside_a_full_one_is_told_of(at: Desk, qtbot) -> None:
    def only_full(paths, cancel: CancelToken):
        if paths[0].name == "full":
            yield Instance(FilmSource(Path("a.dcm")))

    backing = at.backing()
    at.presenter.use(replace(backing, services=replace(backing.services, discover=only_full)))
    at.open("empty")
    at.open("full")
    qtbot.waitUntil(lambda: at.window.message_bar.sentence == "There are no films there.")
    qtbot.waitUntil(lambda: len(at.items()) == 1 and at.is_settled())


def test_patients_are_named_before_their_films_are_scored(at: Desk, qtbot) -> None:
    at.settings.score_on_opening = False
    at.loader.identities = {"c.dcm": Identity(study_uid="1.2", patient_name="DOE^JANE")}
    at.presenter.use(at.backing())
    at.open("a.png", "b.png", "c.dcm", "d.png")
    qtbot.waitUntil(lambda: len(at.items()) == 4 and at.item(2).identity is not None)
    assert at.item(2).identity.patient_name == "DOE^JANE"
    assert at.item(2).state is ItemState.WAITING
