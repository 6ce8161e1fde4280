"""A small column of names and values beside the pointer, over the film."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from radassist.gui.inside.core_sample import SampleRow
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import scaled_font

_PAD, _GAP, _SWATCH, _AWAY = 8, 14, 9, 22
_LONGEST_NAME = 20
"""Letters of a name that are shown."""


class CoreColumn(QWidget):
    """Follows the pointer on the side where there is room; the mouse does not feel it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._room = theme, parent
        self._rows: tuple[SampleRow, ...] = ()
        self._what = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Values under the pointer")
        self.hide()

    @property
    def rows(self) -> tuple[SampleRow, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[SampleRow], what: str, pointer: QPoint) -> None:
        """Show `rows` beside `pointer`, a place of the parent; `what` says below how the values came about."""
        self._rows, self._what = tuple(rows), what
        self.setAccessibleDescription("; ".join(f"{row.name} {row.value}" for row in rows))
        self.resize(self.sizeHint())
        self.move(self._place(pointer))
        self.show()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        metrics = QFontMetrics(self._font(bold=True))
        names = max((metrics.horizontalAdvance(_short(row.name)) for row in self._rows), default=0)
        values = max((metrics.horizontalAdvance(row.value) for row in self._rows), default=0)
        width = max(_SWATCH + 6 + names + _GAP + values, metrics.horizontalAdvance(self._what))
        return QSize(width + 2 * _PAD, (len(self._rows) + 1) * self._line() + 2 * _PAD)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._theme.film))
            painter.setPen(QColor(self._theme.on_film_muted))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            line = QRect(_PAD, _PAD, self.width() - 2 * _PAD, self._line())
            for row in self._rows:
                self._paint_row(painter, line, row)
                line.translate(0, self._line())
            painter.setFont(self._font())
            painter.setPen(QColor(self._theme.on_film_muted))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._what)

    def _paint_row(self, painter: QPainter, line: QRect, row: SampleRow) -> None:
        if row.color:
            swatch = QRect(line.left(), line.center().y() - _SWATCH // 2, _SWATCH, _SWATCH)
            painter.fillRect(swatch, QColor(row.color))
            painter.setPen(QColor(self._theme.on_film_muted))
            painter.drawRect(swatch.adjusted(0, 0, -1, -1))
        painter.setFont(self._font(bold=row.is_chosen))
        painter.setPen(QColor(self._theme.on_film if row.is_chosen else self._theme.on_film_muted))
        painter.drawText(line.adjusted(_SWATCH + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, _short(row.name))
        painter.setPen(QColor(self._theme.on_film))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.value)

    def _place(self, pointer: QPoint) -> QPoint:
        """Right of the pointer and below it, or on the other side where that would reach over the edge."""
        room = self._room.size()
        left, top = pointer.x() + _AWAY, pointer.y() + _AWAY
        if left + self.width() > room.width():
            left = pointer.x() - _AWAY - self.width()
        if top + self.height() > room.height():
            top = pointer.y() - _AWAY - self.height()
        return QPoint(max(0, left), max(0, top))

    def _line(self) -> int:
        return QFontMetrics(self._font(bold=True)).height() + 1

    def _font(self, *, bold: bool = False) -> QFont:
        return scaled_font(self.font(), 0.9, bold=bold)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
