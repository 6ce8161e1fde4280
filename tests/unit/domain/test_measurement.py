"""Lengths, angles, ratios and areas, also where pixels are not square."""

from math import cos, pi, radians, sin

import pytest

from radassist.domain.film_scale import FilmScale, ScaleBasis
from radassist.domain.measurement import (
    FilmMarks,
    Mark,
    MarkKind,
    Point,
    angle_at,
    area,
    cobb_angle,
    distance,
    heart_and_thorax,
    is_along_x,
)

SQUARE = FilmScale(0.1, 0.1, ScaleBasis.CALIBRATED)
TALL = FilmScale(0.1, 0.3, ScaleBasis.CALIBRATED)
PIXELS = FilmScale(1.0, 1.0, ScaleBasis.PIXELS)


def test_a_length_counts_each_direction_with_its_own_spacing() -> None:
    assert distance(Point(10, 10), Point(40, 50), SQUARE) == pytest.approx(5.0)
    assert distance(Point(0, 0), Point(40, 10), TALL) == pytest.approx(5.0)
    assert distance(Point(0, 0), Point(3, 4), PIXELS) == 5.0


def test_a_right_angle_of_tall_pixels_is_one_on_the_film() -> None:
    assert angle_at(Point(0, 0), Point(30, 10), Point(-30, 10), TALL) == pytest.approx(90.0)
    assert angle_at(Point(0, 0), Point(30, 10), Point(-30, 10), SQUARE) == pytest.approx(143.1301024)


@pytest.mark.parametrize("degrees", [0.001, 30.0, 90.0, 179.999])
def test_an_angle_is_right_from_end_to_end_of_its_range(degrees: float) -> None:
    ray = Point(1000 * cos(radians(degrees)), 1000 * sin(radians(degrees)))
    assert angle_at(Point(0, 0), Point(1000, 0), ray, PIXELS) == pytest.approx(degrees, abs=1e-9)
    assert angle_at(Point(0, 0), ray, Point(1000, 0), PIXELS) == pytest.approx(degrees, abs=1e-9)


def test_an_angle_without_a_ray_is_zero_and_no_error() -> None:
    assert angle_at(Point(5, 5), Point(5, 5), Point(9, 9), PIXELS) == 0.0


def test_a_cobb_angle_does_not_ask_which_end_of_a_line_came_first() -> None:
    there = (Point(0, 0), Point(10, 0), Point(0, 20), Point(10, 30))
    back = (there[0], there[1], there[3], there[2])
    assert cobb_angle(there, PIXELS) == pytest.approx(45.0) == pytest.approx(cobb_angle(back, PIXELS))


def test_the_heart_is_the_shorter_line_whichever_was_drawn_first() -> None:
    heart, thorax = (Point(20, 50), Point(70, 50)), (Point(0, 80), Point(100, 80))
    assert heart_and_thorax((*heart, *thorax), SQUARE) == pytest.approx((5.0, 10.0))
    assert heart_and_thorax((*thorax, *heart), SQUARE) == pytest.approx((5.0, 10.0))


def test_areas_are_those_of_a_rectangle_and_of_the_ellipse_in_it() -> None:
    corners = (Point(10, 30), Point(30, 10))
    assert area(Mark(MarkKind.RECTANGLE, corners), TALL) == pytest.approx(2.0 * 6.0)
    assert area(Mark(MarkKind.ELLIPSE, corners), TALL) == pytest.approx(12.0 * pi / 4)


def test_an_end_of_a_ratio_takes_its_line_along_and_no_other() -> None:
    mark = Mark(MarkKind.RATIO, (Point(0, 50), Point(40, 50), Point(0, 80), Point(100, 80)))
    bent = mark.with_grip(1, Point(45, 60))
    assert bent.points == (Point(0, 60), Point(45, 60), Point(0, 80), Point(100, 80))


def test_a_ratio_drawn_on_a_turned_film_keeps_to_the_other_axis() -> None:
    mark = Mark(MarkKind.RATIO, (Point(50, 0), Point(50, 40), Point(80, 0), Point(80, 100)))
    assert not is_along_x(mark.points)
    assert mark.with_grip(2, Point(70, 5)).points[2:] == (Point(70, 5), Point(70, 100))


def test_a_mark_moves_as_a_whole_and_stays_on_the_film() -> None:
    mark = Mark(MarkKind.LENGTH, (Point(1, 2), Point(3, 4)))
    assert mark.moved(10, -1, (50, 50)).points == (Point(11, 1), Point(13, 3))
    assert mark.moved(100, -100, (50, 50)).points == (Point(48, 0), Point(50, 2))


@pytest.mark.parametrize(("index", "opposite"), [(0, 1), (1, 0), (2, 3), (3, 2)])
def test_every_corner_of_a_region_can_be_drawn_and_the_opposite_one_stays(index: int, opposite: int) -> None:
    mark = Mark(MarkKind.ELLIPSE, (Point(10, 20), Point(30, 40)))
    assert mark.grips == (Point(10, 20), Point(30, 40), Point(30, 20), Point(10, 40))
    drawn = mark.with_grip(index, Point(33, 44))
    assert drawn.grips[index] == Point(33, 44)
    assert drawn.grips[opposite] == mark.grips[opposite]


def test_marks_of_a_film_are_added_exchanged_and_removed_in_place() -> None:
    one, other = (Mark(MarkKind.TEXT, (Point(0, 0),), text) for text in ("one", "other"))
    both = FilmMarks().added(one).added(other)
    assert both.exchanged(0, other).marks == (other, other)
    assert both.removed(0).marks == (other,)


def test_a_mark_has_as_many_points_as_its_kind() -> None:
    assert [kind.points for kind in MarkKind] == [2, 3, 4, 4, 2, 2, 1, 2]
    with pytest.raises(ValueError, match="length with 1"):
        Mark(MarkKind.LENGTH, (Point(0, 0),))


def test_a_place_beside_the_film_is_brought_to_its_edge() -> None:
    assert Point(-3, 12).inside(10, 8) == Point(0, 8)
