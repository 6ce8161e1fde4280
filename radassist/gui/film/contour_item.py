"""Lines of equal value over the film, sitting on the film's own pixels under every zoom, turn and flip."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from radassist.gui.film.overlay import Contours

_RIM = QColor(0, 0, 0, 120)
_RIM_AT = ((-1.25, 0.0), (1.25, 0.0), (0.0, -1.25), (0.0, 1.25))
_LINE_AT = ((-0.35, -0.35), (0.35, 0.35))


class ContourItem(QGraphicsItem):
    """One set of lines; its coordinates are the film pixels of its parent, its widths those of the screen.

    Attributes:
        words: What they are.
    """

    def __init__(self, contours: Contours, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.words = contours.words
        self._color = QColor(contours.color)
        self._lines = [QPolygonF([QPointF(column, row) for row, column in line.tolist()]) for line in contours.lines]
        self._bounds = QRectF()
        for line in self._lines:
            self._bounds |= line.boundingRect()

    def boundingRect(self) -> QRectF:  # noqa: D102, N802 - Qt's
        return self._bounds

    def paint(  # noqa: D102 - Qt's
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for color, places in ((_RIM, _RIM_AT), (self._color, _LINE_AT)):
            self._paint_lines(painter, color, places)

    def _paint_lines(self, painter: QPainter, color: QColor, places: tuple[tuple[float, float], ...]) -> None:
        """Thin lines side by side: Qt takes ten times as long over one wide line, and more over all as one path."""
        pen = QPen(color, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        to_screen = painter.transform()
        for across, down in places:
            painter.setTransform(to_screen * QTransform.fromTranslate(across, down))
            for line in self._lines:
                painter.drawPolyline(line)
        painter.setTransform(to_screen)
