"""Answers of readers: the newest stands, taking back adds a row, nothing is ever changed."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from helpers.fakes import make_answer

from radassist.domain.errors import StoreError
from radassist.domain.reading import Opinion
from radassist.store.database import Database
from radassist.store.readings import StoredReadings
from radassist.store.schema import MIGRATIONS

FILM, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture
def database(tmp_path):
    with closing(Database(tmp_path / "results.sqlite")) as database:
        yield database


@pytest.fixture
def readings(database):
    return StoredReadings(database)


def test_an_answer_comes_back_whole(readings):
    moment = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    with_score = make_answer(
        FILM, Opinion.LABEL, label="NORMAL", note="=1+1\n\0 \u202e", answered_at=moment, study_uid="1.2"
    )
    blind = make_answer(OTHER, Opinion.UNDETERMINED, seen=None)
    readings.add(with_score)
    readings.add(blind)

    assert readings.latest_of([FILM, OTHER, "never read"]) == {FILM: with_score, OTHER: blind}


def test_the_newest_answer_stands_even_where_the_clock_was_set_back(readings):
    first = make_answer(FILM, Opinion.AGREE)
    second = make_answer(FILM, Opinion.DISAGREE, answered_at=first.answered_at - timedelta(days=400))
    readings.add(first)
    readings.add(second)

    assert readings.latest_of([FILM]) == {FILM: second}


def test_taking_answers_back_brings_the_ones_before_them_back_one_by_one(readings):
    first, second = make_answer(FILM, Opinion.AGREE), make_answer(FILM, Opinion.DISAGREE)
    readings.add(first)
    readings.add(second)

    assert readings.undo(FILM) == second
    assert readings.latest_of([FILM]) == {FILM: first}
    assert readings.undo(FILM) == first
    assert readings.latest_of([FILM]) == {}
    assert readings.undo(FILM) is None
    readings.add(second)
    assert readings.latest_of([FILM]) == {FILM: second}


def test_taking_back_leaves_other_films_alone_and_forgets_nothing(readings, database):
    readings.add(make_answer(FILM))
    readings.add(make_answer(OTHER))

    readings.undo(FILM)

    assert set(readings.latest_of([FILM, OTHER])) == {OTHER}
    assert database.rows("SELECT count(*) FROM reading WHERE opinion IS NOT NULL") == [(2,)]


@pytest.mark.parametrize("change", ["UPDATE reading SET opinion = 'disagree'", "DELETE FROM reading"])
def test_rows_can_be_neither_changed_nor_removed(readings, database, change):
    readings.add(make_answer(FILM))

    with pytest.raises(StoreError), database.transaction() as connection:
        connection.execute(change)
    assert readings.latest_of([FILM]) == {FILM: make_answer(FILM)}


def test_half_a_character_does_not_lose_the_note(readings):
    readings.add(make_answer(FILM, note="seen \ud83d"))

    assert readings.latest_of([FILM])[FILM].note == "seen ?"


def test_thousands_of_films_are_asked_for_at_once(readings):
    readings.add(make_answer(FILM))

    assert set(readings.latest_of([FILM, *map(str, range(40_000))])) == {FILM}


def test_a_file_of_the_version_before_takes_answers_too(tmp_path):
    path = tmp_path / "old.sqlite"
    Database(path, MIGRATIONS[:1]).close()

    with closing(Database(path)) as database:
        StoredReadings(database).add(make_answer(FILM))
        assert StoredReadings(database).latest_of([FILM]) == {FILM: make_answer(FILM)}


def test_what_was_shown_is_known_by_film_and_model_for_good(readings):
    readings.note_shown(FILM, "m1")
    readings.note_shown(FILM, "m1")
    readings.note_shown(OTHER, "m2")

    assert readings.shown_of([FILM]) == {(FILM, "m1")}
    assert readings.shown_of([FILM, OTHER, "ef" * 32]) == {(FILM, "m1"), (OTHER, "m2")}


def test_that_a_score_was_seen_before_is_kept_with_the_answer(readings):
    blind = make_answer(FILM, Opinion.LABEL, label="NORMAL", seen=None)
    for answer in (blind, replace(blind, shown_before=True)):
        readings.add(answer)
        assert readings.latest_of([FILM])[FILM] == answer
    assert [answer.is_blind for answer in readings.history_of([FILM])[FILM]] == [True, False]


def test_the_history_of_a_film_is_every_answer_that_was_not_taken_back(readings):
    blind = make_answer(FILM, Opinion.LABEL, label="NORMAL", seen=None)
    hasty, final = make_answer(FILM, Opinion.DISAGREE), make_answer(FILM, Opinion.AGREE)
    readings.add(blind)
    readings.add(hasty)
    readings.undo(FILM)
    readings.add(final)
    readings.add(make_answer(OTHER, Opinion.AGREE))

    assert readings.history_of([FILM, "never read"]) == {FILM: (blind, final)}
