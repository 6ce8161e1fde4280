from dataclasses import replace

import pytest
from helpers.fakes import FACTS
from helpers.worklist_items import failed, refused, running, scored, waiting
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy

from radassist.gui.findings.findings_text import percent
from radassist.gui.worklist import worklist_model
from radassist.gui.worklist.worklist_model import COLUMN_TITLES, Column, Role, WorklistTableModel
from radassist.gui.worklist.worklist_words import Answer


@pytest.fixture
def model(qapp) -> WorklistTableModel:
    made = WorklistTableModel()
    made.append([waiting(0), scored(1, 0.83, view="AP", age_years=4.0, study_date="20240517"), refused(2), failed(3)])
    return made


def test_it_keeps_the_rules_of_qt_models(model, qtmodeltester):
    qtmodeltester.check(model)
    model.append([waiting(9)])
    model.replace(running(9))
    model.clear()


def test_rows_say_what_the_film_is_and_where_it_stands(model):
    row = [model.index(1, column).data() for column in Column]
    assert row == ["film0001.dcm", "Scored", "Suspected", percent(0.83), "2024-05-17", "AP", "4 y", "Unread", "", ""]
    assert [model.index(0, column).data() for column in (Column.FILM, Column.STATE)] == ["film0000.dcm", "Waiting"]


def test_columns_have_titles(model):
    across = Qt.Orientation.Horizontal
    assert [model.headerData(column, across) for column in Column] == list(COLUMN_TITLES.values())


def test_rows_give_the_film_a_tool_tip_and_words_for_a_screen_reader(model):
    index = model.index(1, 0)
    assert index.data(Role.ITEM) is model.item(1)
    assert percent(0.83) in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "Suspected" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_films_appended_together_are_inserted_together(model):
    inserted = QSignalSpy(model.rowsInserted)
    model.append([waiting(number) for number in range(10, 1010)])
    assert inserted.count() == 1
    assert inserted.at(0)[1:] == [4, 1003]
    assert [item.number for item in model.items()] == [0, 1, 2, 3, *range(10, 1010)]


def test_appending_nothing_tells_nobody(model):
    inserted = QSignalSpy(model.rowsInserted)
    model.append([])
    assert inserted.count() == 0


@pytest.mark.parametrize("numbers", [[3], [7, 7]])
def test_a_number_stands_on_the_list_once(model, numbers):
    with pytest.raises(ValueError, match="already"):
        model.append([waiting(number) for number in numbers])
    assert model.rowCount() == 4


def test_replacing_a_film_changes_its_row_only(model):
    changed = QSignalSpy(model.dataChanged)
    model.replace(scored(0, 0.2))
    top, bottom, _ = changed.at(0)
    assert changed.count() == 1
    assert (top.row(), top.column(), bottom.row(), bottom.column()) == (0, 0, 0, len(Column) - 1)
    assert model.index(0, Column.ANSWER).data() == "Not suspected"


def test_a_film_that_is_not_on_the_list_cannot_be_replaced_or_illustrated(model):
    with pytest.raises(KeyError):
        model.replace(waiting(77))
    with pytest.raises(KeyError):
        model.set_thumbnail(77, QImage(4, 4, QImage.Format.Format_Grayscale8))


def test_films_are_found_by_number_after_the_list_grew(model):
    model.append([waiting(50)])
    assert model.item(50) == waiting(50)
    assert (model.row_of(50), model.row_of(51)) == (4, None)
    assert 50 in model
    assert 51 not in model


def test_a_thumbnail_changes_one_cell(model):
    changed = QSignalSpy(model.dataChanged)
    image = QImage(4, 4, QImage.Format.Format_Grayscale8)
    model.set_thumbnail(2, image)
    top, bottom, roles = changed.at(0)
    assert (top.row(), top.column(), bottom.row(), bottom.column()) == (2, 0, 2, 0)
    assert roles == [Qt.ItemDataRole.DecorationRole]
    assert model.index(2, Column.FILM).data(Qt.ItemDataRole.DecorationRole) == image
    assert model.index(2, Column.VIEW).data(Qt.ItemDataRole.DecorationRole) is None


def test_the_oldest_thumbnails_go_when_there_are_too_many(model, monkeypatch):
    monkeypatch.setattr(worklist_model, "_MOST_THUMBNAILS", 2)
    for number in (0, 1, 0, 2):
        model.set_thumbnail(number, QImage(4, 4, QImage.Format.Format_Grayscale8))
    kept = [model.index(row, 0).data(Qt.ItemDataRole.DecorationRole) is not None for row in range(3)]
    assert kept == [True, False, True]


def test_counts_follow_every_change(model):
    model.replace(scored(0, 0.6, "UNDETERMINED"))
    model.replace(scored(3, 0.1))
    model.append([waiting(4), running(5)])
    assert {answer: model.counts[answer] for answer in (*Answer, None)} == {
        Answer.SUSPECTED: 1,
        Answer.NOT_SUSPECTED: 1,
        Answer.UNDETERMINED: 1,
        Answer.REFUSED: 1,
        Answer.FAILED: 0,
        None: 2,
    }
    model.clear()
    assert (model.rowCount(), model.items(), model.counts.total()) == (0, (), 0)


def test_an_emptied_list_takes_the_same_numbers_again(model):
    model.clear()
    assert 0 not in model
    model.append([waiting(0)])
    assert model.items() == (waiting(0),)


def test_studies_are_counted_as_films_come_are_named_and_go(qapp):
    model = WorklistTableModel()
    model.append([waiting(0, study_uid="1"), waiting(1, study_uid="1"), waiting(2), waiting(3)])
    assert model.study_count == 3
    model.replace(waiting(2, study_uid="1"))
    model.replace(waiting(3, study_uid="2").started())
    assert model.study_count == 2
    model.clear()
    assert model.study_count == 0


def test_every_row_is_decided_at_the_threshold_in_force_by_one_signal_and_counted_anew(qtbot):
    made = WorklistTableModel()
    made.append([scored(0, 0.9), scored(1, 0.6), scored(2, 0.1)])
    strict = replace(FACTS, threshold=0.7, threshold_by="set here: threshold=0.7", card_threshold=0.5)
    with qtbot.waitSignal(made.dataChanged) as told:
        made.decide_as(strict)
    assert (told.args[0].row(), told.args[1].row()) == (0, 2)
    assert made.counts[Answer.SUSPECTED] == 1 and made.counts[Answer.NOT_SUSPECTED] == 2
    with qtbot.assertNotEmitted(made.dataChanged):
        made.decide_as(strict)
    made.replace(scored(2, 0.65))
    assert made.item(2).analysis.prediction.threshold == 0.7
    assert made.counts[Answer.NOT_SUSPECTED] == 2


def test_scores_of_another_model_keep_their_threshold():
    made = WorklistTableModel()
    made.append([scored(0, 0.6)])
    made.decide_as(replace(FACTS, sha256="cd" * 32, threshold=0.7))
    assert made.item(0).analysis.prediction.threshold == FACTS.threshold


def test_films_that_are_removed_leave_the_others_as_they_were(qapp):
    model = WorklistTableModel()
    model.append([scored(0, 0.9, study_uid="A"), waiting(1, study_uid="A"), scored(2, 0.1, study_uid="B")])
    model.remove({0, 2})
    assert [item.number for item in model.items()] == [1]
    assert (model.row_of(1), model.row_of(0), 2 in model) == (0, None, False)
    assert (model.counts, model.study_count) == ({None: 1}, 1)
    assert model.item(1) == waiting(1, study_uid="A")
