"""Marks as lines and texts of a presentation state."""

import numpy as np
import pytest

from radassist.domain.dicom_results import WordedMark
from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.export.dicom.graphics import graphics, polyline, texts

SIZE = (100.0, 80.0)


def mark(kind: MarkKind, *points: tuple[float, float]) -> Mark:
    return Mark(kind, tuple(Point(*point) for point in points))


def lines(drawn: Mark) -> list[list[float]]:
    return [list(graphic.GraphicData) for graphic in graphics(drawn, SIZE)]


def test_a_length_is_a_line_of_column_and_row():
    assert lines(mark(MarkKind.LENGTH, (1, 2), (30, 40))) == [[1, 2, 30, 40]]


def test_a_ratio_and_a_cobb_angle_are_two_lines():
    points = ((1, 2), (30, 2), (5, 50), (60, 50))
    assert lines(mark(MarkKind.RATIO, *points)) == [[1, 2, 30, 2], [5, 50, 60, 50]]
    assert lines(mark(MarkKind.COBB, *points)) == [[1, 2, 30, 2], [5, 50, 60, 50]]


@pytest.mark.parametrize(
    ("corners", "axes"),
    [
        (((10, 20), (50, 40)), [10, 30, 50, 30, 30, 20, 30, 40]),
        (((10, 20), (30, 80)), [20, 20, 20, 80, 10, 50, 30, 50]),
    ],
)
def test_an_ellipse_has_its_major_axis_first(corners, axes):
    assert lines(mark(MarkKind.ELLIPSE, *corners)) == [axes]


def test_an_arrow_has_a_head_at_the_point_that_was_pressed_first():
    shaft, head = lines(mark(MarkKind.ARROW, (10, 10), (60, 10)))
    assert shaft == [10, 10, 60, 10]
    assert head[2:4] == [10, 10] and head[0] == pytest.approx(head[4]) and head[1] != head[5]


def test_a_text_has_words_and_no_line():
    note = mark(MarkKind.TEXT, (70, 90))
    assert lines(note) == []
    (text,) = texts(WordedMark(note, ("see here",)), SIZE)
    assert text.UnformattedTextValue == "see here" and list(text.AnchorPoint) == [70, 90]


def test_a_mark_without_words_has_no_text():
    assert texts(WordedMark(mark(MarkKind.ARROW, (1, 1), (2, 2))), SIZE) == []


def test_what_reaches_beyond_the_film_ends_at_its_edge():
    drawn = polyline(np.array([[-1.0, -1.0], [101.0, 81.0]]), SIZE)
    assert list(drawn.GraphicData) == [0.0, 0.0, 80.0, 100.0]
