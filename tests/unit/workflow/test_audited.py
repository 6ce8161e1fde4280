"""Runs and readings leave their lines."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from helpers.fakes import FACTS, FakeLoader, make_analysis, make_film

from radassist.domain.errors import DecodeError
from radassist.domain.study import FileStamp, FilmSource
from radassist.domain.worklist import WorklistItem
from radassist.export.audit import AuditTrail
from radassist.export.keys import PlainKeys
from radassist.store.database import Database
from radassist.store.results import ResultStore, RunKind
from radassist.workflow.audited import AuditedLoader, AuditedRuns

STAMP = FileStamp(1000, 5)
ITEM = WorklistItem(0, FilmSource(Path("a.dcm")))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "audit.jsonl"


@pytest.fixture
def begin(tmp_path, path):
    with closing(ResultStore(Database(tmp_path / "results.sqlite"), "1.0")) as store:
        yield AuditedRuns(lambda facts: store.begin(facts, RunKind.COMMAND), AuditTrail(path, PlainKeys()))


def acts(path):
    return [json.loads(line)["act"] for line in path.read_text().splitlines()]


def test_a_run_is_recorded_and_kept(begin, path):
    run = begin(FACTS)
    run.add([ITEM])
    run.save([(ITEM.started().scored(make_analysis(make_film("a.dcm"))), STAMP)])
    run.finish()

    assert acts(path) == ["started", "scored"]
    assert sum(run.counts().values()) == len(list(run.items())) == 1


def test_what_was_not_scored_now_is_recorded_as_recalled(begin, path):
    begin(FACTS).save([(ITEM.started().failed("Cut short."), STAMP)])
    run = begin(FACTS)

    run.save([(run.recall(ITEM, STAMP, lambda: None), STAMP)])

    assert acts(path) == ["started", "failed", "started", "recalled"]


def test_films_that_had_ended_before_a_run_are_not_recorded_again_and_those_tried_again_are(begin, path):
    run, done = begin(FACTS), ITEM.started().failed("Cut short.")
    run.add([done])
    run.save([(done, None)])
    assert acts(path) == ["started"]
    run.save([(done.started().failed("Cut short."), STAMP)])
    assert acts(path) == ["started", "failed"]


def test_films_read_for_the_screen_are_recorded_as_opened(path):
    loader = AuditedLoader(FakeLoader({"bad": DecodeError("Cut short.")}), AuditTrail(path, PlainKeys()))

    loader.submit(FilmSource(Path("bad")), urgent=True)
    film = loader.submit(FilmSource(Path("good"))).result()
    loader.identify(FilmSource(Path("other"))).result()
    loader.read_tags(FilmSource(Path("other"))).result()
    loader.close()

    assert acts(path) == ["opened"]
    assert film.facts.sha256 in path.read_text()


def test_a_film_can_be_looked_at_even_where_nothing_can_be_recorded(tmp_path, caplog):
    (tmp_path / "file").touch()
    loader = AuditedLoader(FakeLoader(), AuditTrail(tmp_path / "file" / "audit", PlainKeys()))

    assert loader.submit(FilmSource(Path("good"))).result()
    assert "could not be recorded" in caplog.text
