"""Answers come from the store as films come, and what is kept from the reader is shown nowhere in the list."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers.fakes import make_answer, make_film
from helpers.worklist_items import scored
from PySide6.QtCore import QObject, Qt

from radassist.domain.reading import Opinion
from radassist.domain.reading_round import ReadingRound
from radassist.gui.jobs import JobRunner, Lane
from radassist.gui.reading.reading_book import ReadingBook
from radassist.gui.worklist.worklist_model import Column, Role, WorklistTableModel
from radassist.store.database import Database
from radassist.store.readings import StoredReadings

ITEMS = [scored(0, 0.9), scored(1, 0.1), scored(2, 0.8)]
FILMS = [item.film_sha256 for item in ITEMS]
NEVER = datetime(2200, 1, 1, tzinfo=UTC)


@pytest.fixture
def readings(tmp_path: Path):
    with closing(Database(tmp_path / "results.sqlite")) as database:
        yield StoredReadings(database)


@pytest.fixture
def runner(qapp):
    made = JobRunner()
    yield made
    assert made.shutdown()


@pytest.fixture
def model(qapp) -> WorklistTableModel:
    return WorklistTableModel()


@pytest.fixture
def book(model: WorklistTableModel, runner: JobRunner, readings: StoredReadings):
    made = ReadingBook(model, runner, runner)
    made.use(readings)
    return made


def test_answers_given_earlier_are_looked_up_when_films_come(qtbot, book, model, readings) -> None:
    earlier = [make_answer(FILMS[1], Opinion.AGREE), make_answer(FILMS[1], Opinion.DISAGREE)]
    for answer in earlier:
        readings.add(answer)
    with qtbot.waitSignal(book.changed):
        model.append(ITEMS)
    assert book.history(FILMS[1]) == tuple(earlier)
    assert [model.reading(number).answer for number in range(3)] == [None, earlier[-1], None]


def test_an_answer_given_while_earlier_ones_are_looked_up_is_not_lost(qtbot, book, model, readings) -> None:
    earlier, now = make_answer(FILMS[0], Opinion.AGREE), make_answer(FILMS[0], Opinion.DISAGREE)
    readings.add(earlier)
    model.append(ITEMS)
    book._look_up_wanted()
    book.put_down(now)
    qtbot.waitUntil(lambda: book.history(FILMS[0]) == (earlier, now))
    assert model.reading(0).answer == now


def test_what_was_shown_is_remembered_on_another_day(qtbot, book, model, readings, runner) -> None:
    book.note_shown(FILMS[0], "weights")
    assert book.was_shown(FILMS[0], "weights") and not book.was_shown(FILMS[0], "other weights")
    runner.settle(Lane.READING)
    another_day = ReadingBook(model, runner, runner)
    another_day.use(readings)
    with qtbot.waitSignal(another_day.changed):
        model.append(ITEMS)
    assert another_day.was_shown(FILMS[0], "weights") and not another_day.was_shown(FILMS[1], "weights")


def test_two_rows_of_one_film_share_its_answer(qtbot, book, model) -> None:
    model.append([scored(0, 0.9, name="same.dcm"), scored(1, 0.9, name="same.dcm")])
    book.put_down(make_answer(make_film("same.dcm").facts.sha256))
    assert model.reading(0).answer == model.reading(1).answer is not None
    book.settle()


def test_answers_are_kept_in_the_order_of_the_keys(qtbot, book, model, readings, runner) -> None:
    model.append(ITEMS)
    for opinion in (Opinion.AGREE, Opinion.DISAGREE, Opinion.UNDETERMINED):
        book.put_down(make_answer(FILMS[0], opinion))
    book.strike_out(FILMS[0])
    assert runner.settle(Lane.READING)
    assert [answer.opinion for answer in readings.history_of(FILMS)[FILMS[0]]] == [Opinion.AGREE, Opinion.DISAGREE]


def test_in_a_round_every_film_is_hidden_until_it_is_answered(qtbot, book, model) -> None:
    model.append(ITEMS[:2])
    book.begin_round(ReadingRound(NEVER))
    model.append(ITEMS[2:])
    assert [model.reading(number).hides_score for number in range(3)] == [True] * 3
    book.put_down(make_answer(FILMS[0], Opinion.UNDETERMINED, seen=None))
    assert [model.reading(number).hides_score for number in range(3)] == [False, True, True]
    book.strike_out(FILMS[0])
    assert not model.reading(0).hides_score, "what was seen cannot be unseen"
    book.begin_round(None)
    assert not any(model.reading(number).hides_score for number in range(3))
    book.settle()


def test_an_answer_of_before_the_round_shows_nothing_one_within_it_does(qtbot, book, model, readings) -> None:
    readings.add(make_answer(FILMS[0]))
    model.append(ITEMS)
    qtbot.waitUntil(lambda: model.reading(0).answer is not None)
    book.begin_round(ReadingRound(NEVER))
    assert model.reading(0).hides_score
    book.begin_round(ReadingRound(make_answer().answered_at))
    assert not model.reading(0).hides_score and model.reading(1).hides_score


def test_no_cell_tip_count_or_spoken_word_of_a_hidden_film_tells_its_score(qtbot, book, model: QObject) -> None:
    book.begin_round(ReadingRound(NEVER))
    model.append(ITEMS)
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    said = [{str(model.index(row, column).data(role)) for row in range(3)} for column in Column for role in roles]
    told = " ".join(text for texts in said for text in texts)
    assert "uspected" not in told and "%" not in told and "robability" not in told
    assert all(model.index(row, 0).data(Role.ITEM).analysis is None for row in range(3))
    assert not any(count for answer, count in model.counts.items() if answer)
