"""The values of a film as a histogram, with the window drawn on it and its ends to be dragged."""

from enum import Enum

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from radassist.domain.radiograph import Radiograph, Window
from radassist.gui.theme import Theme
from radassist.imaging.histogram import Histogram
from radassist.imaging.rendering import AnyWindow, window_share
from radassist.imaging.windowing import ends_of, window_between

_MARGIN = 8
_STRIP = 10
_GRIP = 7
_BAR = 2
_TYPICAL_SHARE = 0.98


class _Part(Enum):
    """What the hand holds."""

    LOW = "low end"
    HIGH = "high end"
    BETWEEN = "both ends"


class HistogramPlot(QWidget):
    """Counts as bars of square-root height, the window as the curve from value to grey, the greys as a strip below.

    Signals:
        dragged(object, bool): The Window the hand has made, and whether the hand let go.
    """

    dragged = Signal(object, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._film: Radiograph | None = None
        self._picture: Histogram | None = None
        self._window: AnyWindow | None = None
        self._is_inverted = False
        self._range = (0.0, 1.0)
        self._ends = (0.0, 1.0)
        self._part: _Part | None = None
        self._pressed_x = 0.0
        self._ends_at_press = (0.0, 1.0)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Histogram")
        self._describe()

    def show_film(self, film: Radiograph | None, picture: Histogram | None) -> None:
        """Show the values of a film, or nothing."""
        self._film, self._picture = film, picture
        self._part = None
        if picture is not None and picture.values.size:
            low, high = float(picture.values[0]), float(picture.values[-1])
            room = 0.04 * (high - low) or 1.0
            self._range = (low - room, high + room)
        self._describe()
        self.update()

    def show_window(self, window: AnyWindow | None, *, inverted: bool) -> None:
        """Draw `window`; `inverted` as the film is shown, the file's own inversion included."""
        self._window, self._is_inverted = window, inverted
        if window is not None and self._film is not None:
            self._ends = ends_of(self._film, window)
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(260, 130)

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(160, 90)

    def x_of(self, value: float) -> float:
        """Where a modality value lies, in widget pixels; values beyond the film's lie at the plot's edge."""
        low, high = self._range
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        return self._plot().left() + share * self._plot().width()

    def value_at(self, x: float) -> float:
        """The modality value at `x`, in widget pixels."""
        low, high = self._range
        return low + (x - self._plot().left()) / max(self._plot().width(), 1.0) * (high - low)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 - Qt's
        if event.button() == Qt.MouseButton.LeftButton and self._is_alive:
            self._part = self._part_at(event.position().x())
            self._pressed_x, self._ends_at_press = event.position().x(), self._ends

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 - Qt's
        x = event.position().x()
        if self._part is not None:
            self.dragged.emit(self._moved(x), False)
        elif self._is_alive:
            is_end = self._part_at(x) is not _Part.BETWEEN
            self.setCursor(Qt.CursorShape.SplitHCursor if is_end else Qt.CursorShape.SizeHorCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 - Qt's
        if event.button() == Qt.MouseButton.LeftButton and self._part is not None:
            window = self._moved(event.position().x())
            self._part = None
            self.dragged.emit(window, True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            plot = self._plot()
            painter.fillRect(plot, QColor(self._theme.window))
            if not self._is_alive:
                return
            painter.setClipRect(plot.adjusted(-_GRIP, 0, _GRIP, _STRIP + 4))
            self._paint_bars(painter, plot)
            self._paint_window(painter, plot)

    @property
    def _is_alive(self) -> bool:
        return self._film is not None and self._picture is not None and self._window is not None

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_MARGIN, 2, -_MARGIN, -_STRIP - 4)

    def _part_at(self, x: float) -> _Part:
        """The nearer end within reach of a finger; between and beyond them, both."""
        low, high = (abs(x - self.x_of(end)) for end in self._ends)
        if min(low, high) > _GRIP:
            return _Part.BETWEEN
        return _Part.LOW if low < high or (low == high and x < self.x_of(self._ends[0])) else _Part.HIGH

    def _moved(self, x: float) -> Window:
        """An end stays on its side of the other; both move together by what the hand moved."""
        low, high = self._ends_at_press
        if self._part is _Part.LOW:
            low = min(self.value_at(x), high)
        elif self._part is _Part.HIGH:
            high = max(self.value_at(x), low)
        else:
            step = self.value_at(x) - self.value_at(self._pressed_x)
            low, high = low + step, high + step
        return window_between(low, high, "Manual")

    def _paint_bars(self, painter: QPainter, plot: QRectF) -> None:
        if self._picture is None:
            return
        low, high = self._range
        pixel = (high - low) / max(plot.width(), 1.0)
        first, width, pixels = self._picture.bars(_BAR * pixel)
        counts = np.sqrt(pixels)
        # A film has bars that tower over all others: air outside the chest, and the darkest value.
        filled = counts[counts > 0]
        tallest = 1.25 * float(np.quantile(filled, _TYPICAL_SHARE)) if filled.size else 1.0
        left, step = plot.left() + (first - low) / pixel, width / pixel
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.muted))
        for number, height in enumerate(np.minimum(counts / tallest, 1.0) * plot.height()):
            painter.drawRect(QRectF(left + number * step, plot.bottom() - height, step, height))

    def _paint_window(self, painter: QPainter, plot: QRectF) -> None:
        shares = self._shares(max(2, round(plot.width())))
        curve = [
            QPointF(plot.left() + number, plot.bottom() - share * plot.height()) for number, share in enumerate(shares)
        ]
        accent = QColor(self._theme.focus)
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(curve))
        for end in self._ends:
            self._paint_end(painter, plot, self.x_of(end), accent)
        grey = np.ascontiguousarray(np.rint(shares * 255).astype(np.uint8))[None, :]
        strip = QImage(grey.data, grey.shape[1], 1, grey.shape[1], QImage.Format.Format_Grayscale8)
        painter.drawImage(QRectF(plot.left(), plot.bottom() + 3, plot.width(), _STRIP), strip)

    def _shares(self, count: int) -> np.ndarray:
        """Brightness, 0 to 1, of `count` values along the plot."""
        values = np.linspace(*self._range, count)
        share = window_share(values, self._window) if self._window is not None else np.zeros(count)
        return 1 - share if self._is_inverted else share

    def _paint_end(self, painter: QPainter, plot: QRectF, x: float, color: QColor) -> None:
        painter.setPen(QPen(color, 1))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        grip = QPainterPath()
        grip.addRoundedRect(QRectF(x - 3, plot.center().y() - 9, 6, 18), 3, 3)
        painter.fillPath(grip, color)

    def _describe(self) -> None:
        if not self._is_alive:
            self.setAccessibleDescription("No film")
            self.unsetCursor()
            return
        self.setAccessibleDescription(f"The window reaches from {self._ends[0]:g} to {self._ends[1]:g}")
