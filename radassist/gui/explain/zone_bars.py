"""How much of a map falls on each part of the film, a bar a zone."""

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from radassist.domain.lungs import EvidenceLedger, Zone, ZoneShare
from radassist.gui.findings.findings_text import percent
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import scaled_font

NAMES = {
    Zone.LUNGS: "Lungs",
    Zone.HEART: "Heart",
    Zone.CORNERS: "Corners",
    Zone.BORDERS: "Borders",
    Zone.ELSEWHERE: "Elsewhere",
}
_TRACK, _GAP = 8, 8
_TIP = "Bar: share of the map's positive evidence. Line: share of the film's area, which an even map would have."


class ZoneBars(QWidget):
    """A row a zone: its name, its share as a bar from 0 to 100 % with a line at its area, and the share in print."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shares: tuple[ZoneShare, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(scaled_font(self.font(), 0.9))
        self.setToolTip(_TIP)
        self.hide()

    def show_ledger(self, ledger: EvidenceLedger | None) -> None:
        """Show the shares of `ledger`; hidden where there are none."""
        self._shares = ledger.shares if ledger else ()
        words = ", ".join(f"{NAMES[part.zone]} {percent(part.share)}" for part in self._shares)
        self.setAccessibleName(f"Where the evidence lies: {words}" if words else "No shares")
        self.setVisible(bool(self._shares))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(240, round(self._row_height() * len(self._shares)))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        painter = QPainter(self)
        painter.setFont(self.font())
        for row, part in enumerate(self._shares):
            self._paint_row(painter, QRectF(0, row * self._row_height(), self.width(), self._row_height()), part)
        painter.end()

    def _paint_row(self, painter: QPainter, row: QRectF, part: ZoneShare) -> None:
        metrics, middle = QFontMetricsF(self.font()), Qt.AlignmentFlag.AlignVCenter
        name_width = max(metrics.horizontalAdvance(name) for name in NAMES.values())
        number_width = metrics.horizontalAdvance(">99\N{NO-BREAK SPACE}%")
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | middle, NAMES[part.zone])
        painter.setPen(QColor(self._theme.text))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | middle, percent(part.share))
        track = row.adjusted(name_width + _GAP, 0, -number_width - _GAP, 0)
        track.setTop(row.center().y() - _TRACK / 2)
        track.setHeight(_TRACK)
        self._paint_bar(painter, track, part)

    def _paint_bar(self, painter: QPainter, track: QRectF, part: ZoneShare) -> None:
        painter.fillRect(track, QColor(self._theme.track))
        filled = QRectF(track)
        filled.setWidth(track.width() * part.share)
        painter.fillRect(filled, QColor(self._theme.accent))
        at = track.left() + track.width() * part.area
        painter.setPen(QPen(QColor(self._theme.text), 1.5))
        painter.drawLine(QLineF(at, track.top() - 2, at, track.bottom() + 2))

    def _row_height(self) -> float:
        return QFontMetricsF(self.font()).height() + 5
