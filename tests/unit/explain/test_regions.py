import numpy as np
import pytest

from radassist.domain.whatif import Box, Brush, Lasso
from radassist.explain.regions import bounds, region_mask


def test_a_box_holds_every_pixel_it_touches() -> None:
    mask = region_mask(Box(1.2, 2.0, 3.1, 4.0), (6, 7))
    assert np.argwhere(mask).tolist() == [[row, column] for row in (1, 2, 3) for column in (2, 3)]


@pytest.mark.parametrize("box", [Box(-5, -5, -1, -1), Box(20, 20, 30, 30), Box(3, 3, 3, 3), Box(4, 4, 2, 2)])
def test_a_box_beside_the_film_or_without_an_inside_holds_nothing(box: Box) -> None:
    assert not region_mask(box, (6, 7)).any()


def test_a_box_larger_than_the_film_holds_all_of_it() -> None:
    assert region_mask(Box(-3, -3, 99, 99), (6, 7)).all()


def test_a_lasso_holds_the_pixels_whose_middle_lies_inside() -> None:
    rows, columns = np.mgrid[0:40, 0:50] + 0.5
    inside = (rows - 10) + (columns - 10) < 20
    inside &= (rows > 10) & (columns > 10)
    mask = region_mask(Lasso(((10, 10), (10, 30), (30, 10))), (40, 50))
    assert mask[inside].all()
    assert (mask & ~inside).sum() <= 70  # the line itself


@pytest.mark.parametrize("points", [(), ((1.0, 1.0),), ((1.0, 1.0), (5.0, 5.0))])
def test_a_lasso_of_less_than_three_points_holds_nothing(points: tuple[tuple[float, float], ...]) -> None:
    assert not region_mask(Lasso(points), (10, 10)).any()


def test_a_brush_holds_what_is_no_farther_from_the_stroke_than_its_radius() -> None:
    mask = region_mask(Brush(((20, 10), (20, 50)), 6), (40, 70))
    rows, columns = np.mgrid[0:40, 0:70] + 0.5
    distance = np.hypot(rows - 20, columns - np.clip(columns, 10, 50))
    assert mask[distance < 5].all()
    assert not mask[distance > 7.5].any()


def test_one_dab_of_a_brush_is_a_disc() -> None:
    mask = region_mask(Brush(((20, 20),), 5), (40, 40))
    assert 60 < mask.sum() < 105
    assert bounds(mask) == (slice(15, 25), slice(15, 25)) or bounds(mask) == (slice(14, 25), slice(14, 25))


def test_the_bounds_of_nothing_are_none() -> None:
    assert bounds(np.zeros((4, 4), bool)) is None
