"""One film or two, and which of them keys act on."""

import pytest
from helpers.pictures import smooth_film
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from radassist.gui.beside.film_area import FilmArea
from radassist.gui.theme import load_theme


@pytest.fixture
def area(qtbot: QtBot) -> FilmArea:
    made = FilmArea(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(900, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.first.set_radiograph(smooth_film())
    return made


def test_one_film_has_all_the_room_and_no_line_above_it(area: FilmArea) -> None:
    assert not area.is_two
    assert area.first.width() == area.width()
    assert not area.first_strip.isVisible()


def test_two_films_have_equal_room_and_a_line_each(area: FilmArea, qtbot: QtBot) -> None:
    area.set_two(True)
    qtbot.waitUntil(lambda: area.second.isVisible() and abs(area.first.width() - area.second.width()) <= 8)
    assert area.first_strip.isVisible() and area.second_strip.isVisible()


def test_keys_act_on_the_film_touched_last(area: FilmArea, qtbot: QtBot) -> None:
    area.activateWindow()
    area.set_two(True)
    qtbot.waitUntil(area.isActiveWindow)
    assert area.active is area.first
    with qtbot.waitSignal(area.active_changed):
        QTest.mouseClick(area.second.viewport(), Qt.MouseButton.LeftButton)
        area.second.setFocus()
    assert area.active is area.second
    area.set_two(False)
    assert area.active is area.first
