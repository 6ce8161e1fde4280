"""Magnifier and the film alone, by key and by double click."""

from pathlib import Path

import pytest
from helpers.fakes import FakeLoader
from helpers.mouse import double_click
from helpers.pictures import smooth_film
from helpers.windows import Desk, desk
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from radassist.gui.film.viewing_presenter import ViewingPresenter

FILMS = {"a.dcm": smooth_film(), "b.png": smooth_film()}


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path):
    with desk(tmp_path, FakeLoader(outcomes=FILMS)) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        made.presenter.use(made.backing())
        made.open(*FILMS)
        qtbot.waitUntil(lambda: len(made.items()) == 2 and made.is_settled())
        show(made, qtbot, 0)
        yield made


def show(at: Desk, qtbot: QtBot, number: int) -> None:
    at.window.worklist.select(number)
    qtbot.waitUntil(lambda: at.presenter.films.number == number and at.is_settled())


def shown_docks(at: Desk) -> set[str]:
    return {dock.objectName() for dock in at.window.findChildren(QDockWidget) if not dock.isHidden()}


def test_the_magnifier_is_switched_for_both_films(at: Desk) -> None:
    at.window.actions_by_id["magnifier"].trigger()
    lenses = at.window.findChild(ViewingPresenter).lenses
    assert [lens.is_on for lens in lenses] == [True, True]
    assert at.window.actions_by_id["magnifier"].isChecked()
    at.window.actions_by_id["magnifier"].trigger()
    assert [lens.is_on for lens in lenses] == [False, False]


def test_a_double_click_gives_the_film_the_window_and_back(at: Desk) -> None:
    before = shown_docks(at)
    double_click(at.window.film, QPoint(60, 60))
    assert shown_docks(at) == set() and at.window.actions_by_id["maximise_film"].isChecked()
    double_click(at.window.film, QPoint(60, 60))
    assert shown_docks(at) == before and not at.window.actions_by_id["maximise_film"].isChecked()


def test_a_window_closed_with_the_film_alone_remembers_its_panels(at: Desk) -> None:
    before = shown_docks(at)
    at.window.actions_by_id["maximise_film"].trigger()
    at.window.closing.emit()
    assert shown_docks(at) == before
