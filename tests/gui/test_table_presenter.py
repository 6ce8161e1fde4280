"""The table of results, as the window writes it."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import make_items
from helpers.windows import Desk, desk

from radassist.domain.errors import StoreError
from radassist.gui.results.table_presenter import TablePresenter


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
