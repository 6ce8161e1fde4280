"""Marks a reader draws on a film, and their geometry in film pixels. Nothing here paints or reads pixels.

Coordinates are film pixels as stored: x to the right, y down; pixel (row, column) covers `column` to `column + 1` in x
and `row` to `row + 1` in y, so its centre lies at half a pixel. Turns, flips and zoom of a view do not exist here.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import atan2, degrees, hypot, pi

from radassist.domain.film_scale import FilmScale


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the film, in film pixels."""

    x: float
    y: float

    def moved(self, by_x: float, by_y: float) -> "Point":
        """The place that lies so far away."""
        return Point(self.x + by_x, self.y + by_y)

    def inside(self, width: float, height: float) -> "Point":
        """The nearest place on a film of that size."""
        return Point(min(max(self.x, 0.0), width), min(max(self.y, 0.0), height))


class MarkKind(StrEnum):
    """What can be drawn; the value is the name in files."""

    LENGTH = "length"
    ANGLE = "angle"
    COBB = "cobb"
    RATIO = "cardiothoracic ratio"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    TEXT = "text"
    ARROW = "arrow"

    @property
    def points(self) -> int:
        """How many points one has."""
        return _POINTS.get(self, 2)


REGIONS = frozenset({MarkKind.RECTANGLE, MarkKind.ELLIPSE})
_POINTS = {MarkKind.ANGLE: 3, MarkKind.COBB: 4, MarkKind.RATIO: 4, MarkKind.TEXT: 1}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on one film.

    Attributes:
        points: As many as the kind has. Length and arrow: ends, the arrow's tip first. Angle: its vertex is the second.
            Cobb angle and ratio: two lines, one after the other; those of a ratio run along x or along y. Rectangle and
            ellipse: opposite corners of the bounds. Text: where it points.
        text: The reader's own words; raw, to be shown as plain text.

    Raises:
        ValueError: If there are not as many points as the kind has.
    """

    kind: MarkKind
    points: tuple[Point, ...]
    text: str = ""

    def __post_init__(self) -> None:
        if len(self.points) != self.kind.points:
            raise ValueError(f"a mark of kind {self.kind} with {len(self.points)} points")

    @property
    def grips(self) -> tuple[Point, ...]:
        """Where a hand can take hold of it: its points, and the other two corners of a rectangle or an ellipse."""
        if self.kind not in REGIONS:
            return self.points
        one, other = self.points
        return (one, other, Point(other.x, one.y), Point(one.x, other.y))

    def with_grip(self, index: int, place: Point) -> "Mark":
        """The mark with one of its grips at `place`; the rest follows as far as its kind asks for it."""
        points = list(self.points)
        if self.kind in REGIONS and index >= len(points):
            keeps_x, keeps_y = (0, 1) if index == len(points) else (1, 0)
            points[1 - keeps_x] = Point(place.x, points[1 - keeps_x].y)
            points[1 - keeps_y] = Point(points[1 - keeps_y].x, place.y)
        else:
            points[index] = place
        if self.kind is MarkKind.RATIO:  # the line goes along, so that it stays parallel to its axis
            points[index ^ 1] = level_with(points[index ^ 1], place, along_x=is_along_x(self.points))
        return replace(self, points=tuple(points))

    def moved(self, by_x: float, by_y: float, size: tuple[float, float]) -> "Mark":
        """The same mark elsewhere, as far as it stays on a film of `size` (width, height)."""
        xs, ys = [point.x for point in self.points], [point.y for point in self.points]
        by_x = min(max(by_x, -min(xs)), size[0] - max(xs))
        by_y = min(max(by_y, -min(ys)), size[1] - max(ys))
        return replace(self, points=tuple(point.moved(by_x, by_y) for point in self.points))


@dataclass(frozen=True, slots=True)
class FilmMarks:
    """All that a reader drew on one film.

    Attributes:
        marks: In the order they were drawn.
        by_hand: The scale the reader calibrated; None where the file's own holds.
    """

    marks: tuple[Mark, ...] = ()
    by_hand: FilmScale | None = None

    def added(self, mark: Mark) -> "FilmMarks":
        """With one more."""
        return replace(self, marks=(*self.marks, mark))

    def exchanged(self, index: int, mark: Mark) -> "FilmMarks":
        """With another mark in place of the one at `index`."""
        return replace(self, marks=(*self.marks[:index], mark, *self.marks[index + 1 :]))

    def removed(self, index: int) -> "FilmMarks":
        """Without the mark at `index`."""
        return replace(self, marks=(*self.marks[:index], *self.marks[index + 1 :]))


def level_with(point: Point, other: Point, *, along_x: bool) -> Point:
    """`point` on the line through `other` that runs along x, or along y."""
    return Point(point.x, other.y) if along_x else Point(other.x, point.y)


def is_along_x(points: tuple[Point, ...]) -> bool:
    """Whether the first line of a cardiothoracic ratio runs along x."""
    return points[0].y == points[1].y


def distance(start: Point, end: Point, scale: FilmScale) -> float:
    """Length from `start` to `end` in the scale's unit, right for pixels that are not square."""
    return hypot(*_vector(start, end, scale))


def angle_at(vertex: Point, one: Point, other: Point, scale: FilmScale) -> float:
    """Angle between the rays from `vertex`, 0 to 180 degrees, as it is where pixels are drawn in their true shape."""
    return _between(_vector(vertex, one, scale), _vector(vertex, other, scale))


def cobb_angle(points: tuple[Point, ...], scale: FilmScale) -> float:
    """The smaller angle between the lines of two pairs of points, 0 to 90 degrees, whichever way they were drawn."""
    angle = _between(_vector(points[0], points[1], scale), _vector(points[2], points[3], scale))
    return min(angle, 180.0 - angle)


def heart_and_thorax(points: tuple[Point, ...], scale: FilmScale) -> tuple[float, float]:
    """Lengths of the two lines of a cardiothoracic ratio: the shorter is the heart's, whichever was drawn first."""
    one, other = distance(points[0], points[1], scale), distance(points[2], points[3], scale)
    return min(one, other), max(one, other)


def area(mark: Mark, scale: FilmScale) -> float:
    """Area of a rectangle or an ellipse, in the scale's unit squared."""
    one, other = mark.points
    box = abs((other.x - one.x) * scale.across * (other.y - one.y) * scale.down)
    return box * pi / 4 if mark.kind is MarkKind.ELLIPSE else box


def _vector(start: Point, end: Point, scale: FilmScale) -> tuple[float, float]:
    return (end.x - start.x) * scale.across, (end.y - start.y) * scale.down


def _between(one: tuple[float, float], other: tuple[float, float]) -> float:
    # Not by the arc cosine, which has no precision left near 0 and 180 degrees.
    cross = one[0] * other[1] - one[1] * other[0]
    return degrees(atan2(abs(cross), one[0] * other[0] + one[1] * other[1]))
