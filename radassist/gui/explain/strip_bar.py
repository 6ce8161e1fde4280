"""The scores of a film and its variants as marks on a line from 0 to 1."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from radassist.domain.robustness import RobustnessStrip
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import scaled_font
from radassist.gui.widgets.plain_text import as_markup

_TRACK, _REACH, _DOT = 10, 3, 4.5


class StripBar(QWidget):
    """A thin mark for each variant, a dot for the film itself, a dashed line at the threshold, and the band they span.

    The tool tip names each variant and its probability.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._strip: RobustnessStrip | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(scaled_font(self.font(), 0.85))
        self.set_strip(None)

    def set_strip(self, strip: RobustnessStrip | None) -> None:
        """Show `strip`; hidden where there is none."""
        self._strip = strip
        self.setVisible(strip is not None)
        span = f"Probabilities from {strip.lowest:.2f} to {strip.highest:.2f}" if strip else "No scores"
        self.setAccessibleName(span)
        self.setToolTip(as_markup("\n".join(rows(strip))) if strip else "")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(240, round(_TRACK + 2 * _REACH + 3 + QFontMetricsF(self.font()).height()))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(160, self.sizeHint().height())

    def place_of(self, probability: float) -> float:
        """Where `probability` lies, in pixels from the left edge."""
        track = self._track()
        return track.left() + track.width() * probability

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.fillRect(self._track(), QColor(self._theme.track))
        if self._strip:
            self._paint_strip(painter, self._strip)
        self._paint_scale(painter)
        painter.end()

    def _paint_strip(self, painter: QPainter, strip: RobustnessStrip) -> None:
        track = self._track()
        color = QColor(self._theme.warning if strip.warns else self._theme.accent)
        band = QRectF(track)
        band.setLeft(self.place_of(strip.lowest))
        band.setRight(self.place_of(strip.highest))
        painter.fillRect(band, color)
        top, bottom = track.top() - _REACH, track.bottom() + _REACH
        painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DashLine))
        at = self.place_of(strip.original.threshold)
        painter.drawLine(QLineF(at, top, at, bottom))
        painter.setPen(QPen(QColor(self._theme.text), 1))
        for found in strip.variants:
            at = self.place_of(found.prediction.positive_probability)
            painter.drawLine(QLineF(at, top, at, bottom))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color)
        middle = QPointF(self.place_of(strip.original.positive_probability), track.center().y())
        painter.drawEllipse(middle, _DOT, _DOT)

    def _paint_scale(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._theme.muted))
        line = self.rect().adjusted(0, _TRACK + 2 * _REACH + 2, 0, 0)
        align = Qt.AlignmentFlag
        painter.drawText(line, align.AlignLeft | align.AlignTop, "0")
        painter.drawText(line, align.AlignRight | align.AlignTop, "1")

    def _track(self) -> QRectF:
        return QRectF(_DOT + 1, _REACH + 1, self.width() - 2 * _DOT - 2, _TRACK)


def rows(strip: RobustnessStrip) -> tuple[str, ...]:
    """The film and each variant with its probability, in print."""
    film = f"The film as it is: {strip.original.positive_probability:.2f}"
    return (film, *(f"{found.title}: {found.prediction.positive_probability:.2f}" for found in strip.variants))
