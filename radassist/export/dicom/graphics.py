"""What a reader drew on a film as the graphics and texts of a presentation state (PS3.3 C.10.5)."""

from collections.abc import Iterable, Sequence
from math import atan2, cos, hypot, pi, sin

import numpy as np
from highdicom.pr import GraphicObject, TextObject
from numpy.typing import NDArray

from radassist.domain.dicom_results import WordedMark
from radassist.domain.measurement import Mark, MarkKind, Point

Size = tuple[float, float]
"""Height and width of the film in pixels."""

_HEAD_SHARE, _HEAD_SPREAD = 0.2, pi / 8
_LONGEST_TEXT = 1024


def polyline(points: Sequence[tuple[float, float]] | NDArray[np.floating], size: Size) -> GraphicObject:
    """A line through `points`, (N, 2) of (row, column), cut at the film's edge.

    DICOM, too, has the film's corner at (0, 0), but columns before rows (PS3.3 C.10.5.1.2).
    """
    return GraphicObject(graphic_type="POLYLINE", graphic_data=_on_film(points, size), units="PIXEL")


def graphics(mark: Mark, size: Size) -> list[GraphicObject]:
    """The lines of `mark`; none for a text."""
    if mark.kind is MarkKind.ELLIPSE:
        return [GraphicObject(graphic_type="ELLIPSE", graphic_data=_on_film(_axes(mark), size), units="PIXEL")]
    return [polyline([(point.y, point.x) for point in line], size) for line in _lines(mark)]


def texts(marked: WordedMark, size: Size) -> list[TextObject]:
    """The words beside a mark, anchored at its last point; none where there are none."""
    words = "\r\n".join(marked.words)[:_LONGEST_TEXT]
    if not words:
        return []
    (at,) = _on_film([(marked.mark.points[-1].y, marked.mark.points[-1].x)], size).tolist()
    return [TextObject(text_value=words, units="PIXEL", anchor_point=(at[0], at[1]), anchor_point_visible=False)]


def _lines(mark: Mark) -> Iterable[Sequence[Point]]:
    points = mark.points
    match mark.kind:
        case MarkKind.TEXT:
            return ()
        case MarkKind.COBB | MarkKind.RATIO:
            return (points[:2], points[2:])
        case MarkKind.RECTANGLE:
            one, other = points
            return ((one, Point(other.x, one.y), other, Point(one.x, other.y), one),)
        case MarkKind.ARROW:
            return (points, _head(*points))
        case _:
            return (points,)


def _head(tip: Point, tail: Point) -> tuple[Point, Point, Point]:
    away, long = atan2(tail.y - tip.y, tail.x - tip.x), _HEAD_SHARE * hypot(tail.x - tip.x, tail.y - tip.y)
    one, other = (tip.moved(cos(away + turn) * long, sin(away + turn) * long) for turn in (-_HEAD_SPREAD, _HEAD_SPREAD))
    return one, tip, other


def _axes(mark: Mark) -> list[tuple[float, float]]:
    """Ends of the major axis, then of the minor one, as (row, column)."""
    one, other = mark.points
    row, column = (one.y + other.y) / 2, (one.x + other.x) / 2
    across, down = [(row, one.x), (row, other.x)], [(one.y, column), (other.y, column)]
    return [*across, *down] if abs(other.x - one.x) >= abs(other.y - one.y) else [*down, *across]


def _on_film(points: Sequence[tuple[float, float]] | NDArray[np.floating], size: Size) -> NDArray[np.float64]:
    """(N, 2) of (column, row)."""
    return np.clip(np.asarray(points, np.float64)[:, ::-1], 0.0, size[::-1])
