"""The probability of the positive label as a bar from 0 to 100 %, with the operating threshold marked on it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from radassist.domain.analysis import Prediction
from radassist.gui.findings.findings_text import (
    Suspicion,
    in_words,
    percent,
    probability_and_threshold,
    spoken,
    suspicion_of,
)
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import scaled_font
from radassist.gui.widgets.plain_text import as_markup

_TRACK = 16
_RADIUS = 4
_MARK = 5
_GAP = 6


class ConfidenceBar(QWidget):
    """Three lines: what is measured and how much of it, the bar, and the threshold below it.

    The decision is told by colour, by pattern (hatched where undetermined) and, beside the bar, in words; the threshold
    by the shape of its mark and by its number.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._prediction: Prediction | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_prediction(None)

    @property
    def prediction(self) -> Prediction | None:
        """What is shown; None for an empty bar."""
        return self._prediction

    def set_prediction(self, prediction: Prediction | None) -> None:
        """Show `prediction`, or an empty bar."""
        self._prediction = prediction
        words = spoken(prediction) if prediction else "No score"
        self.setAccessibleName(words)
        self.setToolTip(as_markup(words) if prediction else "")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        height = self._value_metrics().height() + self._small_metrics().height() + _TRACK + _MARK + 2 * _GAP
        return QSize(240, round(height))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(160, self.sizeHint().height())

    def track(self) -> QRectF:
        """Where the bar is drawn: its left edge is 0 %, its right edge 100 %."""
        top = self._value_metrics().height() + _GAP
        return QRectF(1, top, self.width() - 2, _TRACK)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_track(painter)
        if self._prediction:
            self._paint_fill(painter, self._prediction)
            self._paint_value(painter, self._prediction)
            self._paint_threshold(painter, self._prediction)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.track(), _RADIUS, _RADIUS)
        painter.end()

    def _paint_track(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(self.track().adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _paint_fill(self, painter: QPainter, prediction: Prediction) -> None:
        track, suspicion = self.track(), suspicion_of(prediction)
        color = QColor(suspicion_color(suspicion, self._theme))
        filled = QRectF(track)
        filled.setWidth(track.width() * prediction.positive_probability)
        shape = QPainterPath()
        shape.addRoundedRect(track, _RADIUS, _RADIUS)
        painter.save()
        painter.setClipPath(shape)
        style = Qt.BrushStyle.BDiagPattern if suspicion is Suspicion.UNDETERMINED else Qt.BrushStyle.SolidPattern
        painter.fillRect(filled, QBrush(color, style))
        painter.fillRect(QRectF(filled.right() - 2, filled.top(), 2, filled.height()), color)
        painter.restore()

    def _paint_value(self, painter: QPainter, prediction: Prediction) -> None:
        line = QRectF(0, 0, self.width(), self._value_metrics().height())
        low = Qt.AlignmentFlag.AlignBottom
        painter.setFont(scaled_font(self.font(), 0.9))
        painter.setPen(QColor(self._theme.muted))
        words = f"Probability of {in_words(prediction.positive_label)}"
        painter.drawText(line.adjusted(0, 0, 0, -2), low | Qt.AlignmentFlag.AlignLeft, words)
        painter.setFont(scaled_font(self.font(), 1.3, bold=True))
        painter.setPen(QColor(self._theme.text))
        painter.drawText(line, low | Qt.AlignmentFlag.AlignRight, probability_and_threshold(prediction)[0])

    def _paint_threshold(self, painter: QPainter, prediction: Prediction) -> None:
        track = self.track()
        x = track.left() + track.width() * prediction.threshold
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.text))
        painter.fillRect(QRectF(x - 2, track.top(), 4, _TRACK), QColor(self._theme.surface))
        painter.fillRect(QRectF(x - 1, track.top() - 3, 2, _TRACK + 6), QColor(self._theme.text))
        tip = QPointF(x, track.bottom() + 1)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-_MARK, _MARK + 2), tip + QPointF(_MARK, _MARK + 2)]))
        self._paint_scale(painter, x, f"threshold {probability_and_threshold(prediction)[1]}")

    def _paint_scale(self, painter: QPainter, x: float, words: str) -> None:
        metrics = self._small_metrics()
        top = self.track().bottom() + _MARK + _GAP / 2
        width = metrics.horizontalAdvance(words)
        place = QRectF(min(max(0.0, x - width / 2), self.width() - width), top, width + 1, metrics.height())
        painter.setFont(scaled_font(self.font(), 0.9))
        painter.setPen(QColor(self._theme.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, words)
        painter.setPen(QColor(self._theme.muted))
        for end, at_right in ((percent(0), False), (percent(1), True)):
            room = metrics.horizontalAdvance(end)
            left = self.width() - room if at_right else 0.0
            if left + room + _GAP < place.left() or left > place.right() + _GAP:
                painter.drawText(QRectF(left, top, room + 1, metrics.height()), Qt.AlignmentFlag.AlignLeft, end)

    def _value_metrics(self) -> QFontMetricsF:
        return QFontMetricsF(scaled_font(self.font(), 1.3, bold=True))

    def _small_metrics(self) -> QFontMetricsF:
        return QFontMetricsF(scaled_font(self.font(), 0.9))


def suspicion_color(suspicion: Suspicion, theme: Theme) -> str:
    """The colour of a decision, `#rrggbb`."""
    match suspicion:
        case Suspicion.SUSPECTED:
            return theme.positive
        case Suspicion.NOT_SUSPECTED:
            return theme.negative
        case Suspicion.UNDETERMINED:
            return theme.undetermined
