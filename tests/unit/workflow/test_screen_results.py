"""What is scored on the screen is kept once, under the model that said it, and known to every queue after."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FACTS, make_analysis, make_film

from radassist.domain.errors import RefusedImage
from radassist.domain.study import FileStamp, FilmSource
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.store.database import Database
from radassist.store.results import ResultStore, RunKind
from radassist.workflow.outcome import conclude
from radassist.workflow.screen_results import ScreenResults

STAMP = FileStamp(1000, 5)


@pytest.fixture
def store(tmp_path):
    with closing(ResultStore(Database(tmp_path / "results.sqlite"), "1.0")) as store:
        yield store


@pytest.fixture
def keep(store):
    return ScreenResults(lambda facts: store.begin(facts, RunKind.SCREEN))


def ended(name, answer=None):
    film = make_film(name)
    return conclude(WorklistItem(0, FilmSource(Path(name))).started(), answer or make_analysis(film), film)


def known(store, name, stamp=STAMP, facts=FACTS):
    return store.begin(facts, RunKind.WINDOW).recall(WorklistItem(9, FilmSource(Path(name))), stamp, lambda: None)


def results(store):
    return store._database.rows("SELECT count(*) FROM result")[0][0]


def test_a_queue_knows_what_the_screen_has_scored(store, keep):
    keep(ended("a.dcm"), STAMP, FACTS)
    keep(ended("b.dcm", RefusedImage("A hand.")), STAMP, FACTS)

    assert known(store, "a.dcm").analysis.prediction == ended("a.dcm").analysis.prediction
    assert (known(store, "b.dcm").state, known(store, "b.dcm").reason) == (ItemState.REFUSED, "A hand.")


def test_a_film_that_is_looked_at_again_takes_no_more_room(store, keep):
    for predict_ms in (2.0, 3.0):
        item = ended("a.dcm")
        provenance = replace(item.analysis.provenance, predict_ms=predict_ms)
        keep(replace(item, analysis=replace(item.analysis, provenance=provenance)), STAMP, FACTS)

    assert results(store) == 1


def test_a_film_that_has_changed_is_kept_anew(store, keep):
    keep(ended("a.dcm"), STAMP, FACTS)
    changed = replace(ended("other content"), source=FilmSource(Path("a.dcm")))
    keep(changed, FileStamp(1000, 6), FACTS)

    assert known(store, "a.dcm", FileStamp(1000, 6)).film_sha256 == changed.film_sha256


def test_each_model_has_a_run_of_its_own(store, keep):
    other = replace(FACTS, sha256="cd" * 32)
    keep(ended("a.dcm"), STAMP, FACTS)
    keep(ended("a.dcm"), STAMP, other)  # said by the model before

    assert known(store, "a.dcm", facts=other) is None
    assert results(store) == 1


def test_no_unfinished_queue_is_offered_for_films_that_were_only_looked_at(store, keep):
    keep(ended("a.dcm"), None, FACTS)

    assert results(store) == 1
    assert all(store.last_unfinished(kind) is None for kind in RunKind)


def test_where_nothing_can_be_kept_the_film_is_shown_all_the_same(store, keep, caplog):
    store.close()

    keep(ended("a.dcm"), STAMP, FACTS)

    assert "could not be kept" in caplog.text
    assert "a.dcm" not in caplog.text
