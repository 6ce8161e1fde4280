"""Paints marks in a view's own pixels: the same width and size of words under every zoom, readable on black and white.

The same painter serves the screen and exported pictures, which have logical pixels of the screen's size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QTransform

from radassist.domain.measurement import MarkKind, Point
from radassist.gui.measure.mark_shape import outline, places, words_place
from radassist.gui.theme import Theme

_LINE, _CHOSEN_LINE, _HALO = 1.6, 2.4, 2.4
_HALO_ALPHA = 190
_GRIP = 4.0
_GAP = 10.0
_PADDING = 4.0


@dataclass(frozen=True, slots=True)
class Room:
    """Where words may stand.

    Attributes:
        box: In the view's pixels.
        taken: Parts of it where other words stand.
    """

    box: QRectF
    taken: tuple[QRectF, ...] = ()


@dataclass(frozen=True, slots=True)
class PaintedMark:
    """One mark to paint.

    Attributes:
        points: As in `Mark`; fewer while it is being drawn.
        lines: Its words.
        grips: Where it can be taken hold of; shown where it is chosen.
    """

    kind: MarkKind
    points: tuple[Point, ...]
    lines: tuple[str, ...] = ()
    grips: tuple[Point, ...] = ()
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class MarkPainter:
    """Painter of marks for one view.

    Attributes:
        theme: Colours.
        font: Of the words.
    """

    theme: Theme
    font: QFont

    def paint(
        self, painter: QPainter, to_view: QTransform, room: Room, marks: Iterable[PaintedMark]
    ) -> list[QRectF | None]:
        """Paint `marks` and return where the words of each stand; None for marks without words or out of sight.

        Args:
            painter: Of the view.
            to_view: From film pixels to the view's.
            room: Where words may stand: none is ever cut by its edge.
            marks: In the order of painting; words keep clear of the words before them.
        """
        shown = list(marks)
        paths = [outline(mark.kind, places(mark.points, to_view)) for mark in shown]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font)
        for mark, path in zip(shown, paths, strict=True):
            self._paint_lines(painter, path, mark.is_chosen)
            if mark.is_chosen:
                self._paint_grips(painter, places(mark.grips, to_view))
        plates: list[QRectF | None] = []
        for mark, path in zip(shown, paths, strict=True):
            plates.append(self._plate(painter.fontMetrics(), mark, path, to_view, _Surroundings(room, paths, plates)))
            self._paint_words(painter, mark, plates[-1])
        painter.restore()
        return plates

    def _paint_lines(self, painter: QPainter, path: QPainterPath, is_chosen: bool) -> None:
        width = _CHOSEN_LINE if is_chosen else _LINE
        halo = QColor(self.theme.film)
        halo.setAlpha(_HALO_ALPHA)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, wide in ((halo, width + _HALO), (QColor(self._color(is_chosen)), width)):
            painter.setPen(QPen(color, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPath(path)

    def _paint_grips(self, painter: QPainter, grips: Sequence[QPointF]) -> None:
        painter.setPen(QPen(QColor(self.theme.film), 1.5))
        painter.setBrush(QColor(self._color(True)))
        for grip in grips:
            painter.drawEllipse(grip, _GRIP, _GRIP)

    def _plate(
        self, metrics: QFontMetrics, mark: PaintedMark, path: QPainterPath, to_view: QTransform, around: "_Surroundings"
    ) -> QRectF | None:
        """Where the words of `mark` stand; None where there are none, or the mark is out of sight."""
        if not mark.lines or not around.room.box.intersects(_spread(path.boundingRect())):
            return None
        padding, step = 2 * _PADDING, metrics.lineSpacing()
        widest = max(metrics.horizontalAdvance(line) for line in mark.lines)
        size = QSizeF(min(widest + padding, around.room.box.width()), step * len(mark.lines) + padding)
        anchor = words_place(mark.kind, places(mark.points, to_view))
        return around.best_place(anchor, path.boundingRect(), size, _GAP)

    def _paint_words(self, painter: QPainter, mark: PaintedMark, plate: QRectF | None) -> None:
        if plate is None:
            return
        metrics, padding = painter.fontMetrics(), _PADDING
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.plate)
        painter.drawRoundedRect(plate, padding, padding)
        painter.setPen(QColor(self._color(mark.is_chosen)))
        row = plate.adjusted(padding, padding, -padding, 0)
        row.setHeight(metrics.lineSpacing())
        for line in mark.lines:
            text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, round(row.width()) + 1)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value, text)
            row.translate(0, metrics.lineSpacing())

    def _color(self, is_chosen: bool) -> str:
        return self.theme.mark_chosen if is_chosen else self.theme.mark


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What words must keep clear of.

    Attributes:
        room: Where they may stand.
        paths: Lines of all marks.
        plates: Words that stand already.
    """

    room: Room
    paths: Sequence[QPainterPath]
    plates: Sequence[QRectF | None]

    def best_place(self, anchor: QPointF, box: QRectF, size: QSizeF, gap: float) -> QRectF:
        """Wholly in the room, over no other words and no lines if that can be, and as near to `anchor` as can be.

        Args:
            anchor: Where the words belong.
            box: Round the mark itself.
            size: Of the words.
            gap: Between mark and words.
        """
        spots = [_pushed_into(spot, self.room.box) for spot in _spots(anchor, box, size, gap)]
        return min(spots, key=lambda spot: (*self._covered(spot), (spot.center() - anchor).manhattanLength()))

    def _covered(self, spot: QRectF) -> tuple[int, int]:
        words = sum(plate is not None and spot.intersects(plate) for plate in (*self.room.taken, *self.plates))
        return words, sum(path.intersects(spot) for path in self.paths)


def _spots(anchor: QPointF, box: QRectF, size: QSizeF, gap: float) -> list[QRectF]:
    """Beside, above and below the anchor, the same round the whole mark, and once more farther out."""
    spots = []
    for core in (QRectF(anchor, anchor), box, box.adjusted(0, -size.height(), 0, size.height())):
        lefts = (core.right() + gap, core.left() - gap - size.width(), core.center().x() - size.width() / 2)
        tops = (core.bottom() + gap, core.top() - gap - size.height(), core.center().y() - size.height() / 2)
        spots += [QRectF(QPointF(left, top), size) for left, top in product(lefts, tops)]
    return spots


def _pushed_into(box: QRectF, room: QRectF) -> QRectF:
    left = max(min(box.left(), room.right() - box.width()), room.left())
    top = max(min(box.top(), room.bottom() - box.height()), room.top())
    return QRectF(QPointF(left, top), box.size())


def _spread(box: QRectF) -> QRectF:
    """A level line has no height, and would meet nothing."""
    return box.adjusted(-1, -1, 1, 1)
