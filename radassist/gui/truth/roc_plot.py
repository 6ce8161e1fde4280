"""Paints a ROC curve with the point at which the threshold stands."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from radassist.domain.roc import RocCurve, Tally
from radassist.gui.theme import Theme
from radassist.gui.truth.truth_words import spoken_point
from radassist.gui.widgets.labels import scaled_font

_LEFT, _TOP, _RIGHT, _BOTTOM = 30, 8, 14, 40
_DOT = 5


class RocPlot(QWidget):
    """Sensitivity upwards, false alarms to the right, both from 0 to 1; the diagonal is chance."""

    def __init__(self, theme: Theme, curve: RocCurve | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._curve = theme, curve
        self._point: tuple[float, float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 250)

    def show_tally(self, found: Tally) -> None:
        """Put the dot where the films at the threshold are."""
        hits, quiet = found.sensitivity, found.specificity
        self._point = (1 - quiet.value, hits.value) if hits and quiet else None
        self.setAccessibleName(spoken_point(found))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(300, 310)

    def field(self) -> QRectF:
        """The square from (0, 0) at the lower left to (1, 1), in the widget's pixels."""
        side = min(self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)
        return QRectF(_LEFT, _TOP, side, side)

    def place(self, false_alarms: float, hits: float) -> QPointF:
        """Where a point of the curve is painted."""
        field = self.field()
        return QPointF(field.left() + false_alarms * field.width(), field.bottom() - hits * field.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._paint_words(painter)
        if self._curve is None:
            painter.setPen(QColor(self._theme.muted))
            both = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.field().adjusted(12, 12, -12, -12), int(both), "A curve needs films of both labels.")
        else:
            self._paint_curve(painter, self._curve)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.window))
        painter.drawRect(self.field())
        for share in (0.25, 0.5, 0.75):
            painter.drawLine(self.place(share, 0), self.place(share, 1))
            painter.drawLine(self.place(0, share), self.place(1, share))
        painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(self.place(0, 0), self.place(1, 1))

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(scaled_font(self.font(), 0.85))
        painter.setPen(QColor(self._theme.muted))
        field, middle = self.field(), int(Qt.AlignmentFlag.AlignCenter)
        for share in (0, 1):
            painter.drawText(QRectF(self.place(share, 0).x() - 12, field.bottom() + 2, 24, 16), middle, str(share))
        painter.drawText(QRectF(field.left() - 16, field.top() - 2, 14, 16), middle, "1")
        painter.drawText(QRectF(field.left(), field.bottom() + 18, field.width(), 18), middle, "1 − specificity")
        painter.save()
        painter.translate(8, field.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-field.height() / 2, -9, field.height(), 18), middle, "sensitivity")
        painter.restore()

    def _paint_curve(self, painter: QPainter, curve: RocCurve) -> None:
        corners = zip(curve.false_alarms.tolist(), curve.hits.tolist(), strict=True)
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self.place(*corner) for corner in corners]))
        if self._point:
            painter.setPen(QPen(QColor(self._theme.window), 2))
            painter.setBrush(QColor(self._theme.text))
            painter.drawEllipse(self.place(*self._point), _DOT, _DOT)
