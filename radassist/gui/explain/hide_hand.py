"""The reader's hand while it hides parts of the film: box, lasso or brush, by mouse, pen or finger."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from radassist.domain.whatif import Point, Region
from radassist.gui.explain.hide_shape import HideShape, drawn_region
from radassist.gui.film.image_view import FilmView

SMALLEST, LARGEST = 0.005, 0.25
"""Limits of the brush: its radius as a share of the film's longer side."""
_FIRST = 0.04
_STEP = 3.0
"""Viewport pixels between two points of a line: a hand draws no finer."""


class HideHand(QObject):
    """Takes the left button of a film view for as long as a shape is in the hand. Touch comes as mouse events.

    Signals:
        drawn(object): A Region was drawn to its end, in film pixels.
        changed(): The shape, the brush's size, its place, or what is being drawn is another now.
    """

    drawn = Signal(object)
    changed = Signal()

    def __init__(self, view: FilmView) -> None:
        super().__init__(view)
        self._view, self._viewport = view, view.viewport()
        self._shape: HideShape | None = None
        self._points: list[Point] = []
        self._last = QPointF()
        self._pointer: Point | None = None
        self._share = _FIRST

    @property
    def shape(self) -> HideShape | None:
        """What the left button draws; None where it does what it does otherwise."""
        return self._shape

    @property
    def pointer(self) -> Point | None:
        """(row, column) of the film under the pointer while a shape is in the hand."""
        return self._pointer

    @property
    def share(self) -> float:
        """Radius of the brush, of the film's longer side."""
        return self._share

    @property
    def radius(self) -> float:
        """Of the brush, in film pixels; 0 without a film."""
        film = self._view.radiograph
        return self._share * max(film.height, film.width) if film else 0.0

    @property
    def stroke(self) -> Region | None:
        """What is being drawn, as far as it is."""
        return drawn_region(self._shape, self._points, self.radius) if self._shape else None

    def take(self, shape: HideShape | None) -> None:
        """Draw this from now on; None draws nothing."""
        if shape is self._shape:
            return
        if self._shape is None:
            self._viewport.installEventFilter(self)
        self._shape, self._points, self._pointer = shape, [], None
        if shape is None:
            self._viewport.removeEventFilter(self)
            self._viewport.unsetCursor()
        else:
            self._show_cursor()
        self.changed.emit()

    def put_down(self) -> None:
        """Drop what is being drawn; where nothing is, the shape."""
        if self._points:
            self._points = []
            self.changed.emit()
        else:
            self.take(None)

    def set_share(self, share: float) -> None:
        """Make the brush this large, within its limits."""
        self._share = min(max(share, SMALLEST), LARGEST)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if event.type() == QEvent.Type.Leave:
            self._move_to(None)
            return False
        if not isinstance(event, QMouseEvent) or self._view.radiograph is None:
            return False  # before anything of the view is touched: the last events come while it goes
        if event.type() == QEvent.Type.MouseMove:
            self._view.mouseMoveEvent(event)  # it tells what lies under the pointer
            self._show_cursor()  # a drag of another button may have changed it
            self._on_move(event.position())
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._on_release()
        else:  # of a double click the second press, too
            self._on_press(event.position())
        return True

    def _on_press(self, place: QPointF) -> None:
        self._points, self._last = [self._film_point(place)], place
        self._move_to(self._points[0])

    def _on_move(self, place: QPointF) -> None:
        point = self._film_point(place)
        if self._points and (self._shape is HideShape.BOX or (place - self._last).manhattanLength() >= _STEP):
            self._points.append(point)
            self._last = place
        self._move_to(point)

    def _on_release(self) -> None:
        region, self._points = self.stroke, []
        self.changed.emit()
        if region is not None:
            self.drawn.emit(region)

    def _show_cursor(self) -> None:
        """The brush is its own pointer."""
        is_brush = self._shape is HideShape.BRUSH
        self._viewport.setCursor(Qt.CursorShape.BlankCursor if is_brush else Qt.CursorShape.CrossCursor)

    def _move_to(self, point: Point | None) -> None:
        self._pointer = point
        self.changed.emit()

    def _film_point(self, place: QPointF) -> Point:
        """The place of the film, (row, column), under the middle of a viewport pixel; it may lie beside the film."""
        half = 0.5 / self._view.devicePixelRatioF()
        inverse, _ = self._view.film_transform.inverted()
        point = inverse.map(place + QPointF(half, half))
        return point.y(), point.x()
