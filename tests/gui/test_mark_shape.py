"""Outlines lie on the mark's own points; what a hand touches is what it sees."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from radassist.domain.measurement import MarkKind, Point
from radassist.gui.measure.mark_shape import grip_at, is_touched, outline, places, words_place

AT = [QPointF(100, 100), QPointF(160, 100), QPointF(100, 180), QPointF(200, 180)]


def test_points_go_through_the_views_transform() -> None:
    assert places([Point(3, 4)], QTransform(0, 2, -2, 0, 10, 0)) == [QPointF(2, 6)]


@pytest.mark.parametrize("kind", list(MarkKind))
def test_every_kind_has_an_outline_at_each_stage_of_drawing(kind: MarkKind) -> None:
    for count in range(kind.points + 1):
        outline(kind, AT[:count])
    assert not outline(kind, AT[: kind.points]).isEmpty()


def test_an_ellipse_fills_the_box_of_its_corners_however_they_lie() -> None:
    path = outline(MarkKind.ELLIPSE, [QPointF(160, 20), QPointF(100, 90)])
    assert path.boundingRect().toRect() == QRectF(100, 20, 60, 70).toRect()


@pytest.mark.parametrize("kind", [MarkKind.LENGTH, MarkKind.RATIO, MarkKind.COBB, MarkKind.ARROW])
def test_a_hand_touches_lines_and_not_what_lies_beside_them(kind: MarkKind) -> None:
    path = outline(kind, AT[: kind.points])
    assert is_touched(path, QPointF(130, 104))
    assert not is_touched(path, QPointF(130, 120))


def test_the_inside_of_a_region_is_free_for_the_window() -> None:
    path = outline(MarkKind.RECTANGLE, [QPointF(0, 0), QPointF(200, 200)])
    assert is_touched(path, QPointF(1, 90)) and not is_touched(path, QPointF(100, 100))


def test_the_nearest_grip_in_reach_is_taken() -> None:
    assert grip_at(AT, QPointF(158, 103)) == 1
    assert grip_at([QPointF(0, 0), QPointF(6, 0)], QPointF(5, 0)) == 1
    assert grip_at(AT, QPointF(130, 100)) is None


def test_words_belong_to_the_vertex_of_an_angle_and_else_to_the_right() -> None:
    assert words_place(MarkKind.ANGLE, AT[:3]) == AT[1]
    assert words_place(MarkKind.LENGTH, [AT[1], AT[0]]) == AT[1]
    assert words_place(MarkKind.ELLIPSE, [AT[3], AT[0]]) == QPointF(200, 180)


def test_a_line_without_length_is_drawn_without_error() -> None:
    outline(MarkKind.LENGTH, [AT[0], AT[0]])
    outline(MarkKind.ANGLE, [AT[0]] * 3)
    outline(MarkKind.ARROW, [AT[0]] * 2)
