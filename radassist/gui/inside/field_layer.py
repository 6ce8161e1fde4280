"""The receptive field at the pointer, drawn over the film: what of the film one value of a block depends on."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform

from radassist.domain.whatif import Box
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import Theme

_HALO = QColor(0, 0, 0, 150)


class FieldLayer:
    """Paints boxes of film pixels on `view`, turned and flipped with the film.

    Attributes:
        field: What the value depends on; None draws nothing.
        cell: Where the value itself lies.
        words: Said at the upper corner of the field.
    """

    def __init__(self, view: FilmView, theme: Theme) -> None:
        self._view, self._theme = view, theme
        self.field: Box | None = None
        self.cell: Box | None = None
        self.words = ""
        view.layers.append(self.paint)

    def show(self, field: Box | None, cell: Box | None = None, words: str = "") -> None:
        """Draw these from now on; paints again only where something changes."""
        if (field, cell, words) != (self.field, self.cell, self.words):
            self.field, self.cell, self.words = field, cell, words
            self._view.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Draw what is to be drawn; the painter is the viewport's."""
        if self.field is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        to_view = self._view.film_transform
        place = outline_on(self.field, to_view)
        draw_outline(painter, place, self._theme.mark)
        if self.cell is not None:
            draw_outline(painter, outline_on(self.cell, to_view), self._theme.mark_chosen)
        if self.words:
            self._paint_words(painter, place.boundingRect())

    def _paint_words(self, painter: QPainter, place: QRectF) -> None:
        metrics = painter.fontMetrics()
        plate = QRectF(0, 0, metrics.horizontalAdvance(self.words) + 8, metrics.height() + 2)
        room = QRectF(self._view.viewport().rect())
        plate.moveTopLeft(place.topLeft() + QPointF(0, -plate.height() - 3))
        plate.moveLeft(min(max(plate.left(), room.left()), room.right() - plate.width()))
        plate.moveTop(max(plate.top(), room.top()))
        painter.fillRect(plate, self._theme.plate)
        painter.setPen(QColor(self._theme.mark))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter.value, self.words)


def outline_on(box: Box, to_view: QTransform) -> QPolygonF:
    """The corners of `box` where `to_view` takes them from film pixels, first again at the end."""
    film = QRectF(QPointF(box.left, box.top), QPointF(box.right, box.bottom))
    return to_view.map(QPolygonF(film))


def draw_outline(painter: QPainter, outline: QPolygonF, color: str) -> None:
    """A line with a dark rim, seen on white bone and black air alike."""
    for tint, width in ((_HALO, 4.0), (QColor(color), 2.0)):
        pen = QPen(tint, width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolyline(outline)
