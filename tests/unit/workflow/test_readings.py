"""Answers of readers leave their lines in the record, without their words."""

import json
from contextlib import closing

import pytest
from helpers.fakes import make_answer

from radassist.domain.errors import StoreError
from radassist.domain.reading import Opinion
from radassist.export.audit import AuditTrail, check_audit
from radassist.export.keys import SaltedKeys
from radassist.store.database import Database
from radassist.store.readings import StoredReadings
from radassist.workflow.readings import AuditedReadings

FILM = "cd" * 32


@pytest.fixture
def path(tmp_path):
    return tmp_path / "audit.jsonl"


@pytest.fixture
def readings(tmp_path, path):
    with closing(Database(tmp_path / "results.sqlite")) as database:
        yield AuditedReadings(StoredReadings(database), AuditTrail(path, SaltedKeys(b"salt")))


def entries(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_reading_overriding_and_taking_back_are_recorded(readings, path):
    readings.add(make_answer(FILM, Opinion.AGREE))
    readings.add(make_answer(FILM, Opinion.DISAGREE))
    readings.undo(FILM)
    readings.add(make_answer(FILM, Opinion.UNDETERMINED, seen=None))

    acts = [(entry["act"], entry["opinion"], entry.get("decision")) for entry in entries(path)]
    assert acts == [
        ("read", "agree", "PNEUMONIA"),
        ("overridden", "disagree", "PNEUMONIA"),
        ("taken back", "disagree", "PNEUMONIA"),
        ("read", "undetermined", None),
    ]
    assert check_audit(path).problems == ()


def test_the_record_names_neither_the_film_nor_what_the_reader_wrote(readings, path):
    readings.add(make_answer(FILM, Opinion.LABEL, label="ZZCANARY", note="ZZCANARY", study_uid="1.2.3.4"))
    readings.undo(FILM)

    text = path.read_text()
    assert not any(secret in text for secret in ("ZZCANARY", FILM, "1.2.3.4"))


def test_where_nothing_stands_nothing_is_taken_back_or_recorded(readings, path):
    assert readings.undo(FILM) is None
    assert readings.latest_of([FILM]) == {}
    assert not path.exists()


def test_an_answer_is_kept_even_where_it_cannot_be_recorded(readings, path):
    path.mkdir()

    with pytest.raises(StoreError):
        readings.add(make_answer(FILM))
    assert readings.latest_of([FILM]) == {FILM: make_answer(FILM)}
