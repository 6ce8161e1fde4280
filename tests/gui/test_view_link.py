"""Two views move together: place and turns by shares of the film, the window by shares of its pixels."""

import numpy as np
import pytest
from helpers.mouse import LEFT, MIDDLE, drag
from helpers.pictures import smooth_film
from PySide6.QtCore import QObject, QPoint
from pytestqt.qtbot import QtBot

from radassist.domain.radiograph import Window
from radassist.gui.beside.view_link import ViewLink
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import load_theme
from radassist.imaging.rendering import to_grey8

DEEP, SHALLOW = smooth_film(300, 400), smooth_film(150, 200, np.uint8)


@pytest.fixture
def views(qtbot: QtBot) -> tuple[FilmView, FilmView, ViewLink]:
    made = [FilmView(load_theme("dark")) for _ in range(2)]
    for view, film in zip(made, (DEEP, SHALLOW), strict=True):
        qtbot.addWidget(view)
        view.resize(400, 300)
        with qtbot.waitExposed(view):
            view.show()
        view.set_radiograph(film)
    return made[0], made[1], ViewLink(made[0], made[1], QObject(made[0]))


def test_zoom_pan_and_turns_are_shared_both_ways(views: tuple[FilmView, FilmView, ViewLink]) -> None:
    first, second, _ = views
    first.zoom_by(3)
    drag(first, MIDDLE, QPoint(200, 150), QPoint(150, 170))
    assert (second.place.x, second.place.y) == pytest.approx((first.place.x, first.place.y), abs=0.01)
    assert second.zoom == pytest.approx(2 * first.zoom)
    second.rotate(90)
    second.flip_horizontally()
    assert first.orientation == second.orientation
    second.fit()
    assert first.is_fitted


def test_views_that_are_not_linked_keep_their_place(views: tuple[FilmView, FilmView, ViewLink]) -> None:
    first, second, link = views
    link.moves = False
    first.zoom_by(3)
    assert second.is_fitted
    with link.resting():
        first.fit()
    link.moves = True
    with link.resting():
        first.zoom_by(2)
    assert second.is_fitted
    link.align()
    assert not second.is_fitted


def test_windows_are_their_own_until_they_are_linked(views: tuple[FilmView, FilmView, ViewLink]) -> None:
    first, second, link = views
    before = second.shown_window
    first.set_window(Window(30_000, 9_000))
    assert second.shown_window is before
    link.windows = True
    link.align()
    shown, alike = to_grey8(DEEP, first.shown_window), to_grey8(SHALLOW, second.shown_window)
    assert np.abs(shown[::2, ::2].astype(int) - alike).mean() < 5


def test_a_drag_and_an_inversion_are_followed(views: tuple[FilmView, FilmView, ViewLink]) -> None:
    first, second, link = views
    link.windows = True
    before = second.shown_window
    drag(first, LEFT, QPoint(200, 150), QPoint(120, 150))
    assert second.shown_window != before and second.is_settled
    first.toggle_invert()
    assert second.is_inverted
    second.toggle_invert()
    assert not first.is_inverted


def test_a_view_without_a_film_is_left_alone(views: tuple[FilmView, FilmView, ViewLink]) -> None:
    first, second, link = views
    link.windows = True
    second.clear()
    first.zoom_by(2)
    first.set_window(Window(1, 2))
    assert second.radiograph is None
