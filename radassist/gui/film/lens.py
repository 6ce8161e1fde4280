"""A magnifying glass under the pointer: film and map enlarged in a circle, the rest of the view as it is."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import Theme

_RADIUS = 140.0
_LARGEST_SHARE = 0.35
_FACTOR = 2.0


class Lens:
    """One view's lens: twice as large as the view shows, and never less than a film pixel a screen pixel.

    Attributes:
        is_on: Whether it is shown wherever the pointer is on the view.
        is_held: Whether a button of the mouse shows it for as long as it is down.
    """

    def __init__(self, view: FilmView, theme: Theme) -> None:
        self.is_on = False
        self.is_held = False
        self._view, self._theme = view, theme
        view.layers.append(self.paint)
        view.pointer_moved.connect(self._on_pointer_moved)
        view.lens_held.connect(self._on_held)

    @property
    def factor(self) -> float:
        """How much larger than the view it shows the film."""
        return max(_FACTOR, 1.0 / self._view.zoom)

    def set_on(self, on: bool) -> None:
        """Show it, or take it away."""
        self.is_on = on
        self._view.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Paint the circle; a layer of the view."""
        center = self._view.pointer
        if not (self.is_on or self.is_held) or center is None:
            return
        circle = QRectF(0, 0, 2 * self._radius(), 2 * self._radius())
        circle.moveCenter(QPointF(center))
        glass = QPainterPath()
        glass.addEllipse(circle)
        painter.save()
        painter.setClipPath(glass)
        painter.fillPath(glass, QColor(self._theme.film))
        self._paint_scene(painter, circle)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.on_film_muted), 2))
        painter.drawEllipse(circle)

    def _paint_scene(self, painter: QPainter, circle: QRectF) -> None:
        center = circle.center()
        enlarge = QTransform.fromTranslate(-center.x(), -center.y()) * QTransform.fromScale(self.factor, self.factor)
        to_glass = self._view.viewportTransform() * enlarge * QTransform.fromTranslate(center.x(), center.y())
        inverse, _ = to_glass.inverted()
        part = inverse.mapRect(circle).adjusted(-1, -1, 1, 1)  # what is only half in the circle must be painted, too
        painter.setWorldTransform(to_glass, True)
        self._view.scene().render(painter, part, part)

    def _radius(self) -> float:
        size = self._view.viewport().size()
        return min(_RADIUS, _LARGEST_SHARE * min(size.width(), size.height()))

    def _on_pointer_moved(self) -> None:
        if self.is_on or self.is_held:
            self._view.viewport().update()

    def _on_held(self, held: bool) -> None:
        self.is_held = held
        self._view.viewport().update()
