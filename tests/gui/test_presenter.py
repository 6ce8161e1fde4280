"""The window's story, with the real widgets and stand-ins for decoders and model."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FACTS, make_analysis, make_film, make_items, make_services
from helpers.windows import Desk, desk

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import DecodeError, ModelUnavailable, StoreError
from radassist.domain.study import FilmSource, Identity, Instance
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


def test_a_table_that_cannot_be_written_is_told_in_one_sentence(at: Desk, qtbot) -> None:
    def refuse(items: object, target: Path, labels: object) -> None:
        raise StoreError(f"{target.name} cannot be written: the disk is full.")

    at.presenter.use(replace(at.backing(), write_csv=refuse))
    at.presenter.export_csv(Path("out.csv"))
    qtbot.waitUntil(lambda: at.window.message_bar.sentence == "out.csv cannot be written: the disk is full.")


def test_an_export_holds_every_film_on_the_worklist(at: Desk, qtbot) -> None:
    at.presenter.use(at.backing())
    at.open("a.dcm", "b.dcm", "c.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 3 and at.is_settled())
    at.presenter.export_csv(Path("out.csv"))
    qtbot.waitUntil(lambda: len(at.written) == 1)
    items, target = at.written[0]
    assert target == Path("out.csv")
    assert sorted(item.source.name for item in items) == ["a.dcm", "b.dcm", "c.dcm"]
    qtbot.waitUntil(lambda: at.window.statusBar().currentMessage() == "3 rows written to out.csv.")


def test_an_export_says_what_is_not_in_it(at: Desk, qtbot) -> None:
    (scored, waiting) = make_items("a.dcm", "b.dcm")
    at.settings.score_on_opening = False
    at.presenter._backing = at.backing()
    at.presenter.add_items([scored.started().refused("A hand."), waiting])
    at.presenter.export_csv(Path("out.csv"))
    qtbot.waitUntil(lambda: at.window.message_bar.sentence != "")
    assert at.window.message_bar.sentence == ("1 row written to out.csv; 1 film is not scored yet and not in it.")
    assert [item.source.name for item in at.written[0][0]] == ["a.dcm"]


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


def test_films_still_being_listed_do_not_come_back_after_closing_all(at: Desk, qtbot) -> None:
    backing = at.backing()

    def slowly(paths: object, cancel: CancelToken):
        for number in range(200):
            cancel.wait(0.01)
            yield Instance(FilmSource(Path(f"{number}.dcm")))

    at.presenter.use(replace(backing, services=replace(backing.services, discover=slowly)))
    at.open("folder")
    qtbot.waitUntil(lambda: len(at.items()) > 3)
    at.presenter.close_all()
    qtbot.wait(300)
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


def test_patients_are_named_before_their_films_are_scored(at: Desk, qtbot) -> None:
    at.settings.score_on_opening = False
    at.loader.identities = {"c.dcm": Identity(study_uid="1.2", patient_name="DOE^JANE")}
    at.presenter.use(at.backing())
    at.open("a.png", "b.png", "c.dcm", "d.png")
    qtbot.waitUntil(lambda: len(at.items()) == 4 and at.item(2).identity is not None)
    assert at.item(2).identity.patient_name == "DOE^JANE"
    assert at.item(2).state is ItemState.WAITING


def test_notes_are_exported_only_where_they_are_kept(at: Desk, qtbot, tmp_path: Path) -> None:
    at.presenter.use(at.backing())
    at.presenter.export_csv(tmp_path / "named.csv", identified=True)
    assert at.written == [] and "no notes" in at.window.message_bar.sentence
