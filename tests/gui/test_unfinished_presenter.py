"""A queue that was cut short is offered at the next start, and continued with one click."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from helpers.fakes import FACTS, fake_discover, make_analysis, make_film, make_items
from helpers.windows import Desk, desk

from radassist.domain.errors import DecodeError, StoreError
from radassist.domain.study import FilmSource
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.gui.backing import Backing
from radassist.imaging.stamps import stamp_of
from radassist.store.database import Database
from radassist.store.results import ResultStore, RunKind

LONG_AGO = 1_700_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ResultStore]:
    with closing(ResultStore(Database(tmp_path / "results.sqlite"), "1.0")) as made:
        yield made


@pytest.fixture
def films(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "films"
    folder.mkdir()
    made = [folder / f"{number:02}.dcm" for number in range(12)]
    for number, path in enumerate(made):
        path.write_bytes(b"x" * (number + 1))
        os.utime(path, (LONG_AGO, LONG_AGO))
    return made


@pytest.fixture
def at(qtbot, tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        yield made


def backing(at: Desk, store: ResultStore) -> Backing:
    plain = at.backing()
    return replace(
        plain,
        services=replace(plain.services, begin_run=partial(store.begin, kind=RunKind.WINDOW), discover=fake_discover),
        unfinished=partial(store.last_unfinished, RunKind.WINDOW),
        forget_unfinished=partial(store.close_runs, RunKind.WINDOW),
    )


def cut_short(store: ResultStore, films: list[Path], done: int) -> None:
    """As a killed program leaves it."""
    items = [WorklistItem(number, FilmSource(path)) for number, path in enumerate(films)]
    run = store.begin(FACTS, RunKind.WINDOW)
    run.add(items)
    for item in items[:done]:
        run.save([(item.started().scored(make_analysis(make_film(item.source.name))), stamp_of(item.source))])


def test_nothing_is_offered_where_nothing_was_cut_short(at: Desk, store: ResultStore, qtbot) -> None:
    at.presenter.use(backing(at, store))
    qtbot.waitUntil(lambda: at.presenter.facts is not None)
    assert at.window.offer_bar.isHidden()


def test_a_queue_that_was_cut_short_is_offered_and_continued(at: Desk, store: ResultStore, films, qtbot) -> None:
    cut_short(store, films, done=8)
    at.presenter.use(backing(at, store))
    qtbot.waitUntil(lambda: at.window.offer_bar.sentence != "")
    assert "8 of its 12 films" in at.window.offer_bar.sentence

    at.window.offer_bar.accepted.emit()

    qtbot.waitUntil(lambda: len(at.items()) == 12 and not at.presenter.queue.is_running)
    assert {item.state for item in at.items()} == {ItemState.SCORED}
    assert store.last_unfinished(RunKind.WINDOW) is None


def test_what_nobody_wants_is_not_offered_again(at: Desk, store: ResultStore, films, qtbot) -> None:
    cut_short(store, films, done=8)
    at.presenter.use(backing(at, store))
    qtbot.waitUntil(lambda: at.window.offer_bar.sentence != "")

    at.window.offer_bar.declined.emit()

    qtbot.waitUntil(lambda: store.last_unfinished(RunKind.WINDOW) is None)


def test_a_store_that_cannot_be_read_is_one_sentence(at: Desk, store: ResultStore, qtbot) -> None:
    def broken() -> None:
        raise StoreError("The results cannot be kept in x: the disk reports an error.")

    at.presenter.use(replace(backing(at, store), unfinished=broken))
    qtbot.waitUntil(lambda: "disk reports an error" in at.window.message_bar.sentence)


def test_a_missing_store_is_said_and_films_are_scored_all_the_same(at: Desk, qtbot) -> None:
    at.presenter.use(replace(at.backing(), warning="The results cannot be kept."))
    at.open("a.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 1 and at.is_settled())
    assert at.window.message_bar.sentence == "The results cannot be kept."
    assert at.item(0).state is ItemState.SCORED


def test_results_are_kept_while_the_queue_still_runs(at: Desk, store: ResultStore, films, qtbot) -> None:
    go = Event()
    at.predictor.before_predict = lambda: len(at.predictor.calls) > 3 and go.wait(60)
    at.presenter.use(backing(at, store))
    at.presenter.open_paths(films)
    qtbot.waitUntil(lambda: len(at.predictor.calls) > 3)
    unfinished = store.last_unfinished(RunKind.WINDOW)
    go.set()
    assert unfinished is not None
    assert len(unfinished.sources) == 12
    assert unfinished.done >= 4
    qtbot.waitUntil(lambda: at.is_settled() and len(at.items()) == 12)
    assert store.last_unfinished(RunKind.WINDOW) is None


def test_failed_films_are_tried_again_with_one_click(at: Desk, store: ResultStore, films, qtbot) -> None:
    at.loader.outcomes = {"05.dcm": DecodeError("05.dcm is cut short.")}
    at.presenter.use(backing(at, store))
    at.presenter.open_paths(films)
    qtbot.waitUntil(lambda: len(at.items()) == 12 and at.is_settled())
    assert at.item(5).state is ItemState.FAILED
    at.loader.outcomes = {}

    at.window.queue.retry_requested.emit()

    qtbot.waitUntil(lambda: at.item(5).state is ItemState.SCORED)
    qtbot.waitUntil(lambda: not at.presenter.queue.is_running)
    assert store.last_unfinished(RunKind.WINDOW) is None


def test_a_full_disk_pauses_the_queue_with_one_sentence_and_it_goes_on(at: Desk, store, films, qtbot) -> None:
    full = Event()
    full.set()

    class Run:
        def __init__(self, run):
            self._run = run

        def __getattr__(self, name):
            return getattr(self._run, name)

        def save(self, ended):
            if full.is_set():
                raise StoreError("The results cannot be kept: the disk is full.")
            self._run.save(ended)

    made = backing(at, store)
    begin = made.services.begin_run
    at.settings.score_on_opening = False
    at.presenter.use(replace(made, services=replace(made.services, begin_run=lambda facts: Run(begin(facts)))))
    at.presenter.add_items([replace(item, number=item.number + 100) for item in make_items("a.dcm", "b.dcm", "c.dcm")])
    at.presenter.films.close_film()
    at.presenter.start_queue()
    qtbot.waitUntil(lambda: "disk is full" in at.window.message_bar.sentence and at.presenter.queue.is_paused)

    full.clear()
    at.presenter.queue.set_paused(False)

    qtbot.waitUntil(lambda: not at.presenter.queue.is_running)
    assert {item.state for item in at.items()} == {ItemState.SCORED}
