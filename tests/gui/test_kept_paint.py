"""A film at rest is painted once: what is copied afterwards is the same to the last bit, and never out of date."""

import numpy as np
import pytest
from helpers.pictures import as_array, smooth_film
from pytestqt.qtbot import QtBot

from radassist.domain.radiograph import Window
from radassist.gui.film.film_item import FilmItem
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import load_theme


@pytest.fixture
def view(qtbot: QtBot) -> FilmView:
    made = FilmView(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(320, 240)
    with qtbot.waitExposed(made):
        made.show()
    made.set_radiograph(smooth_film(300, 411))
    return made


def shown(view: FilmView) -> np.ndarray:
    return as_array(view.viewport().grab().toImage())


def item_of(view: FilmView) -> FilmItem:
    return next(item for item in view.scene().items() if isinstance(item, FilmItem))


@pytest.mark.parametrize(
    "move",
    [
        lambda view: None,
        lambda view: view.zoom_by(2.7),
        lambda view: view.zoom_by(0.41),
        lambda view: view.rotate(90),
        lambda view: view.flip_horizontally(),
        lambda view: view.set_window(Window(20_000, 9_000)),
        lambda view: view.toggle_invert(),
    ],
)
def test_the_copy_is_what_was_painted(view: FilmView, move) -> None:
    shown(view)
    shown(view)
    move(view)
    item_of(view)._kept.forget()
    first = shown(view)
    assert not item_of(view)._kept.is_kept
    np.testing.assert_array_equal(shown(view), first)
    assert item_of(view)._kept.is_kept
    np.testing.assert_array_equal(shown(view), first)


def test_a_view_that_moved_is_painted_anew(view: FilmView) -> None:
    before = [shown(view) for _ in range(3)][-1]
    view.zoom_by(2.7)
    assert (shown(view) != before).any()
    assert not item_of(view)._kept.is_kept


def test_a_window_that_moves_keeps_nothing(view: FilmView) -> None:
    shown(view)
    shown(view)
    view.preview_window(Window(20_000, 9_000))
    shown(view)
    shown(view)
    assert not item_of(view)._kept.is_kept
    view.set_window(Window(20_000, 9_000))
    moved = shown(view)
    view.set_window(Window(40_000, 9_000))
    assert (shown(view) != moved).any()
