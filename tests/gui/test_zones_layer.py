"""The zones of the ledger as they are painted."""

import pytest
from helpers.fakes import make_film
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from radassist.domain.lungs import BodyZones, Zone, ZoneOutline
from radassist.gui.explain.zones_layer import ZonesLayer, words_of
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import load_theme

THEME = load_theme("dark")
SQUARE = ((20.0, 10.0), (20.0, 50.0), (80.0, 50.0), (80.0, 10.0), (20.0, 10.0))
LUNGS = BodyZones((ZoneOutline(Zone.LUNGS, (SQUARE,)),), 0.6, "An estimate.")


@pytest.fixture
def view(qtbot) -> FilmView:
    made = FilmView(THEME)
    qtbot.addWidget(made)
    made.resize(300, 420)
    made.set_radiograph(make_film(size=(96, 64)))
    made.show()
    return made


@pytest.mark.parametrize("quarter_turns", [0, 1])
def test_a_zone_is_outlined_on_its_film_pixels(view: FilmView, quarter_turns: int) -> None:
    layer = ZonesLayer(view, THEME)
    view.set_orientation(view.orientation.rotated(quarter_turns))
    layer.show(LUNGS)
    place = view.film_transform.map(QPointF(10, 50)).toPoint()
    picture = view.viewport().grab().toImage()
    near = {picture.pixelColor(place.x() + dx, place.y() + dy).name() for dx in (-1, 0, 1) for dy in (-1, 0, 1)}

    assert QColor(THEME.mark).name() in near


def test_nothing_is_painted_where_nothing_is_wanted(view: FilmView) -> None:
    before = view.viewport().grab().toImage()
    layer = ZonesLayer(view, THEME)
    layer.show(LUNGS)
    assert view.viewport().grab().toImage() != before
    layer.show(None)

    assert view.viewport().grab().toImage() == before


@pytest.mark.parametrize(
    ("zones", "words"),
    [
        (LUNGS, "lungs: estimate"),
        (BodyZones(LUNGS.outlines, 0.45, ""), "lungs: rough guess"),
        (BodyZones((), 0.2, ""), "lungs not found"),
    ],
)
def test_an_estimate_says_that_it_is_one(zones: BodyZones, words: str) -> None:
    assert words_of(Zone.LUNGS, zones) == words
    assert words_of(Zone.BORDERS, zones) == "borders"
