"""Paints what becomes of the score while a film is blurred, or uncovered, in the order a map gives its parts."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from radassist.domain.trust import Curve, TrustMark
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import scaled_font

_LEFT, _TOP, _RIGHT = 30, 8, 12
_HEIGHT = 130
_SWATCH = 18
_DASH = Qt.PenStyle.DashLine


class CurvesPlot(QWidget):
    """Probability upwards, share of the film that is changed to the right; broken lines have the parts in random order.

    Hidden while there is nothing to show.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark: TrustMark | None = None
        self.setFont(scaled_font(self.font(), 0.85))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_mark(None)

    def show_mark(self, mark: TrustMark | None) -> None:
        """Draw the curves of `mark`."""
        self._mark = mark
        self.setVisible(mark is not None)
        self.setAccessibleName("Deletion and insertion curves")
        self.setAccessibleDescription(spoken(mark) if mark else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(240, round(_TOP + _HEIGHT + 5.6 * self._line()))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(160, self.sizeHint().height())

    def field(self) -> QRectF:
        """The box from (0, 0) at the lower left to (1, 1), in the widget's pixels."""
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, _HEIGHT)

    def place(self, share: float, probability: float) -> QPointF:
        """Where a point of a curve is painted."""
        field = self.field()
        return QPointF(field.left() + share * field.width(), field.bottom() - probability * field.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        if self._mark is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        self._paint_frame(painter, self._mark.wish.target)
        for curve, color, style in self._lines(self._mark):
            self._paint_curve(painter, curve, QPen(QColor(color), 2 if style is Qt.PenStyle.SolidLine else 1.2, style))
        self._paint_key(painter, self._mark)
        painter.end()

    def _lines(self, mark: TrustMark) -> Sequence[tuple[Curve, str, Qt.PenStyle]]:
        """Random orders first: what is asked about lies over them."""
        solid = Qt.PenStyle.SolidLine
        return (
            (mark.random, self._theme.positive, _DASH),
            (mark.random.backwards, self._theme.negative, _DASH),
            (mark.deletion, self._theme.positive, solid),
            (mark.insertion, self._theme.negative, solid),
        )

    def _paint_frame(self, painter: QPainter, target: str) -> None:
        field, flags = self.field(), Qt.AlignmentFlag
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.window))
        painter.drawRect(field)
        painter.drawLine(self.place(0, 0.5), self.place(1, 0.5))
        painter.drawLine(self.place(0.5, 0), self.place(0.5, 1))
        painter.setPen(QColor(self._theme.muted))
        for value in (0, 1):
            middle = self.place(0, value).y()
            painter.drawText(QRectF(0, middle - 8, _LEFT - 5, 16), flags.AlignRight | flags.AlignVCenter, str(value))
        below = QRectF(field.left(), field.bottom() + 2, field.width(), self._line())
        painter.drawText(below, flags.AlignLeft, "0 %")
        painter.drawText(below, flags.AlignRight, "100 %")
        painter.drawText(below, flags.AlignHCenter, "of the film changed")
        painter.save()
        painter.translate(10, field.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-field.height() / 2, -8, field.height(), 16), flags.AlignCenter, f"p({target})")
        painter.restore()

    def _paint_curve(self, painter: QPainter, curve: Curve, pen: QPen) -> None:
        last = len(curve.probabilities) - 1
        painter.setPen(pen)
        places = [self.place(part / last, value) for part, value in enumerate(curve.probabilities)]
        painter.drawPolyline(QPolygonF(places))

    def _paint_key(self, painter: QPainter, mark: TrustMark) -> None:
        top = self.field().bottom() + 1.6 * self._line()
        theme, solid = self._theme, Qt.PenStyle.SolidLine
        rows = (
            (theme.positive, solid, f"important parts blurred first: area {mark.deletion.area:.2f}"),
            (theme.negative, solid, f"uncovered first: area {mark.insertion.area:.2f}"),
            (theme.muted, _DASH, f"in random order: area {mark.random.area:.2f}"),
        )
        for row, (color, style, words) in enumerate(rows):
            middle = top + (row + 0.5) * 1.2 * self._line()
            painter.setPen(QPen(QColor(color), 2, style))
            painter.drawLine(QPointF(_LEFT, middle), QPointF(_LEFT + _SWATCH, middle))
            painter.setPen(QColor(theme.text))
            room = QRectF(
                _LEFT + _SWATCH + 6, middle - self._line() / 2, self.width() - _LEFT - _SWATCH - 6, self._line()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()


def spoken(mark: TrustMark) -> str:
    """The curves in sentences, for who does not see them."""
    blurred, uncovered = mark.deletion, mark.insertion
    return (
        f"Probability of {mark.wish.target}. Blurring the film, what the map points at first: from "
        f"{blurred.probabilities[0]:.2f} to {blurred.probabilities[-1]:.2f}, area {blurred.area:.2f}. Uncovering it "
        f"in the same order: from {uncovered.probabilities[0]:.2f} to {uncovered.probabilities[-1]:.2f}, area "
        f"{uncovered.area:.2f}. In random order the area is {mark.random.area:.2f}."
    )
