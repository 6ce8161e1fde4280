"""Blind-first reading: whatever the model says, the window is the same until the reader has answered."""

import csv
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from helpers.fakes import BLOCKS, FACTS, FakePredictor, make_analysis, make_film
from helpers.pictures import as_array
from helpers.windows import Desk, desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from radassist.domain.analysis import UNDETERMINED, BlockOpinion
from radassist.domain.errors import RefusedImage
from radassist.domain.reading import Opinion
from radassist.gui.beside.beside_presenter import BesidePresenter
from radassist.gui.jobs import Lane
from radassist.gui.reading.blind_presenter import BlindPresenter
from radassist.gui.reading.reading_presenter import ReadingPresenter
from radassist.gui.reading.round_dialog import RoundDialog
from radassist.gui.results.table_presenter import TablePresenter
from radassist.gui.sheet.sheet_presenter import SheetPresenter
from radassist.gui.worklist.worklist_model import COLUMN_TITLES, Column
from radassist.gui.worklist.worklist_order import ColumnOrder, Order
from radassist.store.database import Database
from radassist.store.readings import StoredReadings

NAMES = ("a.dcm", "b.dcm", "c.dcm")
HIGH, LOW = (0.97, 0.93, 0.95), (0.02, 0.06, 0.04)


@dataclass
class Shown:
    """All that can be seen, heard or pointed at."""

    texts: list[str]
    order: list[int]
    worklist: np.ndarray
    findings: np.ndarray


def _predictor(probabilities: tuple[float, ...]) -> FakePredictor:
    films = [make_film(name) for name in NAMES]
    answers = [
        replace(
            make_analysis(film, probability=each, with_blocks=True),
            opinions=tuple(BlockOpinion(block.name, each, 0.9) for block in BLOCKS),
        )
        for film, each in zip(films, probabilities, strict=True)
    ]
    return FakePredictor(answers={answer.film_sha256: answer for answer in answers})


@pytest.fixture
def readings(tmp_path: Path):
    with closing(Database(tmp_path / "results.sqlite")) as database:
        yield StoredReadings(database)


@pytest.fixture
def sit(qtbot, tmp_path: Path, readings):
    """Opens a window on three films with these probabilities, in blind-first reading."""
    open_desks = []

    def open_desk(probabilities: tuple[float, ...], blind: bool = True) -> Desk:
        manager = desk(tmp_path, predictor=_predictor(probabilities))
        at = manager.__enter__()
        open_desks.append(manager)
        qtbot.addWidget(at.window)
        at.readings = readings
        if blind != at.window.actions_by_id["blind_first"].isChecked():
            at.window.actions_by_id["blind_first"].trigger()
        at.window.show()
        at.presenter.use(at.backing())
        at.open(*NAMES)
        qtbot.waitUntil(lambda: len(at.items()) == 3 and at.is_settled() and at.presenter.facts is not None)
        at.window.worklist.select(0)
        qtbot.waitUntil(at.is_settled)
        at.window.statusBar().clearMessage()
        return at

    yield open_desk
    for manager in open_desks:
        manager.__exit__(None, None, None)


def _rows(at: Desk) -> list[int]:
    rows = at.window.worklist._rows
    return [rows.number_at(row) for row in range(rows.rowCount())]


def _shown(at: Desk) -> Shown:
    return Shown(
        texts=_texts(at),
        order=_rows(at),
        worklist=_picture(at.window.worklist),
        findings=_picture(at.window.findings),
    )


def _texts(at: Desk) -> list[str]:
    said = [at.window.windowTitle(), at.window.statusBar().currentMessage()]
    for widget in at.window.findChildren(QWidget):
        if at.window.queue.isAncestorOf(widget):
            continue  # it tells seconds, and no scores
        if not widget.isVisibleTo(at.window):
            continue
        said += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip()]
        said += [widget.text()] if isinstance(widget, QLabel | QAbstractButton) else []
    said += [f"{action.objectName()} {action.isEnabled()} {action.isChecked()}" for action in _acts(at)]
    model = at.window.worklist._rows
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in Column]
    return sorted(said + [str(cell.data(role)) for cell in cells for role in roles])


def _acts(at: Desk) -> list[QAction]:
    return [at.window.actions_by_id[spec.id] for spec in at.window.actions_by_id.specs]


def _picture(widget: QWidget) -> np.ndarray:
    return as_array(widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32))


def _same(one: Shown, other: Shown) -> bool:
    pictures = np.array_equal(one.worklist, other.worklist) and np.array_equal(one.findings, other.findings)
    return one.texts == other.texts and one.order == other.order and pictures


def test_nothing_in_the_window_tells_a_high_score_from_a_low_one(sit, qtbot) -> None:
    high, low = sit(HIGH), sit(LOW)
    high.window.activateWindow()
    for at in (high, low):
        at.window.film.setFocus()
    # What the model is called reaches the two windows at different times, and Qt lists their parts in any order.
    qtbot.waitUntil(lambda: _texts(high) == _texts(low))
    assert _rows(high) == _rows(low) == [0, 1, 2]
    qtbot.waitUntil(lambda: _same(_shown(high), _shown(low)))


def test_of_a_refused_film_nothing_is_kept_so_the_reason_is_told(sit, qtbot) -> None:
    at = sit(HIGH)
    film = make_film("refused.dcm")
    at.predictor.answers = {film.facts.sha256: RefusedImage("refused.dcm is no chest film.")}
    at.open("refused.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 4 and at.is_settled())
    at.window.worklist.select(3)
    qtbot.waitUntil(lambda: at.window.film.radiograph is not None and at.presenter.films.is_complete)
    said = [
        label.text() for label in (*at.window.findings.findChildren(QLabel), *at.window.blocks.findChildren(QLabel))
    ]
    assert any("refused.dcm is no chest film." in text for text in said)
    assert not any("kept from you" in text for text in said)


def test_the_same_look_does_see_the_scores_where_reading_is_not_blind(sit) -> None:
    assert not _same(_shown(sit(HIGH, blind=False)), _shown(sit(LOW, blind=False)))


def test_no_order_and_no_filter_tells_the_score_of_a_film_that_is_not_answered(sit) -> None:
    high, low = sit(HIGH), sit(LOW[::-1])
    for order in (Order.SUSPICION, *(ColumnOrder(column) for column in COLUMN_TITLES)):
        for at in (high, low):
            at.window.worklist.set_order(order)
        assert _rows(high) == _rows(low), order
    for typed in ("suspected", "not suspected", "undetermined", "scored"):
        for at in (high, low):
            at.window.worklist._rows.set_filter(typed)
        assert _rows(high) == _rows(low), typed


def test_no_map_can_be_laid_over_a_film_that_is_not_answered(sit) -> None:
    at = sit(HIGH)
    at.window.actions_by_id["toggle_overlay"].trigger()
    assert not at.window.actions_by_id["toggle_overlay"].isEnabled()
    assert at.presenter.films.current.analysis is None and at.presenter.films.analysis is None


def test_no_case_sheet_tells_it(sit) -> None:
    at = sit(HIGH)
    assert at.window.findChild(SheetPresenter)._inputs(is_patient_wanted=False).analysis is None


def test_the_table_is_not_written_while_it_would_tell(sit, tmp_path) -> None:
    at = sit(HIGH)
    at.window.findChild(TablePresenter).save(tmp_path / "results.csv")
    assert at.written == []
    assert "3 films you have not answered" in at.window.message_bar.sentence


def test_nobody_agrees_with_what_is_hidden(sit, readings) -> None:
    at = sit(HIGH)
    at.window.actions_by_id["agree_next"].trigger()
    assert at.presenter.films.number == 0 and readings.latest_of([at.item(0).film_sha256]) == {}


def test_an_answer_shows_the_score_of_its_film_and_of_no_other(sit, qtbot, readings) -> None:
    at = sit(HIGH)
    at.window.actions_by_id["say_negative"].trigger()
    assert at.presenter.films.analysis is not None and at.window.findings.bar.prediction is not None
    assert at.window.worklist_model.index(0, Column.ANSWER).data() == "Suspected"
    assert at.window.worklist_model.index(1, Column.ANSWER).data() == ""
    at.presenter.runner.settle(Lane.READING)
    assert readings.latest_of([at.item(0).film_sha256])[at.item(0).film_sha256].is_blind


def test_what_is_said_after_an_answer_was_taken_back_is_not_blind(sit) -> None:
    at = sit(HIGH)
    at.window.actions_by_id["say_negative"].trigger()
    at.window.actions_by_id["undo"].trigger()
    at.window.actions_by_id["say_positive"].trigger()
    assert not at.window.worklist_model.reading(0).answer.is_blind


def test_an_answer_after_the_score_was_seen_on_another_day_is_not_blind(sit, qtbot, readings) -> None:
    seeing = sit(HIGH, blind=False)
    seeing.window.worklist.select(1)
    qtbot.waitUntil(lambda: seeing.presenter.films.number == 1 and seeing.is_settled())
    seeing.presenter.runner.settle(Lane.READING)

    at = sit(HIGH)
    qtbot.waitUntil(lambda: at.window.findChild(ReadingPresenter).book.was_shown(at.item(1).film_sha256, FACTS.sha256))
    for number in (1, 2):
        at.window.worklist.select(number)
        qtbot.waitUntil(lambda number=number: at.presenter.films.number == number and at.is_settled())
        at.window.actions_by_id["say_negative"].trigger()
    assert [at.window.worklist_model.reading(number).answer.is_blind for number in (1, 2)] == [False, True]
    assert at.window.findChild(BlindPresenter)._summary().films[0].number == 2


def test_a_score_that_stood_beside_another_film_was_seen_too(sit, qtbot) -> None:
    at = sit(HIGH, blind=False)
    book = at.window.findChild(ReadingPresenter).book
    assert not book.was_shown(at.item(2).film_sha256, FACTS.sha256)
    at.window.findChild(BesidePresenter).show_beside(2)
    qtbot.waitUntil(lambda: book.was_shown(at.item(2).film_sha256, FACTS.sha256))


def test_a_round_keeps_the_film_on_the_screen_and_gives_the_order_back(sit, qtbot) -> None:
    at = sit(LOW[:1] + HIGH[1:], blind=False)
    by_name = ColumnOrder(Column.FILM, descending=True)
    at.window.worklist.set_order(by_name)
    at.window.worklist.select(1)
    blind = at.window.actions_by_id["blind_first"]
    blind.trigger()
    assert at.window.worklist.order is Order.ARRIVAL
    assert at.presenter.films.number == at.window.worklist.selected_number == 1
    blind.trigger()
    assert at.window.worklist.order == by_name
    assert at.presenter.films.number == 1
    blind.trigger()
    at.window.worklist.set_order(Order.STUDY)
    blind.trigger()
    assert at.window.worklist.order is Order.STUDY


def test_maps_that_are_hidden_are_said_to_be(sit) -> None:
    at = sit(HIGH)
    assert any("kept from you" in label.text() for label in at.window.blocks.findChildren(QLabel))
    at.window.actions_by_id["say_negative"].trigger()
    assert not any("kept from you" in label.text() for label in at.window.blocks.findChildren(QLabel))


def test_the_round_goes_on_at_the_next_start_and_ends_when_asked_to(sit, qtbot) -> None:
    first = sit(HIGH)
    first.window.actions_by_id["say_negative"].trigger()
    first.presenter.runner.settle(Lane.READING)
    again = sit(HIGH)
    qtbot.waitUntil(lambda: not again.window.worklist_model.reading(0).hides_score)
    assert again.window.worklist_model.reading(1).hides_score
    again.window.actions_by_id["blind_first"].trigger()
    assert "The round has ended" in again.window.statusBar().currentMessage()
    assert not again.window.worklist_model.reading(1).hides_score
    assert not again.window.actions_by_id["round_summary"].isEnabled()


def test_the_summary_tells_of_the_round_and_a_click_turns_to_the_film(sit, qtbot, tmp_path) -> None:
    at = sit(HIGH)
    acts = at.window.actions_by_id
    acts["say_negative"].trigger()
    acts["agree"].trigger()
    at.window.worklist.step(1)
    qtbot.waitUntil(at.is_settled)
    acts["say_undetermined"].trigger()
    assert at.window.worklist_model.reading(1).answer.opinion is Opinion.UNDETERMINED
    acts["round_summary"].trigger()
    dialog = at.window.findChild(RoundDialog)
    assert [dialog.table.item(0, column).text() for column in range(4)] == [
        "a.dcm",
        "not suspected",
        "suspected",
        "suspected",
    ]
    dialog.table.setCurrentCell(0, 0)
    assert at.window.worklist.selected_number == 0
    presenter = at.window.findChild(BlindPresenter)
    presenter.export(presenter._summary(), tmp_path / "round.csv")
    qtbot.waitUntil((tmp_path / "round.csv").exists)
    with (tmp_path / "round.csv").open(encoding="utf-8", newline="") as file:
        assert [row["final_answer"] for row in csv.DictReader(file)] == ["PNEUMONIA", UNDETERMINED]
    dialog.close()
