import random
import time

import pytest
from helpers.worklist_items import failed, refused, scored, waiting
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy

from radassist.gui.worklist.film_reading import FilmReading
from radassist.gui.worklist.worklist_model import Column, Role, WorklistTableModel
from radassist.gui.worklist.worklist_order import ColumnOrder, Order, suspicion_key
from radassist.gui.worklist.worklist_order_model import WorklistOrderModel
from radassist.gui.worklist.worklist_studies import Level


@pytest.fixture
def model(qapp) -> WorklistTableModel:
    return WorklistTableModel()


@pytest.fixture
def rows(model) -> WorklistOrderModel:
    return WorklistOrderModel(model)


def shown(rows: WorklistOrderModel) -> list[int]:
    return [rows.index(row, 0).data(Role.ITEM).number for row in range(rows.rowCount())]


def test_it_keeps_the_rules_of_qt_models(model, rows, qtmodeltester):
    qtmodeltester.check(rows)
    model.append([waiting(0), scored(1, 0.9), refused(2)])
    rows.settle()
    model.replace(scored(0, 0.99))
    rows.settle()
    rows.set_filter("scored")
    rows.set_filter("")
    model.clear()


def test_films_arrive_at_the_end_and_are_put_in_order_a_little_later(qtbot, model, rows):
    model.append([scored(0, 0.1)])
    rows.settle()
    model.append([scored(1, 0.6), scored(2, 0.9)])
    assert shown(rows) == [0, 1, 2]
    with qtbot.waitSignal(rows.layoutChanged):
        pass
    assert shown(rows) == [2, 1, 0]


def test_results_that_come_together_move_rows_once(qtbot, model, rows):
    model.append([waiting(number) for number in range(50)])
    rows.settle()
    moved = QSignalSpy(rows.layoutChanged)
    for number in range(50):
        model.replace(scored(number, number / 50, "PNEUMONIA"))
    assert moved.count() == 0
    with qtbot.waitSignal(rows.layoutChanged):
        pass
    assert shown(rows) == list(range(49, -1, -1))
    assert moved.count() == 1


def test_a_change_that_moves_nothing_causes_no_new_order(qtbot, model, rows):
    model.append([scored(0, 0.9), waiting(1)])
    rows.settle()
    moved = QSignalSpy(rows.layoutChanged)
    model.replace(waiting(1).started())
    model.set_thumbnail(0, QImage(4, 4, QImage.Format.Format_Grayscale8))
    rows.settle()
    assert moved.count() == 0


def test_a_change_is_passed_on_for_the_row_in_which_the_film_is_shown(model, rows):
    model.append([scored(0, 0.1), scored(1, 0.9)])
    rows.settle()
    changed = QSignalSpy(rows.dataChanged)
    model.replace(scored(1, 0.8))
    top, bottom, _ = changed.at(0)
    assert changed.count() == 1
    assert (top.row(), bottom.row(), bottom.column()) == (0, 0, len(Column) - 1)


def test_arrival_order_never_moves_a_row(model, rows):
    rows.set_order(Order.ARRIVAL)
    moved = QSignalSpy(rows.layoutChanged)
    model.append([waiting(0), waiting(1)])
    model.replace(scored(1, 0.99))
    rows.settle()
    assert shown(rows) == [0, 1]
    assert moved.count() == 0


@pytest.mark.parametrize(("descending", "wanted"), [(False, [2, 0, 3, 1]), (True, [0, 3, 2, 1])])
def test_a_column_sorts_by_number_with_films_of_no_value_last_and_equals_as_they_came(model, rows, descending, wanted):
    model.append([scored(0, 0.1), waiting(1), scored(2, 0.09), scored(3, 0.1)])
    rows.set_order(ColumnOrder(Column.PROBABILITY, descending))
    assert shown(rows) == wanted


def test_qt_can_sort_it_by_column(model, rows):
    model.append([scored(0, 0.1), scored(1, 0.9)])
    rows.sort(Column.PROBABILITY, Qt.SortOrder.DescendingOrder)
    assert rows.order == ColumnOrder(Column.PROBABILITY, descending=True)
    assert shown(rows) == [1, 0]
    rows.sort(-1)
    assert rows.order is Order.ARRIVAL


def test_whoever_holds_a_row_holds_its_film_when_the_order_changes(model, rows):
    model.append([scored(number, number / 10) for number in range(10)])
    rows.settle()
    held = {number: QPersistentModelIndex(rows.index(rows.place_of(number), 0)) for number in (0, 4, 9)}
    model.replace(scored(4, 0.999))
    rows.settle()
    assert shown(rows)[0] == 4
    assert {number: index.data(Role.ITEM).number for number, index in held.items()} == {0: 0, 4: 4, 9: 9}


def test_no_score_ever_hides_a_film(model, rows):
    model.append([scored(0, 0.0), scored(1, 1.0), refused(2), failed(3), waiting(4), scored(5, 0.5, "UNDETERMINED")])
    for order in (*Order, *(ColumnOrder(column, descending) for column in Column for descending in (False, True))):
        rows.set_order(order)
        assert sorted(shown(rows)) == list(range(6))


def test_the_filter_hides_rows_until_it_is_cleared(model, rows):
    model.append([waiting(0, "a.dcm"), waiting(1, "b.dcm"), waiting(2, "ab.dcm")])
    rows.set_filter("a.")
    assert shown(rows) == [0]
    assert (rows.place_of(0), rows.place_of(1)) == (0, None)
    rows.set_filter("")
    assert shown(rows) == [0, 1, 2]


def test_arrivals_pass_the_filter_too(model, rows):
    rows.set_filter("keep")
    model.append([waiting(0, "keep.dcm"), waiting(1, "other.dcm")])
    model.append([waiting(2, "other.dcm")])
    assert shown(rows) == [0]


def test_a_result_brings_a_film_into_the_filter_or_takes_it_out(qtbot, model, rows):
    model.append([waiting(0), waiting(1)])
    rows.set_filter("waiting")
    model.replace(scored(0, 0.9))
    assert shown(rows) == [0, 1]
    with qtbot.waitSignal(rows.modelReset):
        pass
    assert shown(rows) == [1]
    rows.set_filter("suspected")
    model.replace(scored(1, 0.8))
    rows.settle()
    assert shown(rows) == [0, 1]


def test_rows_stay_a_second_longer_under_a_moving_hand(model, rows):
    model.append([scored(0, 0.1)])
    timer = rows.findChild(QTimer)
    soon = timer.remainingTime()
    rows.postpone()
    assert soon < 400
    assert timer.remainingTime() > 500


def test_a_list_that_takes_long_to_sort_is_sorted_less_often(model, rows, monkeypatch):
    clock = iter((10.0, 11.0))
    monkeypatch.setattr("radassist.gui.worklist.worklist_order_model.time.perf_counter", lambda: next(clock))
    rows.settle()
    model.append([scored(0, 0.1)])
    assert rows.findChild(QTimer).remainingTime() > 9000


def test_the_hand_causes_no_new_order_where_nothing_changed(rows):
    rows.postpone()
    assert not rows.is_unsettled


def test_clearing_the_list_clears_the_rows(model, rows):
    model.append([scored(0, 0.1), scored(1, 0.9)])
    rows.settle()
    model.clear()
    assert rows.rowCount() == 0
    model.append([waiting(7)])
    assert shown(rows) == [7]


def test_after_any_changes_the_order_is_that_of_sorting_afresh(model, rows):
    dice = random.Random(5)
    for number in range(300):
        model.append([dice.choice([waiting(number), refused(number), scored(number, dice.random())])])
        changed = dice.randrange(number + 1)
        model.replace(dice.choice([scored(changed, dice.random()), failed(changed), waiting(changed)]))
        if dice.random() < 0.1:
            rows.settle()
    rows.settle()
    wanted = sorted(model.items(), key=lambda item: (suspicion_key(item), item.number))
    assert shown(rows) == [item.number for item in wanted]
    assert [rows.place_of(item.number) for item in wanted] == list(range(300))
    assert all(rows.mapFromSource(rows.mapToSource(rows.index(row, 2))) == rows.index(row, 2) for row in range(300))


@pytest.fixture
def studies(model, rows) -> WorklistOrderModel:
    """Two films of study A, between them one of study B and one without a header."""
    a, b = ({"study_uid": name, "patient_name": name} for name in "AB")
    model.append([waiting(0, **a), waiting(1, **b), waiting(2, "c.png"), waiting(3, **a)])
    rows.set_order(Order.STUDY)
    return rows


def headings(rows: WorklistOrderModel) -> list[str | None]:
    return [rows.index(row, 0).data(Role.HEADING) for row in range(rows.rowCount())]


def test_in_the_order_by_study_films_of_one_study_stand_together_below_its_heading(studies):
    assert shown(studies) == [0, 3, 1, 2]
    assert headings(studies) == ["A · 2 films", None, "B", "c.png"]
    assert studies.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("A · 2 films. A. ")


@pytest.mark.parametrize("order", [Order.ARRIVAL, Order.SUSPICION, ColumnOrder(Column.FILM)])
def test_other_orders_have_no_headings(studies, order):
    studies.set_order(order)
    assert headings(studies) == [None] * 4


def test_the_first_film_the_filter_leaves_of_a_study_carries_its_heading(studies):
    studies.set_filter("film0003")
    assert (shown(studies), headings(studies)) == ([3], ["A · 2 films"])


def test_films_that_come_or_are_named_join_their_study_a_little_later(qtbot, model, studies):
    model.append([waiting(4, study_uid="B")])
    model.replace(waiting(2, "c.png", study_uid="A"))
    assert shown(studies) == [0, 3, 1, 2, 4]
    with qtbot.waitSignal(studies.layoutChanged):
        pass
    assert shown(studies) == [0, 2, 3, 1, 4]
    assert headings(studies) == ["A · 3 films", None, None, "B · 2 films", None]


def test_views_hear_of_a_heading_that_changes_where_no_row_moves(model, studies):
    model.append([waiting(4, "d.png")])
    studies.settle()
    moved, changed = QSignalSpy(studies.layoutChanged), QSignalSpy(studies.dataChanged)
    model.replace(waiting(4, "d.png", study_uid="D", patient_name="D"))
    studies.settle()
    assert headings(studies)[-1] == "D"
    assert moved.count() == 0
    assert Role.HEADING in changed.at(changed.count() - 1)[2]


def test_results_cause_no_new_grouping(monkeypatch, model, studies):
    monkeypatch.setattr(
        "radassist.gui.worklist.worklist_studies.group_by_study", lambda _: pytest.fail("grouped again")
    )
    for item in model.items():
        model.replace(item.started())
    model.replace(model.item(2).failed("Broken."))
    assert not studies.is_unsettled
    studies.settle()


def test_an_emptied_list_forgets_its_studies(model, studies):
    model.clear()
    model.append([waiting(0, "other.png")])
    studies.settle()
    assert headings(studies) == ["other.png"]


@pytest.fixture
def folded(studies) -> WorklistOrderModel:
    """Study A is folded, its films 0 and 3 are one row."""
    studies.set_folded(3, True)
    return studies


def test_a_folded_study_is_one_row_that_leads_to_all_its_films(model, folded):
    assert shown(folded) == [0, 1, 2]
    assert [folded.is_folded(row) for row in range(3)] == [True, False, False]
    assert [folded.place_of(number) for number in range(4)] == [0, 1, 2, 0]
    assert folded.mapFromSource(model.index(3, 0)) == QModelIndex()
    folded.set_folded(0, False)
    assert shown(folded) == [0, 3, 1, 2]


def test_folding_leaves_no_film_out_of_what_is_listed(folded):
    assert [folded.listed_at(position) for position in range(folded.listed_count)] == [0, 3, 1, 2]
    assert [folded.position_of(number) for number in range(4)] == [0, 2, 3, 1]


def test_a_folded_study_tells_every_answer_in_it_and_nothing_of_its_first_film_alone(model, folded):
    changed = QSignalSpy(folded.dataChanged)
    model.replace(scored(3, 0.9, study_uid="A", patient_name="A"))
    head = folded.index(0, Column.FILM)
    assert [count.words for count in head.data(Role.FOLD).counts] == ["1 suspected", "1 waiting"]
    assert {changed.at(call)[0].row() for call in range(changed.count())} == {0}
    assert head.data(Qt.ItemDataRole.AccessibleTextRole) == "A · 2 films. Folded: 2 films, 1 suspected, 1 waiting."
    assert "1 suspected" in head.data(Qt.ItemDataRole.ToolTipRole)
    assert all(folded.index(0, column).data() is None for column in Column)


def test_a_score_that_is_kept_from_the_reader_is_kept_by_the_fold_too(model, folded):
    model.replace(scored(3, 0.9, study_uid="A", patient_name="A"))
    model.set_reading(3, FilmReading(hides_score=True))
    assert [count.words for count in folded.index(0, 0).data(Role.FOLD).counts] == ["1 scored", "1 waiting"]


def test_a_study_of_one_film_has_nothing_to_fold(studies):
    studies.set_folded(1, True)
    studies.set_all_folded(True)
    assert shown(studies) == [0, 1, 2]
    folds = [studies.index(row, 0).data(Role.FOLD) for row in range(3)]
    assert (folds[0].is_folded, *folds[1:]) == (True, None, None)
    studies.set_all_folded(False)
    assert shown(studies) == [0, 3, 1, 2]


def test_other_orders_and_filters_show_every_film_and_the_folds_are_remembered(folded):
    folded.set_order(Order.ARRIVAL)
    assert shown(folded) == [0, 1, 2, 3]
    folded.set_order(Order.STUDY)
    assert shown(folded) == [0, 1, 2]
    folded.set_filter("film0003")
    assert (shown(folded), folded.index(0, 0).data(Role.FOLD)) == ([3], None)
    folded.set_filter("")
    assert shown(folded) == [0, 1, 2]


def test_films_that_join_a_folded_study_are_told_by_it(model, folded, qtmodeltester):
    model.append([failed(4), waiting(5, study_uid="A", patient_name="A")])
    model.replace(scored(2, 0.9, study_uid="A", patient_name="A"))
    folded.settle()
    assert shown(folded) == [0, 1, 4]
    assert folded.index(0, 0).data(Role.FOLD).films == 4
    qtmodeltester.check(folded)


@pytest.fixture
def series(model, rows) -> WorklistOrderModel:
    """Study A has series x (films 0, 2) and y (film 1), study B the films 3 and 4 of one series."""
    known = [("A", "x"), ("A", "y"), ("A", "x"), ("B", "z"), ("B", "z")]
    facts = [{"study_uid": a, "patient_name": a, "series_uid": b, "series_description": b} for a, b in known]
    model.append([waiting(number, **fact) for number, fact in enumerate(facts)])
    rows.set_order(Order.STUDY)
    return rows


def series_headings(rows: WorklistOrderModel) -> list[str | None]:
    return [rows.index(row, 0).data(Role.SERIES_HEADING) for row in range(rows.rowCount())]


def test_series_are_named_below_their_study_where_it_has_several(series):
    assert shown(series) == [0, 2, 1, 3, 4]
    assert headings(series) == ["A · 3 films · 2 series", None, None, "B · 2 films", None]
    assert series_headings(series) == ["x · 2 films", None, "y · 1 film", None, None]
    assert series.rows_of_two_headings() == [0]
    spoken = series.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("A · 3 films · 2 series. x · 2 films. A. ")
    series.set_order(Order.ARRIVAL)
    assert (series_headings(series), series.rows_of_two_headings()) == ([None] * 5, [])


def test_a_folded_series_is_one_row_and_tells_its_own_films_alone(model, series):
    series.set_folded(2, True, Level.SERIES)
    assert shown(series) == [0, 1, 3, 4]
    assert [series.is_folded(row) for row in range(4)] == [True, False, False, False]
    model.replace(scored(2, 0.9, study_uid="A", patient_name="A", series_uid="x", series_description="x"))
    head = series.index(0, 0)
    assert not head.data(Role.FOLD).is_folded
    assert [count.words for count in head.data(Role.SERIES_FOLD).counts] == ["1 suspected", "1 waiting"]
    said = "A · 3 films · 2 series. x · 2 films. Folded: 2 films, 1 suspected, 1 waiting."
    assert head.data(Qt.ItemDataRole.AccessibleTextRole) == said
    assert series.index(1, 0).data(Role.SERIES_FOLD) is None
    assert [series.listed_at(position) for position in range(series.listed_count)] == [0, 2, 1, 3, 4]


def test_a_folded_study_names_no_series_and_its_series_stay_as_they_were(series, qtmodeltester):
    series.set_folded(0, True, Level.SERIES)
    series.set_folded(0, True)
    assert shown(series) == [0, 3, 4]
    assert (series_headings(series), series.rows_of_two_headings()) == ([None] * 3, [])
    qtmodeltester.check(series)
    series.set_folded(0, False)
    assert shown(series) == [0, 1, 3, 4]
    series.reveal(2)
    assert shown(series) == [0, 2, 1, 3, 4]


def test_a_filter_unfolds_series_and_names_the_first_it_leaves(series):
    series.set_folded(0, True, Level.SERIES)
    series.set_filter("film0002")
    assert (shown(series), series_headings(series)) == ([2], ["x · 2 films"])
    assert series.rows_of_two_headings() == [0]
    series.set_filter("")
    assert shown(series) == [0, 1, 3, 4]


def test_views_hear_that_headings_come_where_no_row_moves(model, rows, qtbot):
    model.append([waiting(number, study_uid="A", series_uid=str(number)) for number in range(2)])
    rows.set_order(Order.STUDY)
    with qtbot.waitSignal(rows.headings_changed):
        rows.set_order(Order.ARRIVAL)
    with qtbot.waitSignal(rows.headings_changed):
        rows.set_order(Order.STUDY)


def test_ten_thousand_films_are_folded_and_filtered_within_a_tenth_of_a_second(model, rows):
    model.append([waiting(number, study_uid=str(number // 3)) for number in range(10_000)])
    rows.set_order(Order.STUDY)
    for act in (lambda: rows.set_all_folded(True), lambda: rows.set_filter("film"), lambda: rows.set_filter("")):
        began = time.thread_time()
        act()
        assert time.thread_time() - began < 0.1
    assert rows.rowCount() == 3334


def test_films_that_are_removed_leave_their_studies_in_order_and_folded(model, folded, qtmodeltester):
    model.append([waiting(4, study_uid="A", patient_name="A")])
    folded.settle()
    model.remove({0, 2})
    assert (shown(folded), headings(folded)) == ([1, 3], ["B", "A · 2 films"])
    assert folded.is_folded(1)
    qtmodeltester.check(folded)
