"""Hidden parts as they are painted."""

import numpy as np
import pytest
from helpers.fakes import make_film
from helpers.mouse import LEFT, hover, press
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from radassist.domain.whatif import Box, HiddenPart
from radassist.gui.explain.hide_hand import HideHand
from radassist.gui.explain.hide_layer import HideLayer
from radassist.gui.explain.hide_shape import HideShape
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import load_theme

PART = HiddenPart(40, 10, np.full((20, 20), 200, np.uint8), np.ones((20, 20), bool))


class Painted:
    """A view with a film, and what may lie over it."""

    def __init__(self) -> None:
        self.view = FilmView(load_theme("dark"))
        self.view.resize(300, 420)
        self.view.set_radiograph(make_film(size=(96, 64)))
        self.view.show()
        self.hand = HideHand(self.view)
        self.layer = HideLayer(self.view, self.hand, load_theme("dark"))
        self.layer.is_shown = True

    def color(self, row: float, column: float) -> QColor:
        place = self.view.film_transform.map(QPointF(column, row)).toPoint()
        return self.view.viewport().grab().toImage().pixelColor(place)


@pytest.fixture
def painted(qtbot) -> Painted:
    made = Painted()
    qtbot.addWidget(made.view)
    return made


@pytest.mark.parametrize("is_turned", [False, True])
def test_what_takes_the_place_of_a_part_is_seen_there_however_the_film_lies(painted: Painted, is_turned: bool) -> None:
    if is_turned:
        painted.view.set_orientation(painted.view.orientation.rotated(1))
    before = painted.color(70, 40)
    painted.layer.show([Box(40, 10, 60, 30)], PART)

    assert painted.color(50, 20) == QColor(200, 200, 200)
    assert painted.color(70, 40) == before


def test_the_film_is_seen_where_a_part_is_not_hidden(painted: Painted) -> None:
    before = painted.color(45, 15)
    mask = np.ones((20, 20), bool)
    mask[:10, :10] = False
    painted.layer.show([], HiddenPart(40, 10, PART.grey, mask))

    assert painted.color(45, 15) == before
    assert painted.color(55, 25) == QColor(200, 200, 200)


def test_nothing_hidden_is_painted_while_it_is_not_spoken_of(painted: Painted) -> None:
    before = painted.color(50, 20)
    painted.layer.show([Box(40, 10, 60, 30)], PART)
    painted.layer.is_shown = False

    assert painted.color(50, 20) == before


def test_the_brush_is_a_ring_of_its_size_on_the_film(painted: Painted) -> None:
    before = painted.color(48 + 10, 32)
    painted.hand.set_share(10 / 96)
    painted.hand.take(HideShape.BRUSH)
    hover(painted.view, painted.view.film_transform.map(QPointF(32, 48)).toPoint())

    assert painted.color(48 + 10, 32) != before
    press(painted.view, LEFT, painted.view.film_transform.map(QPointF(32, 48)).toPoint())
    assert painted.color(48, 32) != QColor(0, 0, 0)
