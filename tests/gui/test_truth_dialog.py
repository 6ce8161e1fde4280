import pytest
from helpers.truths import MIXED, audit_of
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel

from radassist.gui.theme import load_theme
from radassist.gui.truth.truth_dialog import TruthDialog


@pytest.fixture
def dialog(qtbot) -> TruthDialog:
    made = TruthDialog(audit_of(*MIXED), load_theme("dark"))
    qtbot.addWidget(made)
    return made


def _numbers(dialog: TruthDialog) -> list[int]:
    return [film.number for film in dialog.model.films]


def test_curve_costs_and_list_follow_the_threshold(dialog: TruthDialog) -> None:
    assert _numbers(dialog) == [1, 2]
    costs = dialog.panel.texts()
    dialog.panel.set_threshold(0.85)
    assert _numbers(dialog) == [2, 4]
    assert dialog.panel.texts() != costs and "33.3" in dialog.plot.accessibleName()
    assert any("2 of 5" in label.text() for label in dialog.findChildren(QLabel))


def test_turning_to_a_row_turns_to_its_film(dialog: TruthDialog) -> None:
    chosen = QSignalSpy(dialog.film_chosen)
    dialog.table.selectRow(1)
    assert chosen.at(chosen.count() - 1) == [2]


def test_moving_the_threshold_turns_to_no_film(dialog: TruthDialog) -> None:
    dialog.table.selectRow(0)
    chosen = QSignalSpy(dialog.film_chosen)
    for threshold in (0.2, 0.7, 0.99, 0.0):
        dialog.panel.set_threshold(threshold)
    assert chosen.count() == 0


def test_films_of_one_label_alone_get_costs_as_far_as_they_go(qtbot) -> None:
    alone = TruthDialog(audit_of((0.9, True), (0.2, True)), load_theme("light"))
    qtbot.addWidget(alone)
    assert alone.panel.texts()[1] == "no such films" and _numbers(alone) == [1]
