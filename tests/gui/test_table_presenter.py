"""The table of results, as the window writes it."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import make_analysis, make_film, make_items
from helpers.windows import Desk, desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from radassist.domain.errors import StoreError
from radassist.gui.results.table_presenter import TablePresenter
from radassist.gui.widgets import dialogs
from radassist.gui.widgets.scope_box import Scope
from radassist.gui.worklist.film_reading import FilmReading
from radassist.gui.worklist.worklist_view import WorklistView


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        yield made


def test_a_table_that_cannot_be_written_is_told_in_one_sentence(at: Desk, qtbot) -> None:
    def refuse(items: object, target: Path, labels: object) -> None:
        raise StoreError(f"{target.name} cannot be written: the disk is full.")

    at.presenter.use(replace(at.backing(), write_csv=refuse))
    at.window.findChild(TablePresenter).save(Path("out.csv"))
    qtbot.waitUntil(lambda: at.window.message_bar.sentence == "out.csv cannot be written: the disk is full.")


def test_an_export_holds_every_film_on_the_worklist(at: Desk, qtbot) -> None:
    at.presenter.use(at.backing())
    at.open("a.dcm", "b.dcm", "c.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 3 and at.is_settled())
    at.window.findChild(TablePresenter).save(Path("out.csv"))
    qtbot.waitUntil(lambda: len(at.written) == 1)
    items, target = at.written[0]
    assert target == Path("out.csv")
    assert sorted(item.source.name for item in items) == ["a.dcm", "b.dcm", "c.dcm"]
    qtbot.waitUntil(lambda: at.window.statusBar().currentMessage() == "3 rows written to out.csv.")


def test_an_export_says_what_is_not_in_it(at: Desk, qtbot) -> None:
    (scored, waiting) = make_items("a.dcm", "b.dcm")
    at.settings.score_on_opening = False
    at.presenter.use(at.backing())
    at.presenter.add_items([scored.started().refused("A hand."), waiting])
    at.window.findChild(TablePresenter).save(Path("out.csv"))
    qtbot.waitUntil(lambda: at.window.message_bar.sentence != "")
    assert at.window.message_bar.sentence == ("1 row written to out.csv; 1 film is not scored yet and not in it.")
    assert [item.source.name for item in at.written[0][0]] == ["a.dcm"]


def test_notes_are_exported_only_where_they_are_kept(at: Desk, qtbot, tmp_path: Path) -> None:
    at.presenter.use(at.backing())
    at.window.findChild(TablePresenter).save(tmp_path / "named.csv", identified=True)
    assert at.written == [] and "no notes" in at.window.message_bar.sentence


def test_the_act_writes_the_selected_films_alone_and_turns_to_none(at: Desk, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(dialogs, "choose_csv", lambda *_: Path("some.csv"))
    at.presenter.use(at.backing())
    at.open("a.dcm", "b.dcm", "c.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 3 and at.is_settled())
    shown = at.window.worklist.selected_number
    QTest.keyClick(at.window.findChild(WorklistView), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    wanted = at.window.worklist.selected_numbers
    at.window.actions_by_id["export_selected"].trigger()
    qtbot.waitUntil(lambda: len(at.written) == 1)
    assert [item.number for item in at.written[0][0]] == list(wanted)
    assert (len(wanted), at.window.worklist.selected_number) == (2, shown)
    qtbot.waitUntil(lambda: at.window.statusBar().currentMessage() == "2 rows written to some.csv.")


def test_rows_can_be_exported_while_some_are_selected(at: Desk) -> None:
    act, worklist = at.window.actions_by_id["export_selected"], at.window.worklist
    assert not act.isEnabled()
    at.settings.score_on_opening = False
    at.presenter.add_items(list(make_items("a.dcm", "b.dcm")))
    assert act.isEnabled()
    worklist._filter.setText("no such film")
    worklist._apply_filter()
    assert not act.isEnabled()
    worklist._filter.setText("")
    worklist._apply_filter()
    assert act.isEnabled()
    at.presenter.close_all()
    assert not act.isEnabled()


def test_a_hidden_score_keeps_back_only_tables_it_would_stand_in(at: Desk, qtbot) -> None:
    at.settings.score_on_opening = False
    at.presenter.use(at.backing())
    items = [item.started().scored(make_analysis(make_film(item.source.name))) for item in make_items("a.dcm", "b.dcm")]
    at.presenter.add_items(items)
    at.window.worklist.select(1)
    at.window.worklist_model.set_reading(0, FilmReading(hides_score=True))
    tables = at.window.findChild(TablePresenter)
    tables.save(Path("out.csv"))
    assert "would tell you what the model says of 1 film you have" in at.window.message_bar.sentence
    tables.save(Path("out.csv"), scope=Scope.SELECTED)
    qtbot.waitUntil(lambda: len(at.written) == 1)
    assert [item.number for item in at.written[0][0]] == [1]
