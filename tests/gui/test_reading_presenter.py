"""Reading by keys: what is said stands beside the model's answer, is kept at once and can be taken back."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FakePredictor, make_analysis, make_answer, make_film
from helpers.windows import Desk, desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from radassist.domain.errors import RefusedImage, StoreError
from radassist.domain.reading import Opinion
from radassist.gui.jobs import Lane
from radassist.gui.reading.answers import Said
from radassist.gui.reading.reading_presenter import ReadingPresenter
from radassist.gui.widgets import key_priority
from radassist.gui.worklist.film_reading import ReadState
from radassist.gui.worklist.worklist_model import Column
from radassist.gui.worklist.worklist_order import Order
from radassist.store.database import Database
from radassist.store.readings import StoredReadings

NAMES = ("a.dcm", "b.dcm", "c.dcm")
SHA = {name: make_film(name).facts.sha256 for name in NAMES}


@pytest.fixture
def readings(tmp_path: Path):
    with closing(Database(tmp_path / "results.sqlite")) as database:
        yield StoredReadings(database)


@pytest.fixture
def at(qtbot, qapp, tmp_path: Path, readings: StoredReadings):
    key_priority.install(qapp)
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.readings = readings
        made.window.show()
        made.window.worklist.set_order(Order.ARRIVAL)
        made.presenter.use(made.backing())
        made.open(*NAMES)
        qtbot.waitUntil(lambda: made.is_settled() and not made.presenter.queue.waiting())
        yield made


def _press(at: Desk, key: Qt.Key) -> None:
    QTest.keyClick(at.window, key)


def _reading(at: Desk, number: int):
    return at.window.worklist_model.reading(number)


def test_a_key_gives_the_answer_and_keeps_it_with_the_score_in_view(at: Desk, qtbot, readings) -> None:
    _press(at, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: readings.latest_of([SHA["a.dcm"]]) != {})
    answer = readings.latest_of([SHA["a.dcm"]])[SHA["a.dcm"]]
    assert answer.opinion is Opinion.DISAGREE
    assert answer.seen.probability == at.presenter.films.analysis.prediction.positive_probability
    assert _reading(at, 0).answer == answer
    assert at.window.reader.button(Said.DISAGREE).isChecked()
    assert at.window.worklist_model.index(0, Column.READER).data() == "Disagreed"


def test_enter_agrees_and_turns_to_the_next_film(at: Desk, qtbot, readings) -> None:
    for _ in NAMES:
        qtbot.waitUntil(at.is_settled)
        _press(at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(readings.latest_of(SHA.values())) == 3)
    assert at.presenter.films.number == 2
    assert "last film" in at.window.statusBar().currentMessage()
    assert {_reading(at, number).state for number in range(3)} == {ReadState.REVIEWED}


@pytest.mark.parametrize(
    ("key", "opinion"),
    [(Qt.Key.Key_N, Opinion.DISAGREE), (Qt.Key.Key_U, Opinion.UNDETERMINED), (Qt.Key.Key_S, Opinion.LABEL)],
)
def test_enter_after_another_answer_keeps_it_and_turns_to_the_next_film(
    at: Desk, qtbot, readings, key, opinion
) -> None:
    qtbot.waitUntil(at.is_settled)
    _press(at, key)
    _press(at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at.presenter.films.number == 1)
    at.presenter.runner.settle(Lane.READING)
    assert [answer.opinion for answer in readings.history_of([SHA["a.dcm"]])[SHA["a.dcm"]]] == [opinion]


def test_films_are_unread_then_opened_then_reviewed(at: Desk, qtbot) -> None:
    qtbot.waitUntil(lambda: _reading(at, 0).state is ReadState.OPENED)
    assert _reading(at, 1).state is ReadState.UNREAD
    _press(at, Qt.Key.Key_U)
    assert _reading(at, 0).state is ReadState.REVIEWED
    _press(at, Qt.Key.Key_Period)
    assert _reading(at, 0).state is ReadState.UNREAD


def test_answers_are_undone_and_done_again(at: Desk, qtbot, readings) -> None:
    _press(at, Qt.Key.Key_Y)
    _press(at, Qt.Key.Key_N)
    undo, redo = at.window.actions_by_id["undo"], at.window.actions_by_id["redo"]
    undo.trigger()
    assert _reading(at, 0).answer.opinion is Opinion.AGREE
    undo.trigger()
    assert _reading(at, 0).answer is None and not undo.isEnabled()
    redo.trigger()
    at.presenter.runner.settle(Lane.READING)
    assert readings.latest_of([SHA["a.dcm"]])[SHA["a.dcm"]].opinion is Opinion.AGREE


def test_a_note_is_kept_beside_the_answer_and_the_keyboard_returns_to_the_films(at: Desk, qtbot, readings) -> None:
    _press(at, Qt.Key.Key_N)
    _press(at, Qt.Key.Key_J)
    note = at.window.reader.note
    qtbot.waitUntil(note.hasFocus)
    QTest.keyClicks(note, "no: an azygos lobe.")
    QTest.keyClick(note, Qt.Key.Key_Return)
    at.presenter.runner.settle(Lane.READING)
    answer = readings.latest_of([SHA["a.dcm"]])[SHA["a.dcm"]]
    assert (answer.opinion, answer.note) == (Opinion.DISAGREE, "no: an azygos lobe.")
    assert not note.hasFocus() and at.presenter.films.number == 0


def test_a_note_written_before_the_answer_waits_for_it_on_its_own_film(at: Desk, qtbot, readings) -> None:
    QTest.keyClicks(at.window.reader.note, "small one")
    at.window.worklist.step(1)
    qtbot.waitUntil(at.is_settled)
    assert at.window.reader.note.text() == ""
    _press(at, Qt.Key.Key_Y)
    at.window.worklist.step(-1)
    qtbot.waitUntil(at.is_settled)
    assert at.window.reader.note.text() == "small one"
    _press(at, Qt.Key.Key_S)
    at.presenter.runner.settle(Lane.READING)
    stored = readings.latest_of(SHA.values())
    assert stored[SHA["a.dcm"]].note == "small one" and stored[SHA["b.dcm"]].note == ""
    assert stored[SHA["a.dcm"]].label == "PNEUMONIA"


def test_a_changed_note_is_kept_when_the_reader_turns_to_another_film(at: Desk, qtbot, readings) -> None:
    _press(at, Qt.Key.Key_Y)
    QTest.keyClicks(at.window.reader.note, "kept")
    at.window.worklist.step(1)
    at.presenter.runner.settle(Lane.READING)
    assert readings.latest_of([SHA["a.dcm"]])[SHA["a.dcm"]].note == "kept"


def test_answers_of_another_day_are_shown_again(qtbot, tmp_path: Path, readings) -> None:
    readings.add(make_answer(SHA["b.dcm"], Opinion.DISAGREE, note="as before"))
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        at.readings = readings
        at.presenter.use(at.backing())
        at.open(*NAMES)
        qtbot.waitUntil(lambda: _reading(at, 1).state is ReadState.REVIEWED)
        assert "as before" in at.window.worklist_model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_film_without_a_score_cannot_be_agreed_with_but_answered(qtbot, tmp_path: Path, readings) -> None:
    predictor = FakePredictor(answers={SHA["a.dcm"]: RefusedImage("a.dcm is a lateral film.")})
    with desk(tmp_path, predictor=predictor) as at:
        qtbot.addWidget(at.window)
        at.readings = readings
        at.presenter.use(at.backing())
        at.window.show()
        at.open("a.dcm")
        qtbot.waitUntil(at.is_settled)
        at.window.actions_by_id["agree_next"].trigger()
        assert _reading(at, 0).answer is None
        assert "S, X or U" in at.window.statusBar().currentMessage()
        at.window.actions_by_id["say_negative"].trigger()
        assert _reading(at, 0).answer.label == "NORMAL"


def test_an_answer_that_cannot_be_kept_is_taken_off_again_and_the_reader_is_told(at: Desk, qtbot, readings) -> None:
    class Full:
        def add(self, answer):
            raise StoreError("The results cannot be kept in results.sqlite: the disk is full.")

        history_of, latest_of, undo = readings.history_of, readings.latest_of, readings.undo
        note_shown, shown_of = readings.note_shown, readings.shown_of

    at.window.findChild(ReadingPresenter).book.use(Full())
    _press(at, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: "disk is full" in at.window.message_bar.sentence)
    qtbot.waitUntil(lambda: _reading(at, 0).answer is None)


def test_without_a_place_to_keep_answers_none_is_taken_down(qtbot, tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        at.presenter.use(at.backing())
        at.open("a.dcm")
        qtbot.waitUntil(at.is_settled)
        at.window.actions_by_id["agree"].trigger()
        assert _reading(at, 0).answer is None
        assert "cannot be kept" in at.window.message_bar.sentence


def test_the_filter_finds_films_by_how_far_they_are_read(at: Desk, qtbot) -> None:
    qtbot.waitUntil(lambda: _reading(at, 0).state is ReadState.OPENED)
    _press(at, Qt.Key.Key_N)
    rows = at.window.worklist._rows
    rows.set_filter("unread")
    assert rows.rowCount() == 2
    rows.set_filter("disagreed")
    assert [rows.number_at(row) for row in range(rows.rowCount())] == [0]


def test_closing_the_window_keeps_what_was_just_said(at: Desk, readings) -> None:
    _press(at, Qt.Key.Key_Y)
    QTest.keyClicks(at.window.reader.note, "last words")
    at.window.close()
    assert readings.latest_of([SHA["a.dcm"]])[SHA["a.dcm"]].note == "last words"


def test_an_agreement_is_never_shown_as_one_with_another_model(at: Desk, qtbot) -> None:
    _press(at, Qt.Key.Key_Y)
    assert at.window.reader.button(Said.AGREE).isChecked()
    for name in NAMES:
        film = make_film(name)
        analysis = make_analysis(film)
        made = replace(analysis.provenance, model="other", model_sha256="cd" * 32)
        at.predictor.answers = {**at.predictor.answers, film.facts.sha256: replace(analysis, provenance=made)}
    at.presenter.ask_again()
    qtbot.waitUntil(lambda: at.is_settled() and not at.presenter.queue.waiting())
    qtbot.waitUntil(lambda: at.window.worklist_model.index(0, Column.READER).data() == "Agreed with fake")
    assert not at.window.reader.button(Said.AGREE).isChecked()
