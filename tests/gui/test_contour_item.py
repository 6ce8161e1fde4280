import numpy as np
from helpers.pictures import film_of, paint_item
from PySide6.QtGui import QTransform

from radassist.gui.film.contour_item import ContourItem
from radassist.gui.film.film_item import FilmItem
from radassist.gui.film.overlay import Contours

DOWN = np.array([[0.0, 4.0], [10.0, 4.0]])  # rows 0 to 10 at column 4


def test_a_line_is_drawn_at_its_film_pixels_and_as_thick_as_on_any_zoom(qapp) -> None:
    for scale in (10, 30):
        film = FilmItem(film_of(np.full((10, 8), 90, np.uint8)))
        ContourItem(Contours((DOWN,), "#ff8000"), film)
        shown = paint_item(film, (10 * scale, 8 * scale), QTransform.fromScale(scale, scale))
        row = shown[5 * scale].astype(int)
        orange = np.flatnonzero(row[:, 0] - row[:, 2] > 60)
        assert len(orange) and abs(orange.mean() + 0.5 - 4 * scale) <= 1
        assert len(orange) <= 3


def test_no_lines_leave_the_film_as_it_is(qapp) -> None:
    film = FilmItem(film_of(np.full((10, 8), 90, np.uint8)))
    item = ContourItem(Contours((), "#ff8000"), film)
    assert item.boundingRect().isEmpty()
    assert (paint_item(film, (10, 8), QTransform()) == 90).all()
