"""A picture of the film is the film: every pixel, the marks on it, and never more words than were asked for."""

import numpy as np
import pytest
from helpers.film_views import shown_view
from helpers.pictures import as_array, film_of, smooth_film
from PySide6.QtCore import QPointF

from radassist.domain.measurement import FilmMarks, Mark, MarkKind, Point
from radassist.domain.study import Identity
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.overlay import Overlay
from radassist.gui.measure.mark_book import MarkBook
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.pictures.film_picture import FilmPicture, PictureChoice, PictureSize
from radassist.gui.theme import load_theme
from radassist.imaging import rendering

BARE = PictureChoice(overlay=False, marks=False)
LINE = Mark(MarkKind.LENGTH, (Point(300, 200), Point(500, 200)))


@pytest.fixture
def view(qtbot) -> FilmView:
    return shown_view(qtbot, smooth_film(600, 800, identity=Identity(patient_name="DOE^JANE", study_date="20240101")))


@pytest.fixture
def layer(view: FilmView) -> MarkLayer:
    return MarkLayer(view, MarkBook(view), load_theme("dark"))


def taken(view: FilmView, layer: MarkLayer, choice: PictureChoice) -> np.ndarray:
    return as_array(FilmPicture(view, layer, load_theme("dark")).make(choice)).astype(int)


def middle(picture: np.ndarray) -> np.ndarray:
    """Off the edges, where words stand."""
    return picture[130:-130, 160:-160]


def test_the_whole_film_is_taken_pixel_for_pixel_whatever_the_view_shows(view: FilmView, layer: MarkLayer) -> None:
    expected = rendering.to_grey8(view.radiograph)
    for zoom in (1.0, 8.0):
        view.zoom_by(zoom)
        picture = taken(view, layer, BARE)
        assert picture.shape == (600, 800, 3)
        np.testing.assert_array_equal(middle(picture)[..., 0], middle(expected))


def test_turns_flips_window_and_inversion_are_those_of_the_screen(view: FilmView, layer: MarkLayer) -> None:
    view.rotate(90)
    view.flip_horizontally()
    view.toggle_invert()
    expected = np.fliplr(np.rot90(rendering.to_grey8(view.radiograph, invert=True), -1))
    # Qt turns pictures in fixed-point numbers, which may cost one grey level.
    np.testing.assert_allclose(middle(taken(view, layer, BARE))[..., 0], middle(expected), atol=1)


def test_the_view_is_taken_as_it_is(view: FilmView, layer: MarkLayer) -> None:
    view.actual_size()
    picture = taken(view, layer, PictureChoice(PictureSize.VIEW, overlay=False, marks=False))
    assert picture.shape == (400, 500, 3)
    at = view.scene_point(view.viewport().rect().center())
    grey = int(rendering.to_grey8(view.radiograph)[int(at.y()), int(at.x())])
    assert picture[200, 250, 0] == pytest.approx(grey, abs=1)


def test_a_map_is_in_the_picture_only_where_it_is_wanted_and_stays_on_the_screen(
    view: FilmView, layer: MarkLayer
) -> None:
    rgba = np.full((6, 8, 4), 255, np.uint8) * np.array([1, 0, 0, 1], np.uint8)
    view.set_overlay(Overlay(rgba, (100.0, 100.0)))
    view.set_overlay_opacity(1.0)
    assert (middle(taken(view, layer, PictureChoice(marks=False)))[..., 1] == 0).all()
    bare = middle(taken(view, layer, BARE))
    assert (bare[..., 0] == bare[..., 1]).all()
    assert (middle(taken(view, layer, PictureChoice(marks=False)))[..., 1] == 0).all()


@pytest.mark.parametrize("turns", range(4))
def test_marks_lie_on_their_film_pixels(view: FilmView, layer: MarkLayer, turns: int) -> None:
    view.rotate(90 * turns)
    layer._book.put(layer.digest, FilmMarks((LINE,)))
    bare, marked = taken(view, layer, BARE), taken(view, layer, PictureChoice(overlay=False))
    changed = np.argwhere(np.abs(marked - bare).sum(axis=2) > 0)
    place = view.orientation.transform.map(QPointF(400, 200))
    box = view.orientation.transform.mapRect(view.sceneRect().__class__(0, 0, 800, 600))
    row, column = round(place.y() - box.top()), round(place.x() - box.left())
    assert np.abs(changed - [row, column]).sum(axis=1).min() <= 2


def test_the_patient_is_in_the_picture_only_when_asked_for(view: FilmView, layer: MarkLayer) -> None:
    without, with_patient = taken(view, layer, BARE), taken(view, layer, PictureChoice(patient=True))
    changed = np.argwhere(np.abs(with_patient - without).sum(axis=2) > 0)
    assert changed.size and changed[:, 0].max() < 100


def test_the_research_line_is_burned_into_every_picture(view: FilmView, layer: MarkLayer) -> None:
    picture = taken(view, layer, BARE)
    film = rendering.to_grey8(view.radiograph).astype(int)
    assert np.abs(picture[-30:, 250:550, 0] - film[-30:, 250:550]).max() > 50


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (5000, 2), (20, 30)])
def test_tiny_and_narrow_films_have_room_for_the_research_line(
    view: FilmView, layer: MarkLayer, shape: tuple[int, int]
) -> None:
    view.set_radiograph(film_of(np.full(shape, 90, np.uint8)))
    height, width, _ = taken(view, layer, BARE).shape
    assert min(height, width) >= 320


def test_a_film_of_tall_pixels_has_its_true_shape_and_loses_none(view: FilmView, layer: MarkLayer) -> None:
    for aspect, shape in ((2.0, (1200, 800)), (0.5, (600, 1600))):
        view.set_radiograph(smooth_film(600, 800, aspect=aspect))
        assert taken(view, layer, BARE).shape[:2] == shape


def test_an_enormous_film_is_reduced(view: FilmView, layer: MarkLayer) -> None:
    view.set_radiograph(film_of(np.zeros((500, 20_000), np.uint8)))
    assert taken(view, layer, BARE).shape[1] == 8000


def test_without_a_film_there_is_no_picture(view: FilmView, layer: MarkLayer) -> None:
    view.clear()
    with pytest.raises(ValueError, match="no film"):
        taken(view, layer, BARE)


def test_all_but_the_patient_is_remembered() -> None:
    choice = PictureChoice(PictureSize.VIEW, overlay=False, marks=True, patient=True)
    assert PictureChoice.from_text(choice.to_text()) == PictureChoice(PictureSize.VIEW, overlay=False, marks=True)
    for damaged in ("", "[]", "{}", '{"size": "huge"}'):
        assert PictureChoice.from_text(damaged) == PictureChoice()
