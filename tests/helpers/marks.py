"""Marks drawn by a real mouse on a film view."""

from helpers.mouse import LEFT, press, release
from PySide6.QtCore import QPoint, QPointF

from radassist.domain.measurement import Point
from radassist.gui.film.image_view import FilmView


def on_screen(view: FilmView, x: float, y: float) -> QPoint:
    """The viewport pixel whose middle lies nearest to a place of the film."""
    place = view.film_transform.map(QPointF(x, y)) - QPointF(0.5, 0.5)
    return place.toPoint()


def under(view: FilmView, place: QPoint) -> Point:
    """The place of the film under the middle of a viewport pixel."""
    inverse, _ = view.film_transform.inverted()
    point = inverse.map(QPointF(place) + QPointF(0.5, 0.5))
    return Point(point.x(), point.y())


def click(view: FilmView, place: QPoint) -> None:
    """Down and up at one place."""
    press(view, LEFT, place)
    release(view, LEFT, place)
