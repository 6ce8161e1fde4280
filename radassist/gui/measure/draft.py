"""A mark while it is being drawn: which press and which release sets which of its points."""

from radassist.domain.measurement import Mark, MarkKind, Point, level_with

_TWO_LINES = frozenset({MarkKind.COBB, MarkKind.RATIO})


class Draft:
    """Points by dragging from one to the next, or by a click for each.

    Attributes:
        kind: What is being drawn.
        along_x: Whether the lines of a ratio run along x of the film, or along y: whichever is level on the screen.
    """

    def __init__(self, kind: MarkKind, *, along_x: bool = True) -> None:
        self.kind = kind
        self.along_x = along_x
        self._points: list[Point] = []
        self._hover = Point(0.0, 0.0)
        self._has_begun_line = False

    @property
    def points(self) -> tuple[Point, ...]:
        """What there is to see: the points that are set, and the one under the hand."""
        return (*self._points, self._hover) if self._is_in_line else tuple(self._points)

    @property
    def mark(self) -> Mark | None:
        """The whole mark, with its last point under the hand if need be; None as long as points are missing."""
        points = self.points
        return Mark(self.kind, points) if len(points) == self.kind.points else None

    @property
    def is_complete(self) -> bool:
        """Whether every point is set."""
        return len(self._points) == self.kind.points

    def press(self, point: Point) -> None:
        """The button went down: this begins a line, or takes hold of the end of one."""
        self._has_begun_line = not self._is_in_line
        if self._has_begun_line:
            self._points.append(point)
        self.move(point)

    def move(self, point: Point) -> None:
        """The hand is at `point`, with the button down or up."""
        is_level = self.kind is MarkKind.RATIO and self._is_in_line
        self._hover = level_with(point, self._points[-1], along_x=self.along_x) if is_level else point

    def release(self, point: Point, *, is_click: bool) -> None:
        """The button went up: this ends a line, unless it was the click that began it."""
        self.move(point)
        if self._is_in_line and self._hover != self._points[-1] and not (is_click and self._has_begun_line):
            self._points.append(self._hover)

    @property
    def _is_in_line(self) -> bool:
        """Whether the next point ends a line, which the hand draws already."""
        count = len(self._points)
        return 0 < count < self.kind.points and not (self.kind in _TWO_LINES and count == 2)
