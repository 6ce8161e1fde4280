"""A view of one rectangle that can be zoomed, moved, turned and mirrored. It knows no films."""

from dataclasses import dataclass
from math import floor

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTransform
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from radassist.gui.film.orientation import Orientation

_LARGEST_ZOOM = 64.0
_SMALLEST_SHARE_OF_FIT = 0.25


@dataclass(frozen=True, slots=True)
class ViewPlace:
    """What part of its rectangle a view shows, in words that fit a rectangle of any size.

    Attributes:
        magnification: Zoom over the zoom that fits the whole rectangle.
        x, y: The middle of the view as shares of the rectangle's sides.
        is_fitted: Whether the view keeps the whole rectangle in sight.
    """

    magnification: float
    x: float
    y: float
    orientation: Orientation
    is_fitted: bool


class ZoomView(QGraphicsView):
    """Shows a rectangle of the scene; turns and flips live in the view's transform and never in the scene.

    The point in the middle of the view always lies on the rectangle, so that it cannot be lost from sight.

    Signals:
        zoom_changed(float): Screen pixels a scene unit, along x of the unturned scene.
        moved(): Something else lies under the pixels of the viewport now.
    """

    zoom_changed = Signal(float)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = QRectF()
        self._zoom = 1.0
        self._orientation = Orientation()
        self._is_fitted = True
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.setInteractive(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)

    @property
    def zoom(self) -> float:
        """Screen (device) pixels a scene unit; 1 is one to one."""
        return self._zoom

    @property
    def is_fitted(self) -> bool:
        """Whether the view keeps the whole rectangle in sight when it is resized."""
        return self._is_fitted

    @property
    def orientation(self) -> Orientation:
        """How the rectangle is turned and mirrored."""
        return self._orientation

    @property
    def place(self) -> ViewPlace | None:
        """Which part is shown; None while there is nothing."""
        if self._content.isEmpty():
            return None
        middle, content = self._scene_middle(), self._content
        return ViewPlace(
            magnification=self._zoom / self._fit_zoom(),
            x=(middle.x() - content.left()) / content.width(),
            y=(middle.y() - content.top()) / content.height(),
            orientation=self._orientation,
            is_fitted=self._is_fitted,
        )

    def take_place(self, place: ViewPlace) -> None:
        """Show the same part as the view `place` comes from; does nothing while there is nothing to show."""
        if self._content.isEmpty():
            return
        self._orientation = place.orientation
        if place.is_fitted:
            self.fit()
            return
        self._is_fitted = False
        content = self._content
        middle = QPointF(content.left() + place.x * content.width(), content.top() + place.y * content.height())
        self._place(place.magnification * self._fit_zoom(), middle)

    def set_content(self, content: QRectF) -> None:
        """Show another rectangle of the scene; an empty one is nothing at all."""
        self._content = content
        self._place(self._zoom, content.center())

    def fit(self) -> None:
        """Show the whole rectangle, as large as it goes."""
        self._is_fitted = True
        self._place(self._fit_zoom(), self._content.center())

    def actual_size(self, anchor: QPoint | None = None) -> None:
        """One scene unit a screen pixel, about `anchor` or the middle."""
        self.zoom_by(1.0 / self._zoom, anchor)

    def zoom_by(self, factor: float, anchor: QPoint | None = None) -> None:
        """Zoom within sane limits; the point under `anchor` (viewport, default the middle) stays where it is."""
        if self._content.isEmpty():
            return
        self._is_fitted = False
        if anchor is None:
            self._place(self._zoom * factor, self._scene_middle())
        else:
            self._place(self._zoom * factor, self.scene_point(anchor), _pixel_middle(anchor))

    def pan_by(self, delta: QPoint) -> None:
        """Move what is shown by `delta` viewport pixels."""
        if self._content.isEmpty():
            return
        self._is_fitted = False
        horizontal, vertical = self.horizontalScrollBar(), self.verticalScrollBar()
        horizontal.setValue(horizontal.value() - delta.x())
        vertical.setValue(vertical.value() - delta.y())
        self.moved.emit()

    def rotate(self, degrees: float, /) -> None:
        """Turn clockwise.

        Raises:
            ValueError: If `degrees` is no multiple of 90.
        """
        if degrees % 90:
            raise ValueError(f"{degrees} is no multiple of 90 degrees")
        self.set_orientation(self._orientation.rotated(int(degrees // 90)))

    def flip_horizontally(self) -> None:
        """Swap left and right of the screen."""
        self.set_orientation(self._orientation.flipped_horizontally())

    def flip_vertically(self) -> None:
        """Swap top and bottom of the screen."""
        self.set_orientation(self._orientation.flipped_vertically())

    def set_orientation(self, orientation: Orientation) -> None:
        """Lay the rectangle that way; what was in the middle of the view stays there."""
        middle = self._scene_middle()
        self._orientation = orientation
        if self._is_fitted:
            self.fit()
        else:
            self._place(self._zoom, middle)

    def scene_point(self, point: QPoint) -> QPointF:
        """What lies under the middle of a viewport pixel."""
        return self._to_scene(_pixel_middle(point))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's
        middle = self._to_scene(QPointF(event.oldSize().width() / 2, event.oldSize().height() / 2))
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()
        else:
            self._place(self._zoom, middle)

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._place(self._fit_zoom() if self._is_fitted else self._zoom, self._scene_middle())
        return super().event(event)

    def _middle(self) -> QPointF:
        return QPointF(self.viewport().width() / 2, self.viewport().height() / 2)

    def _scene_middle(self) -> QPointF:
        return self._to_scene(self._middle())

    def _to_scene(self, point: QPointF) -> QPointF:
        inverse, _ = self.viewportTransform().inverted()
        return inverse.map(point)

    def _place(self, zoom: float, scene_point: QPointF, point: QPointF | None = None) -> None:
        """Zoom, and bring `scene_point` under viewport `point`, the middle by default."""
        before, self._zoom = self._zoom, self._within_limits(zoom)
        scale = self._zoom / self.devicePixelRatioF()
        self.setTransform(self._orientation.transform * QTransform.fromScale(scale, scale))
        self._leave_room(scale)
        offset = self.viewportTransform().map(scene_point) - (self._middle() if point is None else point)
        # Halves always go up: round() takes them to even numbers, and the place would depend on the place before.
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + floor(offset.x() + 0.5))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + floor(offset.y() + 0.5))
        if self._zoom != before:
            self.zoom_changed.emit(self._zoom)
        self.moved.emit()

    def _leave_room(self, scale: float) -> None:
        """Half a view around the rectangle: as far as its edge may be moved, to the middle of the view."""
        size = QSizeF(self.viewport().size()) / (2 * scale)
        across, down = (size.height(), size.width()) if self._is_on_its_side else (size.width(), size.height())
        self.setSceneRect(self._content.adjusted(-across, -down, across, down))

    def _within_limits(self, zoom: float) -> float:
        smallest = _SMALLEST_SHARE_OF_FIT * min(self._fit_zoom(), 1.0)
        return min(max(zoom, smallest), _LARGEST_ZOOM)

    def _fit_zoom(self) -> float:
        if self._content.isEmpty():
            return 1.0
        size, view = self._content.size(), QSizeF(self.viewport().size()) * self.devicePixelRatioF()
        if self._is_on_its_side:
            size.transpose()
        across, down = max(view.width(), 1.0), max(view.height(), 1.0)
        return min(across / size.width(), down / size.height(), _LARGEST_ZOOM)

    @property
    def _is_on_its_side(self) -> bool:
        return self._orientation.quarter_turns % 2 == 1


def _pixel_middle(pixel: QPoint) -> QPointF:
    return QPointF(pixel) + QPointF(0.5, 0.5)
