"""Lines of equal value over the film, sitting on the film's own pixels under every zoom, turn and flip."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from radassist.gui.film.overlay import Contours

_WIDTH, _HALO_WIDTH = 2.0, 4.0
_HALO = QColor(0, 0, 0, 170)


class ContourItem(QGraphicsItem):
    """One set of lines; its coordinates are the film pixels of its parent, its widths those of the screen.

    Attributes:
        words: What they are.
    """

    def __init__(self, contours: Contours, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.words = contours.words
        self._color = QColor(contours.color)
        self._path = QPainterPath()
        for line in contours.lines:
            self._path.addPolygon(QPolygonF([QPointF(column, row) for row, column in line.tolist()]))
        self._bounds = self._path.boundingRect()

    @property
    def path(self) -> QPainterPath:
        """The lines, x = column and y = row in film pixels."""
        return self._path

    def boundingRect(self) -> QRectF:  # noqa: D102, N802 - Qt's
        return self._bounds

    def paint(  # noqa: D102 - Qt's
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((_HALO, _HALO_WIDTH), (self._color, _WIDTH)):
            pen = QPen(color, width)
            pen.setCosmetic(True)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(self._path)
