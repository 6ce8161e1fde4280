"""What a reader draws to hide a part of the film, and where it lies on the screen."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF

from radassist.domain.whatif import Box, Brush, Lasso, Point, Region

_FEWEST_CORNERS = 3
_LEAST_AREA = 4.0
_DOT = 0.01


class HideShape(StrEnum):
    """What the hand draws."""

    BOX = "box"
    LASSO = "lasso"
    BRUSH = "brush"


def drawn_region(shape: HideShape, points: Sequence[Point], radius: float) -> Region | None:
    """What a hand that went through `points` (row, column) has drawn; None while that is nothing.

    Args:
        shape: Of the hand; a box lies between the first and the last point.
        points: In film pixels, in order.
        radius: Of the brush, in film pixels.
    """
    if not points:
        return None
    if shape is HideShape.BRUSH:
        return Brush(tuple(points), radius)
    if shape is HideShape.BOX:
        (top, bottom), (left, right) = (sorted(pair) for pair in zip(points[0], points[-1], strict=True))
        return Box(top, left, bottom, right) if (bottom - top) * (right - left) >= _LEAST_AREA else None
    lasso = Lasso(tuple(points))
    bounds = region_path(lasso).boundingRect()
    is_area = len(points) >= _FEWEST_CORNERS and bounds.width() * bounds.height() >= _LEAST_AREA
    return lasso if is_area else None


def region_path(region: Region) -> QPainterPath:
    """The outline of `region`, closed; x is the column and y the row, in film pixels."""
    path = QPainterPath()
    match region:
        case Box(top, left, bottom, right):
            path.addRect(QRectF(QPointF(left, top), QPointF(right, bottom)))
        case Lasso(points):
            path.addPolygon(QPolygonF([QPointF(column, row) for row, column in points]))
            path.closeSubpath()
        case Brush(points, radius):
            return _stroke(points, radius)
    return path


def _stroke(points: Sequence[Point], radius: float) -> QPainterPath:
    """Qt draws nothing for a line without length, so a dot is a very short line."""
    line = QPainterPath(QPointF(points[0][1], points[0][0]))
    for row, column in points[1:] or [(points[0][0], points[0][1] + _DOT)]:
        line.lineTo(column, row)
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * radius)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(line).simplified()
