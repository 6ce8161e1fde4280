import numpy as np
import pytest
from helpers.pictures import film_of, paint_item
from PySide6.QtGui import QTransform

from radassist.gui.film.film_item import FilmItem
from radassist.gui.film.overlay import Overlay
from radassist.gui.film.overlay_item import OverlayItem, blend_cells


def cells(*rows: list[int]) -> np.ndarray:
    """An opaque map of one grey a cell."""
    grey = np.array(rows, np.uint8)
    return np.dstack((grey, grey, grey, np.full_like(grey, 255)))


@pytest.mark.parametrize("factor", [3, 9, 33])
def test_blending_keeps_the_value_of_each_cell_at_its_centre(factor: int) -> None:
    grid = np.random.default_rng(4).integers(0, 256, (5, 7, 4), dtype=np.uint8)
    centres = slice(factor // 2, None, factor)
    np.testing.assert_array_equal(blend_cells(grid, factor)[centres, centres], grid)


def test_between_two_centres_the_blend_runs_straight() -> None:
    blended = blend_cells(cells([0, 100]), 10)[0, :, 0]
    # Pixel centres lie at 0.05, 0.15, ... cells; the cells' own at 0.5 and 1.5.
    expected = np.interp((np.arange(20) + 0.5) / 10, [0.5, 1.5], [0, 100])
    np.testing.assert_allclose(blended, expected, atol=1)


def test_outside_the_outermost_centres_the_edge_cells_are_repeated() -> None:
    blended = blend_cells(cells([200, 0], [0, 0]), 8)
    assert (blended[:4, :4, 0] == 200).all()


def test_a_single_cell_covers_all_it_should() -> None:
    assert (blend_cells(cells([77]), 512)[..., 0] == 77).all()


def test_a_see_through_cell_lends_its_neighbours_no_colour(qapp) -> None:
    rgba = np.zeros((1, 2, 4), np.uint8)
    rgba[0, 0] = (255, 255, 255, 0)
    rgba[0, 1] = (0, 0, 200, 255)
    film = FilmItem(film_of(np.zeros((10, 20), np.uint8)))
    OverlayItem(Overlay(rgba, (10, 10)), film)
    shown = paint_item(film, (100, 200), QTransform.fromScale(10, 10))
    assert shown[..., :2].max() == 0
    assert shown[..., 2].max() == 200


def test_crisp_cells_end_where_the_film_pixels_do(qapp) -> None:
    film = FilmItem(film_of(np.zeros((6, 8), np.uint8)))
    OverlayItem(Overlay(cells([10, 20], [30, 40]), (3, 4), smooth=False), film)
    shown = paint_item(film, (60, 80), QTransform.fromScale(10, 10))[..., 0]
    np.testing.assert_array_equal(shown, np.kron([[10, 20], [30, 40]], np.ones((30, 40))))


def test_cells_that_reach_over_the_edge_do_not_colour_what_is_no_film(qapp) -> None:
    film = FilmItem(film_of(np.zeros((10, 10), np.uint8)))
    OverlayItem(Overlay(cells([255, 255], [255, 255]), (7, 7), smooth=False), film)
    shown = paint_item(film, (40, 40), QTransform.fromScale(2, 2))[..., 0]
    assert (shown[:20, :20] == 255).all()
    assert shown[20:].max() == 0
    assert shown[:, 20:].max() == 0


def test_a_map_lies_on_film_pixels_also_where_they_are_not_square(qapp) -> None:
    film = FilmItem(film_of(np.zeros((4, 4), np.uint8), aspect=2.0))
    OverlayItem(Overlay(cells([0, 0], [0, 255]), (2, 2), smooth=False), film)
    shown = paint_item(film, (80, 40), QTransform.fromScale(10, 10))[..., 0]
    assert (shown[40:, 20:] == 255).all()
    assert shown[:40].max() == 0
