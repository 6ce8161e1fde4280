"""The colours of a map from low to high, with the raw values they stand for."""

from math import floor, log10

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import scaled_font
from radassist.imaging.rendering import ColorMap, color_table

_STRIP = 12
_GAP = 3
_LARGEST_PLAIN = 1e5
_SMALLEST_PLAIN = 1e-3
_MINUS = "\N{MINUS SIGN}"


class ColorBar(QWidget):
    """A strip of colours with the values of its left end, its middle and its right end below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._strip: QImage | None = None
        self._values: tuple[str, str, str] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clear()

    @property
    def values(self) -> tuple[str, str, str] | None:
        """The numbers below the strip; None when it is empty."""
        return self._values

    def set_range(self, low: float, high: float, color_map: ColorMap) -> None:
        """Show `color_map` from raw value `low` to `high`."""
        self._strip = color_strip(color_map)
        self._values = format_values(low, high)
        self.setAccessibleName(f"Colours from {self._values[0]} to {self._values[2]}, raw activation")
        self.update()

    def clear(self) -> None:
        """No map: an empty strip."""
        self._strip = self._values = None
        self.setAccessibleName("No map")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(200, round(_STRIP + _GAP + QFontMetricsF(self._small_font()).height()))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        painter = QPainter(self)
        strip = QRectF(0.5, 0.5, self.width() - 1, _STRIP)
        if self._strip:
            painter.drawImage(strip, self._strip)
        painter.setPen(QColor(self._theme.border))
        painter.drawRect(strip)
        if self._values:
            self._paint_values(painter, self._values)
        painter.end()

    def _paint_values(self, painter: QPainter, values: tuple[str, str, str]) -> None:
        painter.setFont(self._small_font())
        painter.setPen(QColor(self._theme.text))
        line = QRectF(0, _STRIP + _GAP, self.width(), self.height() - _STRIP - _GAP)
        align = Qt.AlignmentFlag
        for text, place in zip(values, (align.AlignLeft, align.AlignHCenter, align.AlignRight), strict=True):
            painter.drawText(line, place | align.AlignTop, text)

    def _small_font(self) -> QFont:
        return scaled_font(self.font(), 0.85)


def color_strip(color_map: ColorMap) -> QImage:
    """The colours of `color_map` from left to right, 256 x 1 pixels."""
    table = color_table(color_map)
    return QImage(table.tobytes(), len(table), 1, 3 * len(table), QImage.Format.Format_RGB888).copy()


def format_values(low: float, high: float) -> tuple[str, str, str]:
    """`low`, the middle and `high` in print, with three digits of their range, alike for all three.

    Args:
        low: Finite.
        high: Finite, above `low`.
    """
    largest, digits = max(abs(low), abs(high)), 2 - floor(log10(high - low))
    if _SMALLEST_PLAIN <= largest < _LARGEST_PLAIN:
        pattern = f".{max(0, digits)}f"
    else:
        pattern = f".{max(2, digits + floor(log10(largest)))}e"
    return _signed(low, pattern), _signed((low + high) / 2, pattern), _signed(high, pattern)


def _signed(value: float, pattern: str) -> str:
    text = format(value, pattern)
    return text.lstrip("-") if float(text) == 0 else text.replace("-", _MINUS)
