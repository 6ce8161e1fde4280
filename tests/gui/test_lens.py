"""The lens shows what is under the pointer, enlarged, and nothing else changes."""

import numpy as np
import pytest
from helpers.mouse import hover
from helpers.pictures import film_of, grab
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radassist.gui.film.image_view import FilmView
from radassist.gui.film.lens import Lens
from radassist.gui.theme import load_theme

CENTER = QPoint(200, 150)


@pytest.fixture
def view(qtbot: QtBot) -> FilmView:
    made = FilmView(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    columns = np.arange(1200, dtype=np.uint16)[None, :] * 50
    made.set_radiograph(film_of(np.repeat(columns, 900, axis=0)))
    made.set_corner_texts_visible(False)
    return made


def test_what_is_under_the_pointer_stays_there_and_its_surroundings_spread(view: FilmView) -> None:
    lens = Lens(view, load_theme("dark"))
    plain = grab(view)[:, :, 0].astype(int)
    hover(view, CENTER)
    lens.set_on(True)
    magnified = grab(view)[:, :, 0].astype(int)
    row = CENTER.y()
    assert magnified[row, CENTER.x()] == pytest.approx(plain[row, CENTER.x()], abs=2)
    for away in (-40, 40):
        near = CENTER.x() + round(away / lens.factor)
        assert magnified[row, CENTER.x() + away] == pytest.approx(plain[row, near], abs=3)
    assert np.array_equal(magnified[5:40, 5:40], plain[5:40, 5:40])


def test_it_shows_at_least_a_film_pixel_a_screen_pixel(view: FilmView) -> None:
    assert Lens(view, load_theme("dark")).factor == pytest.approx(1 / view.zoom)
    view.zoom_by(20)
    assert Lens(view, load_theme("dark")).factor == 2


def test_it_follows_turns_and_flips(view: FilmView) -> None:
    lens = Lens(view, load_theme("dark"))
    view.flip_horizontally()
    hover(view, CENTER)
    lens.set_on(True)
    row = grab(view)[CENTER.y(), :, 0].astype(int)
    assert row[CENTER.x() - 50] > row[CENTER.x() + 50]


def test_without_pointer_or_film_there_is_nothing_to_enlarge(view: FilmView) -> None:
    lens = Lens(view, load_theme("dark"))
    lens.set_on(True)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    before = grab(view)
    hover(view, CENTER)
    assert not np.array_equal(grab(view), before)
    view.clear()
    assert grab(view).max() > 0


def test_a_held_button_shows_it_and_leaves_the_switch_alone(view: FilmView) -> None:
    Lens(view, load_theme("dark"))
    hover(view, CENTER)
    plain = grab(view)
    view.hold_lens(True)
    assert not np.array_equal(grab(view), plain)
    view.hold_lens(False)
    assert np.array_equal(grab(view), plain)
