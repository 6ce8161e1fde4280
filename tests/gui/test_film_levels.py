"""What is made ahead is what the screen would make itself."""

import numpy as np
import pytest
from helpers.pictures import film_of, paint_item, smooth_film
from PySide6.QtGui import QTransform

from radassist.domain.radiograph import Radiograph
from radassist.gui.film.film_item import FilmItem
from radassist.gui.film.film_levels import make_levels
from radassist.imaging import rendering

pytestmark = pytest.mark.usefixtures("qapp")  # a scene needs the application


@pytest.mark.parametrize("film", [smooth_film(700, 900), film_of(np.full((1, 1), 7, np.uint8))])
@pytest.mark.parametrize("scale", [0.2, 1.0, 3.0])
def test_a_film_looks_the_same_from_levels_made_ahead(film: Radiograph, scale: float) -> None:
    shown = [
        paint_item(FilmItem(film, levels), (120, 120), QTransform.fromScale(scale, scale))
        for levels in (None, make_levels(film))
    ]
    np.testing.assert_array_equal(shown[0], shown[1])


def test_nothing_is_left_to_make_when_the_film_is_shown() -> None:
    film = smooth_film(700, 900)
    levels = make_levels(film)
    held = levels.nbytes
    levels.greys.level(2)
    assert levels.nbytes == held >= film.pixels.size
    np.testing.assert_array_equal(levels.greys.level(0), rendering.to_grey8(film))


def test_another_window_does_not_change_what_was_made_ahead() -> None:
    film = smooth_film(300, 300)
    levels = make_levels(film)
    item = FilmItem(film, levels)
    before = levels.greys.level(0).copy()
    item.show_window(rendering.full_range(film), invert=True, settled=True)
    paint_item(item, (50, 50), QTransform.fromScale(0.5, 0.5))
    np.testing.assert_array_equal(levels.greys.level(0), before)
