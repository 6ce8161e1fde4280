"""Marks lie on their film pixels and measure the same under every zoom, turn, flip and shape of pixel."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from helpers.film_views import shown_view
from helpers.marks import on_screen, under
from helpers.pictures import film_of, grab, smooth_film
from PySide6.QtCore import QPoint, QPointF

from radassist.domain.film_scale import FilmScale, ScaleBasis
from radassist.domain.measurement import FilmMarks, Mark, MarkKind, Point
from radassist.domain.radiograph import PixelSpacing, SpacingSource
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.orientation import Orientation
from radassist.gui.measure.mark_book import MarkBook
from radassist.gui.measure.mark_layer import Hit, MarkLayer
from radassist.gui.theme import load_theme

WAYS = [Orientation(turns, mirrored) for turns in range(4) for mirrored in (False, True)]
LINE = Mark(MarkKind.LENGTH, (Point(100, 80), Point(220, 170)))


@pytest.fixture
def view(qtbot) -> FilmView:
    view = shown_view(qtbot, smooth_film(spacing=PixelSpacing(0.2, 0.2, SpacingSource.AT_DETECTOR)))
    view.set_corner_texts_visible(False)
    return view


@pytest.fixture
def layer(view: FilmView) -> MarkLayer:
    layer = MarkLayer(view, MarkBook(view), load_theme("dark"))
    view.layers.append(layer.paint)
    return layer


def put(layer: MarkLayer, *marks: Mark, by_hand: FilmScale | None = None) -> None:
    layer._book.put(layer.digest, FilmMarks(marks, by_hand))


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_place_on_the_screen_is_the_same_film_pixel_however_the_film_lies(
    view: FilmView, layer: MarkLayer, way: Orientation
) -> None:
    for aspect, zoom in product((0.5, 1.0, 2.0), (0.4, 1.0, 3.7)):
        view.set_radiograph(smooth_film(aspect=aspect))
        view.set_orientation(way)
        view.zoom_by(zoom / view.zoom)
        place = on_screen(view, 205.0, 148.0)
        point = layer.film_point(QPointF(place))
        step = 0.51 / zoom
        assert (point.x, point.y) == (pytest.approx(205.0, abs=step), pytest.approx(148.0, abs=step / aspect))
        assert point == under(view, place)


@pytest.mark.parametrize("zoom", [1.0, 2.5])
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_line_is_painted_over_the_very_pixels_it_measures(
    view: FilmView, layer: MarkLayer, way: Orientation, zoom: float
) -> None:
    pixels = np.zeros((300, 400), np.uint8)
    pixels[150, 120:221] = 255  # a bright line of the film itself
    view.set_radiograph(film_of(pixels, aspect=1.5))
    view.set_orientation(way)
    view.zoom_by(zoom / view.zoom)
    view.pan_by(view.viewport().rect().center() - on_screen(view, 130.5, 150.5))
    bare = grab(view)[..., 0].astype(int)
    put(layer, Mark(MarkKind.LENGTH, (Point(120, 150.5), Point(221, 150.5))))
    marked = grab(view).astype(int)
    middle = view.viewport().rect().center()
    at = under(view, middle)
    assert at.y == pytest.approx(150, abs=1) and 121 < at.x < 220
    middle = on_screen(view, at.x, 150.5)
    assert bare[middle.y(), middle.x()] > 100
    assert marked[middle.y(), middle.x(), 2] > marked[middle.y(), middle.x(), 0]  # the mark is blue, the film grey
    beside = on_screen(view, 112.0, 150.5)
    assert (marked[beside.y(), beside.x()] == bare[beside.y(), beside.x()]).all()


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_turning_and_zooming_changes_no_number(view: FilmView, layer: MarkLayer, way: Orientation) -> None:
    put(layer, LINE)
    before = layer.lines(LINE)
    view.set_orientation(way)
    view.zoom_by(1.7)
    assert layer.lines(LINE) == before == ("30.0 mm at detector",)


def test_a_film_without_a_pixel_size_is_measured_in_pixels(view: FilmView, layer: MarkLayer) -> None:
    view.set_radiograph(smooth_film())
    assert layer.lines(LINE) == ("150.0 pixels",)


def test_a_calibration_by_hand_replaces_the_files_scale_on_every_mark(view: FilmView, layer: MarkLayer) -> None:
    assert layer.lines(LINE) == ("30.0 mm at detector",)
    put(layer, LINE, by_hand=FilmScale(0.1, 0.1, ScaleBasis.BY_HAND))
    assert layer.lines(LINE) == ("15.0 mm calibrated by hand",)


def test_a_mark_is_touched_by_its_lines_its_words_and_its_grips(view: FilmView, layer: MarkLayer) -> None:
    put(layer, LINE)
    grab(view)
    middle, end = on_screen(view, 160, 125), on_screen(view, 220, 170)
    assert layer.hit(QPointF(middle)) == Hit(0)
    assert layer.hit(QPointF(end)) == Hit(0, 1)
    assert layer.hit(layer._plates[0].center()) == Hit(0)
    assert layer.hit(QPointF(on_screen(view, 30, 200))) is None


def test_the_mark_drawn_last_is_touched_first_but_a_chosen_one_keeps_its_grips(
    view: FilmView, layer: MarkLayer
) -> None:
    put(layer, LINE, replace(LINE, points=LINE.points[::-1]))
    grab(view)
    end = QPointF(on_screen(view, 220, 170))
    assert layer.hit(end) == Hit(1, 0)
    layer.chosen = 0
    assert layer.hit(end) == Hit(0, 1)


def test_a_place_beside_the_film_counts_as_its_edge(view: FilmView, layer: MarkLayer) -> None:
    assert layer.film_point(QPointF(QPoint(-500, -500))) == Point(0, 0)


def test_another_film_has_no_marks_of_the_one_before(view: FilmView, layer: MarkLayer) -> None:
    put(layer, LINE)
    film = smooth_film()
    view.set_radiograph(replace(film, facts=replace(film.facts, sha256="other")))
    assert layer.marks == ()


def test_without_a_film_there_is_no_scale(view: FilmView, layer: MarkLayer) -> None:
    view.clear()
    with pytest.raises(ValueError, match="no film"):
        _ = layer.scale
    assert layer.lines(LINE) == ()


def test_a_huge_region_is_counted_when_the_hand_rests_and_not_on_the_way(view: FilmView, layer: MarkLayer) -> None:
    view.set_radiograph(film_of(np.zeros((900, 900), np.uint8)))
    huge = Mark(MarkKind.RECTANGLE, (Point(0, 0), Point(900, 900)))
    put(layer, huge)
    assert layer._painted(huge, is_chosen=True, is_moving=True).lines == ("values when the hand rests",)
    assert layer._painted(huge, is_chosen=True).lines[2] == "n 810000"
    small = Mark(MarkKind.ELLIPSE, (Point(0, 0), Point(90, 90)))
    assert layer._painted(small, is_chosen=True, is_moving=True).lines == layer.lines(small)
