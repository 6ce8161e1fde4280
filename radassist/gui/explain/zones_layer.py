"""The zones of the evidence ledger drawn over the film, each with its name."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from radassist.domain.lungs import BodyZones, Zone, ZoneOutline
from radassist.gui.explain.zone_bars import NAMES
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import Theme

_HALO = QColor(0, 0, 0, 150)
_GAP = 3
_FIXED = (Zone.CORNERS, Zone.BORDERS)


class ZonesLayer:
    """Paints zones over `view`, turned and flipped with the film: what is estimated in full lines, the rest broken.

    Attributes:
        zones: What is drawn; None draws nothing.
    """

    def __init__(self, view: FilmView, theme: Theme) -> None:
        self._view, self._theme = view, theme
        self.zones: BodyZones | None = None
        view.layers.append(self.paint)

    def show(self, zones: BodyZones | None) -> None:
        """Draw these from now on."""
        if zones is not self.zones:
            self.zones = zones
            self._view.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Draw what is to be drawn; the painter is the viewport's."""
        if self.zones is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        named = set[Zone]()
        for outline in self.zones.outlines:
            lines = self._on_view(outline)
            for line in lines:
                self._draw(painter, line, outline.zone)
            if lines and outline.zone not in named:
                named.add(outline.zone)
                self._name(painter, lines[0], words_of(outline.zone, self.zones), outline.zone)
        if Zone.LUNGS not in named:
            middle = QPolygonF([self._view.film_transform.map(QPointF(0, 0))])
            self._name(painter, middle, words_of(Zone.LUNGS, self.zones), Zone.LUNGS)

    def _on_view(self, outline: ZoneOutline) -> list[QPolygonF]:
        to_view = self._view.film_transform
        return [to_view.map(QPolygonF([QPointF(column, row) for row, column in line])) for line in outline.lines]

    def _draw(self, painter: QPainter, line: QPolygonF, zone: Zone) -> None:
        style = Qt.PenStyle.DashLine if zone in _FIXED else Qt.PenStyle.SolidLine
        for tint, width in ((_HALO, 3.5), (self._color(zone), 1.5)):
            painter.setPen(QPen(tint, width, style if tint is not _HALO else Qt.PenStyle.SolidLine))
            painter.drawPolyline(line)

    def _name(self, painter: QPainter, line: QPolygonF, words: str, zone: Zone) -> None:
        """Above the line, or as near to that as there is room; inside a corner, where other words are above."""
        metrics, place = painter.fontMetrics(), line.boundingRect()
        plate = QRectF(0, 0, metrics.horizontalAdvance(words) + 8, metrics.height() + 2)
        room = QRectF(self._view.viewport().rect())
        above = QPointF(place.center().x(), place.top() - plate.height() / 2 - _GAP)
        plate.moveCenter(place.center() if zone is Zone.CORNERS else above)
        plate.moveLeft(min(max(plate.left(), room.left()), room.right() - plate.width()))
        plate.moveTop(min(max(plate.top(), room.top()), room.bottom() - plate.height()))
        painter.fillRect(plate, self._theme.plate)
        painter.setPen(QColor(self._theme.on_film) if zone in _FIXED else self._color(zone))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter.value, words)

    def _color(self, zone: Zone) -> QColor:
        if zone in _FIXED:
            return QColor(self._theme.on_film_muted)
        return QColor(self._theme.mark if zone is Zone.LUNGS else self._theme.mark_chosen)


def words_of(zone: Zone, zones: BodyZones) -> str:
    """The name of a zone, and of an estimate that it is one."""
    if zone in _FIXED:
        return NAMES[zone].lower()
    if not zones.has_lungs:
        return "lungs not found"
    rough = "rough guess" if zones.is_rough else "estimate"
    return f"{NAMES[zone].lower()}: {rough}"
