import numpy as np
import pytest
from helpers.pictures import film_of, grab
from pytestqt.qtbot import QtBot

from radassist.domain.whatif import Box
from radassist.gui.film.image_view import FilmView
from radassist.gui.inside.field_layer import FieldLayer
from radassist.gui.theme import load_theme


@pytest.fixture
def view(qtbot: QtBot) -> FilmView:
    made = FilmView(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    made.set_radiograph(film_of(np.full((100, 200), 128, np.uint8)))
    made.set_corner_texts_visible(False)
    return made


def changed(view: FilmView, layer: FieldLayer, box: Box) -> np.ndarray:
    """First and last row and column of the viewport that the box changes."""
    layer.show(None)
    before = grab(view.viewport()).astype(int)
    layer.show(box)
    rows, columns = np.nonzero(np.abs(grab(view.viewport()) - before).max(axis=2) > 40)
    return np.array([rows.min(), rows.max(), columns.min(), columns.max()])


@pytest.mark.parametrize("turn", [lambda view: None, FilmView.flip_horizontally, lambda view: view.rotate(90)])
def test_the_box_lies_on_its_film_pixels_under_every_turn(view: FilmView, turn) -> None:
    turn(view)
    view.fit()
    layer, box = FieldLayer(view, load_theme("dark")), Box(20, 40, 60, 120)
    corners = [view.film_transform.map(float(x), float(y)) for y in (20, 60) for x in (40, 120)]
    (xs, ys) = ([corner[axis] for corner in corners] for axis in (0, 1))
    np.testing.assert_allclose(changed(view, layer, box), [min(ys), max(ys), min(xs), max(xs)], atol=3)


def test_nothing_is_drawn_without_a_field(view: FilmView) -> None:
    layer = FieldLayer(view, load_theme("dark"))
    before = grab(view.viewport())
    layer.show(None, Box(0, 0, 5, 5), "words")
    np.testing.assert_array_equal(grab(view.viewport()), before)
