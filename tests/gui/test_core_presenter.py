"""The core sample in the window: by key, under the pointer, gone with it."""

from pathlib import Path

import pytest
from helpers.marks import on_screen
from helpers.mouse import hover
from helpers.windows import Desk, desk
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from radassist.domain.analysis import Reduction
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.inside.core_presenter import CorePresenter


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        with qtbot.waitExposed(made.window):
            made.window.show()
        made.presenter.use(made.backing())
        made.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(made.items()) == 2 and made.is_settled())
        yield made


def presenter(at: Desk) -> CorePresenter:
    (made,) = at.window.findChildren(CorePresenter)
    return made


def point_at(at: Desk, row: float, column: float) -> None:
    hover(at.window.film, on_screen(at.window.film, column, row))


def test_values_stand_beside_the_pointer_only_when_wanted(at: Desk) -> None:
    column = presenter(at).column
    point_at(at, 40, 30)
    assert column.isHidden()
    at.window.actions_by_id["core_sample"].trigger()
    assert not column.isHidden()
    assert [row.name for row in column.rows] == ["Column, row", "Film", "block1", "block2"]
    at.window.actions_by_id["core_sample"].trigger()
    assert column.isHidden()


def test_values_follow_the_pointer_and_go_with_it(at: Desk) -> None:
    at.window.actions_by_id["core_sample"].trigger()
    point_at(at, 40, 30)
    before = presenter(at).column.rows
    point_at(at, 80, 10)
    assert presenter(at).column.rows != before
    QApplication.sendEvent(at.window.film, QEvent(QEvent.Type.Leave))
    assert presenter(at).column.isHidden()


def test_another_choice_changes_the_values_under_a_resting_pointer(at: Desk) -> None:
    at.window.actions_by_id["core_sample"].trigger()
    point_at(at, 40, 30)
    before = presenter(at).column.rows
    at.window.blocks.restore(BlocksState("block1", Reduction.CHANNEL, 3, visible=True))
    after = presenter(at).column.rows
    assert after[2].is_chosen
    assert [row.value for row in after[2:]] != [row.value for row in before[2:]]


def test_no_value_of_one_film_is_told_of_another(at: Desk, qtbot) -> None:
    at.window.actions_by_id["core_sample"].trigger()
    point_at(at, 40, 30)
    before = presenter(at).column.rows
    at.window.worklist.step(1)
    qtbot.waitUntil(at.is_settled)
    point_at(at, 40, 30)
    after = presenter(at).column.rows
    assert [row.value for row in after] != [row.value for row in before]
    at.presenter.close_all()
    assert presenter(at).column.isHidden()


def test_the_wish_is_remembered(at: Desk) -> None:
    at.window.actions_by_id["core_sample"].trigger()
    assert at.settings.text("blocks/core_sample", "") == "true"
