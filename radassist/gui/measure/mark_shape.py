"""What a mark looks like in the pixels of a view: its outline, where its words stand, and what a hand can touch."""

from collections.abc import Sequence
from math import atan2, cos, degrees, hypot, pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QTransform

from radassist.domain.measurement import REGIONS, MarkKind, Point

_TICK = 5.0
_HEAD = 14.0
_HEAD_SPREAD = pi / 8
_ARC = 22.0
_DOT = 3.0
_TOUCH = 6.0

Places = Sequence[QPointF]


def places(points: Sequence[Point], to_view: QTransform) -> list[QPointF]:
    """Points of the film in the view's pixels."""
    return [to_view.map(QPointF(point.x, point.y)) for point in points]


def outline(kind: MarkKind, at: Places) -> QPainterPath:
    """Lines of a mark whose points lie `at` these pixels of the view; as far as it goes while points are missing."""
    path = QPainterPath()
    if not at:
        return path
    if kind in REGIONS:
        _add_region(path, kind, at)
    elif kind is MarkKind.ANGLE:
        _add_angle(path, at)
    elif kind is MarkKind.ARROW:
        _add_arrow(path, at)
    elif kind is MarkKind.TEXT:
        path.addEllipse(at[0], _DOT, _DOT)
    else:
        for start, end in zip(at[::2], at[1::2], strict=False):
            _add_caliper(path, start, end)
    return path


def words_place(kind: MarkKind, at: Places) -> QPointF:
    """Where the words of a mark belong: at its rightmost point, at the vertex of an angle, at the tail of an arrow."""
    if kind is MarkKind.ANGLE and len(at) > 1:
        return at[1]
    if kind in REGIONS and len(at) > 1:
        return QRectF(at[0], at[1]).normalized().bottomRight()
    return max(at, key=lambda place: (place.x(), place.y()))


def is_touched(path: QPainterPath, place: QPointF) -> bool:
    """Whether a hand at `place` touches the lines of `path`."""
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * _TOUCH)
    return stroker.createStroke(path).contains(place)


def grip_at(grips: Places, place: QPointF) -> int | None:
    """Which of `grips` a hand at `place` takes hold of: the nearest in reach, None when there is none."""
    reached = [
        (_length(grip - place), index) for index, grip in enumerate(grips) if _length(grip - place) <= _TOUCH + 2
    ]
    return min(reached)[1] if reached else None


def _add_region(path: QPainterPath, kind: MarkKind, at: Places) -> None:
    if len(at) < 2:
        return
    # Turns come in quarters, so that a rectangle of the film is one of the view, too.
    box = QRectF(at[0], at[1]).normalized()
    if kind is MarkKind.ELLIPSE:
        path.addEllipse(box)
    else:
        path.addRect(box)


def _add_caliper(path: QPainterPath, start: QPointF, end: QPointF) -> None:
    """A line with a short bar across each end, which shows the place exactly."""
    path.moveTo(start)
    path.lineTo(end)
    across = _unit(QPointF(start.y() - end.y(), end.x() - start.x())) * _TICK
    for place in (start, end):
        path.moveTo(place - across)
        path.lineTo(place + across)


def _add_angle(path: QPainterPath, at: Places) -> None:
    path.moveTo(at[0])
    for place in at[1:]:
        path.lineTo(place)
    if len(at) < 3:
        return
    one, other = at[0] - at[1], at[2] - at[1]
    radius = min(_ARC, _length(one), _length(other))
    start, end = (-degrees(atan2(ray.y(), ray.x())) for ray in (one, other))
    sweep = (end - start + 180) % 360 - 180
    box = QRectF(at[1].x() - radius, at[1].y() - radius, 2 * radius, 2 * radius)
    path.arcMoveTo(box, start)
    path.arcTo(box, start, sweep)


def _add_arrow(path: QPainterPath, at: Places) -> None:
    """The tip is the first point: what is pointed at is pressed first."""
    if len(at) < 2:
        return
    tip, tail = at[0], at[1]
    path.moveTo(tail)
    path.lineTo(tip)
    direction = atan2(tail.y() - tip.y(), tail.x() - tip.x())
    for turn in (-_HEAD_SPREAD, _HEAD_SPREAD):
        path.moveTo(tip)
        path.lineTo(tip + QPointF(cos(direction + turn), sin(direction + turn)) * _HEAD)


def _unit(vector: QPointF) -> QPointF:
    length = _length(vector)
    return vector / length if length > 0 else QPointF(1.0, 0.0)


def _length(vector: QPointF) -> float:
    return hypot(vector.x(), vector.y())
