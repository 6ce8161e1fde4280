"""Marks can be read on black and on white, keep their size under every zoom, and no word is cut by an edge."""

import numpy as np
import pytest
from helpers.pictures import as_array
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTransform

from radassist.domain.measurement import MarkKind, Point
from radassist.gui.measure.mark_painter import MarkPainter, PaintedMark, Room
from radassist.gui.theme import load_theme

ROOM = QRectF(0, 0, 400, 300)
LINE = (Point(50, 60), Point(150, 60))


def painted(
    *marks: PaintedMark, ground: int = 0, zoom: float = 1.0, taken: tuple[QRectF, ...] = ()
) -> tuple[np.ndarray, list[QRectF | None]]:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(ground, ground, ground))
    with QPainter(image) as painter:
        plates = MarkPainter(load_theme("dark"), QFont()).paint(
            painter, QTransform.fromScale(zoom, zoom), Room(ROOM, taken), marks
        )
    return as_array(image).astype(int), plates


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """Contrast ratio of two sRGB colours by WCAG 2."""
    lights = []
    for color in (one, other):
        share = np.asarray(color) / 255
        linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
        lights.append(float(linear @ [0.2126, 0.7152, 0.0722]) + 0.05)
    return max(lights) / min(lights)


@pytest.mark.parametrize("ground", [0, 128, 255])
def test_a_line_stands_out_on_every_grey(qapp, ground: int) -> None:
    picture, _ = painted(PaintedMark(MarkKind.LENGTH, LINE), ground=ground)
    column = picture[50:71, 100]
    best = max(contrast(column[row], column[row + 2]) for row in range(len(column) - 2))
    assert best > 3


@pytest.mark.parametrize("ground", [0, 255])
def test_words_have_a_contrast_of_more_than_four_and_a_half_to_their_plate(qapp, ground: int) -> None:
    picture, (plate,) = painted(PaintedMark(MarkKind.LENGTH, LINE, ("WWWW",)), ground=ground)
    box = plate.toRect()
    inside = picture[box.top() + 2 : box.bottom() - 1, box.left() + 2 : box.right() - 1].reshape(-1, 3)
    order = inside.sum(axis=1).argsort()
    assert contrast(inside[order[0]], inside[order[-1]]) > 4.5


def test_a_line_is_as_wide_under_every_zoom(qapp) -> None:
    rows = []
    for zoom in (0.5, 2.0):
        picture, _ = painted(PaintedMark(MarkKind.LENGTH, LINE), zoom=zoom)
        rows.append(int((picture[:, round(100 * zoom)].sum(axis=1) > 60).sum()))
    assert rows[0] == rows[1] > 0


@pytest.mark.parametrize("x", [2, 395])
@pytest.mark.parametrize("y", [2, 295])
def test_words_are_never_cut_by_the_edge(qapp, x: float, y: float) -> None:
    mark = PaintedMark(MarkKind.TEXT, (Point(x, y),), ("a rather long line of words",))
    _, (plate,) = painted(mark)
    assert ROOM.contains(plate)


def test_words_longer_than_the_view_end_in_an_ellipsis(qapp) -> None:
    _, (plate,) = painted(PaintedMark(MarkKind.TEXT, (Point(50, 50),), ("word " * 100,)))
    assert ROOM.contains(plate)


def test_words_of_two_marks_do_not_cover_each_other(qapp) -> None:
    marks = [PaintedMark(MarkKind.TEXT, (Point(200, 150 + shift),), ("some words",)) for shift in (0, 3, 6)]
    _, plates = painted(*marks)
    assert not any(one.intersects(other) for one in plates for other in plates if one is not other)


def test_a_mark_out_of_sight_leaves_no_words_behind(qapp) -> None:
    _, plates = painted(PaintedMark(MarkKind.LENGTH, (Point(900, 900), Point(990, 900)), ("words",)))
    assert plates == [None]


def test_a_chosen_mark_shows_its_grips_and_another_colour(qapp) -> None:
    plain, _ = painted(PaintedMark(MarkKind.ELLIPSE, LINE, grips=LINE))
    chosen, _ = painted(PaintedMark(MarkKind.ELLIPSE, LINE, grips=LINE, is_chosen=True))
    assert np.abs(plain - chosen)[56:65, 46:55].sum() > 0


def test_nothing_drawn_yet_paints_nothing(qapp) -> None:
    picture, plates = painted(PaintedMark(MarkKind.LENGTH, ()))
    assert picture.sum() == 0 and plates == [None]


def test_words_keep_clear_of_what_is_taken(qapp) -> None:
    taken = (QRectF(0, 150, 400, 150),)
    _, (plate,) = painted(PaintedMark(MarkKind.TEXT, (Point(200, 150),), ("some words",)), taken=taken)
    assert not plate.intersects(taken[0])
