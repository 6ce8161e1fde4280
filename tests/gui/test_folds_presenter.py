"""Studies of the worklist are folded and unfolded by the menu's acts and their keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.windows import Desk, desk
from helpers.worklist_items import scored
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from radassist.gui.actions.spec import Need
from radassist.gui.worklist.worklist_order import Order
from radassist.gui.worklist.worklist_order_model import WorklistOrderModel

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at(qtbot, tmp_path: Path) -> Iterator[Desk]:
    """Studies a (films 0, 1), b (2, 3) and c (4)."""
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.worklist_model.append(
            [scored(number, 0.9, study_uid=study) for number, study in enumerate("aabbc")]
        )
        made.window.actions_by_id.set_met(dict.fromkeys(Need, True))
        made.window.show()
        made.window.activateWindow()
        qtbot.waitUntil(made.window.isActiveWindow)
        yield made


def enable_all(at: Desk) -> None:
    """As if the films could be read, which are on the list alone."""
    at.window.actions_by_id.set_met(dict.fromkeys(Need, True))


def rows_of(at: Desk) -> WorklistOrderModel:
    return at.window.worklist.findChild(WorklistOrderModel)


def test_keys_fold_and_unfold_all_studies_and_turn_to_the_order_by_study(at: Desk) -> None:
    QTest.keyClick(at.window, Qt.Key.Key_Left, CONTROL | SHIFT)
    assert at.window.worklist.order is Order.STUDY
    assert rows_of(at).rowCount() == 3
    QTest.keyClick(at.window, Qt.Key.Key_Right, CONTROL | SHIFT)
    assert rows_of(at).rowCount() == 5


def test_keys_fold_and_unfold_the_study_of_the_selected_film(at: Desk) -> None:
    at.window.worklist.select(3)
    enable_all(at)
    QTest.keyClick(at.window, Qt.Key.Key_Left, CONTROL)
    assert [rows_of(at).is_folded(row) for row in range(rows_of(at).rowCount())] == [False, False, True, False]
    assert at.window.worklist.selected_number == 3
    QTest.keyClick(at.window, Qt.Key.Key_Right, CONTROL)
    assert rows_of(at).rowCount() == 5


def test_keys_fold_and_unfold_the_series_of_the_selected_film(at: Desk) -> None:
    at.window.worklist_model.append(
        [scored(5 + number, 0.9, study_uid="d", series_uid=uid) for number, uid in enumerate("xxy")]
    )
    at.window.worklist.select(6)
    enable_all(at)
    QTest.keyClick(at.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert at.window.worklist.order is Order.STUDY
    assert rows_of(at).rowCount() == 7
    assert (at.window.worklist.selected_number, rows_of(at).place_of(6)) == (6, 5)
    QTest.keyClick(at.window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert rows_of(at).rowCount() == 8
