"""Runs and results: each film of a run in exactly one state, and recalled only while nothing has changed."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FACTS, make_analysis, make_film

from radassist.domain.study import FileStamp, FilmSource
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.export.csv_table import write_csv
from radassist.export.keys import PlainKeys
from radassist.store.database import Database
from radassist.store.results import ResultStore, RunKind
from radassist.workflow.outcome import conclude

STAMP = FileStamp(1000, 5)
ITEMS = [WorklistItem(number, FilmSource(Path(name))) for number, name in enumerate(["a.dcm", "b.dcm", "c.dcm"])]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "results.sqlite"


@pytest.fixture
def store(path):
    with closing(ResultStore(Database(path), "1.0")) as store:
        yield store


@pytest.fixture
def run(store):
    run = store.begin(FACTS, RunKind.COMMAND)
    run.add(ITEMS)
    return run


def scored(item):
    film = make_film(item.source.name)
    return conclude(item.started(), make_analysis(film), film)


def failed(item):
    return item.started().failed(f"{item.source.name} is cut short.")


def never():
    raise AssertionError("nobody needs the digest")


def test_films_wait_until_they_have_a_result(run):
    run.save([(scored(ITEMS[0]), STAMP)])

    assert [item.state for item in run.items()] == ["scored", "waiting", "waiting"]
    assert run.counts() == {ItemState.SCORED: 1, ItemState.WAITING: 2}


def test_a_film_that_is_saved_twice_has_one_result(run):
    run.save([(failed(ITEMS[0]), STAMP)])
    run.save([(scored(ITEMS[0]), STAMP)])

    assert run.counts() == {ItemState.SCORED: 1, ItemState.WAITING: 2}


def test_an_unchanged_film_is_recalled_with_its_own_number(run, store):
    run.save([(scored(ITEMS[0]), STAMP)])
    again = replace(ITEMS[0], number=17)

    recalled = store.begin(FACTS, RunKind.COMMAND).recall(again, STAMP, never)

    assert recalled.number == 17
    assert recalled.analysis.prediction == scored(ITEMS[0]).analysis.prediction


def test_it_is_known_after_the_program_was_started_anew(run, path):
    run.save([(scored(ITEMS[0]), STAMP)])

    with closing(ResultStore(Database(path), "1.0")) as other:
        assert other.begin(FACTS, RunKind.COMMAND).recall(ITEMS[0], STAMP, never).state is ItemState.SCORED


@pytest.mark.parametrize("stamp", [FileStamp(1001, 5), FileStamp(1000, 6), FileStamp(1000, None)])
def test_a_film_that_may_have_changed_is_recognised_by_its_content_or_not_at_all(run, stamp):
    run.save([(scored(ITEMS[0]), STAMP)])

    assert run.recall(ITEMS[0], stamp, lambda: "other content") is None
    same_content = run.recall(ITEMS[0], replace(stamp, size=1000), lambda: scored(ITEMS[0]).film_sha256)
    assert same_content.state is ItemState.SCORED


def test_a_copy_of_a_scored_film_is_recognised_under_its_own_name(run):
    run.save([(scored(ITEMS[0]), STAMP)])

    recalled = run.recall(ITEMS[1], FileStamp(1000, 9), lambda: scored(ITEMS[0]).film_sha256)

    assert recalled.source == ITEMS[1].source
    assert recalled.state is ItemState.SCORED


def test_a_failure_is_not_recognised_by_content_since_its_sentence_names_the_file(run):
    run.save([(replace(failed(ITEMS[0]), film_sha256="ab"), STAMP)])

    assert run.recall(ITEMS[1], STAMP, lambda: "ab") is None
    assert run.recall(ITEMS[0], STAMP, never).reason == "a.dcm is cut short."


def test_a_film_that_could_not_be_looked_at_is_not_recalled(run):
    run.save([(failed(ITEMS[0]), None)])

    assert run.recall(ITEMS[0], STAMP, never) is None


@pytest.mark.parametrize(
    "change",
    [
        {"model": "other"},
        {"sha256": "cd" * 32},
        {"card_sha256": "new"},
        {"preprocessing": "v2"},
        {"card_threshold": 0.4},
    ],
)
def test_results_of_another_model_are_not_recalled(run, store, change):
    run.save([(scored(ITEMS[0]), STAMP)])

    assert store.begin(replace(FACTS, **change), RunKind.COMMAND).recall(ITEMS[0], STAMP, never) is None


@pytest.mark.parametrize("stamp", [STAMP, FileStamp(1000, 6)], ids=["by its stamp", "by its content"])
def test_an_answer_of_another_model_is_not_recalled_though_it_stands_among_this_models(run, stamp):
    right = scored(ITEMS[0])
    provenance = replace(right.analysis.provenance, model_sha256="cd" * 32)
    run.save([(replace(right, analysis=replace(right.analysis, provenance=provenance)), STAMP)])

    assert run.recall(ITEMS[0], stamp, lambda: right.film_sha256) is None
    run.save([(right, STAMP)])
    assert run.recall(ITEMS[0], stamp, lambda: right.film_sha256).analysis.provenance.model_sha256 == FACTS.sha256


def test_a_result_comes_back_decided_at_the_threshold_of_the_run_and_its_scores_are_the_same(run, store):
    film = make_film("a.dcm")
    run.save([(conclude(ITEMS[0].started(), make_analysis(film, probability=0.6), film), STAMP)])
    here = replace(FACTS, threshold=0.7, threshold_by="set here: threshold=0.7", card_threshold=FACTS.threshold)
    other = store.begin(here, RunKind.COMMAND)
    other.add(ITEMS[:1])

    recalled = other.recall(ITEMS[0], STAMP, never)
    copied = other.recall(replace(ITEMS[0], number=7), FileStamp(1000, 9), lambda: film.facts.sha256)
    other.save([(recalled, STAMP)])

    for prediction in (
        recalled.analysis.prediction,
        copied.analysis.prediction,
        next(other.items()).analysis.prediction,
    ):
        assert (prediction.decision, prediction.threshold, prediction.positive_probability) == ("NORMAL", 0.7, 0.6)
        assert prediction.threshold_by == "set here: threshold=0.7"
    assert (
        store.begin(FACTS, RunKind.COMMAND).recall(ITEMS[0], STAMP, never).analysis.prediction.decision == "PNEUMONIA"
    )


def test_results_of_another_version_of_the_program_are_not_recalled(run, path):
    run.save([(scored(ITEMS[0]), STAMP)])

    with closing(ResultStore(Database(path), "1.1")) as newer:
        assert newer.begin(FACTS, RunKind.COMMAND).recall(ITEMS[0], STAMP, never) is None


def test_the_newest_result_is_recalled(run):
    run.save([(failed(ITEMS[0]), STAMP)])
    run.save([(scored(ITEMS[0]), STAMP)])

    assert run.recall(ITEMS[0], STAMP, never).state is ItemState.SCORED


def test_recalled_results_take_no_more_room(run, store):
    run.save([(scored(ITEMS[0]), STAMP)])
    other = store.begin(FACTS, RunKind.COMMAND)
    other.add(ITEMS)
    other.save([(run.recall(ITEMS[0], STAMP, never), STAMP)])

    assert store._database.rows("SELECT count(*) FROM result") == [(1,)]
    assert other.counts()[ItemState.SCORED] == 1


def test_names_that_are_no_text_come_back(store):
    odd = WorklistItem(0, FilmSource(Path("caf\udce9.zip"), "\ud800 member"))
    run = store.begin(FACTS, RunKind.COMMAND)
    run.add([odd])
    run.save([(failed(odd), STAMP)])

    (item,) = run.items()
    assert item.source == odd.source
    assert run.recall(odd, STAMP, never).reason == failed(odd).reason


def test_the_table_from_the_store_is_the_table_of_the_run_byte_for_byte(run, tmp_path):
    ended = [scored(ITEMS[0]), failed(ITEMS[1]), scored(ITEMS[2])]
    for item in ended:
        run.save([(item, STAMP)])

    write_csv(ended, tmp_path / "direct.csv", labels=FACTS.labels, keys=PlainKeys())
    write_csv(run.items(), tmp_path / "stored.csv", labels=FACTS.labels, keys=PlainKeys())

    assert (tmp_path / "stored.csv").read_bytes() == (tmp_path / "direct.csv").read_bytes()


def test_only_an_unfinished_run_of_its_kind_is_offered(store):
    assert store.last_unfinished(RunKind.WINDOW) is None
    run = store.begin(FACTS, RunKind.WINDOW)
    run.add(ITEMS)
    run.save([(scored(ITEMS[0]), STAMP)])

    unfinished = store.last_unfinished(RunKind.WINDOW)
    assert unfinished.sources == tuple(item.source for item in ITEMS)
    assert unfinished.done == 1
    assert store.last_unfinished(RunKind.COMMAND) is None


@pytest.mark.parametrize("end", [lambda store, run: run.finish(), lambda store, run: store.close_runs(RunKind.WINDOW)])
def test_a_closed_run_is_not_offered_again(store, end):
    run = store.begin(FACTS, RunKind.WINDOW)
    run.add(ITEMS)
    end(store, run)

    assert store.last_unfinished(RunKind.WINDOW) is None


def test_films_that_a_later_run_holds_are_not_open_any_more(store):
    first, second = (store.begin(FACTS, RunKind.WINDOW) for _ in range(2))
    first.add(ITEMS)
    second.add(ITEMS)
    assert store.last_unfinished(RunKind.WINDOW).done == 0

    second.save([(failed(item), STAMP) for item in ITEMS])

    assert store.last_unfinished(RunKind.WINDOW) is None
