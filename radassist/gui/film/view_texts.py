"""Paints words in the view's own pixels, over the film: corner texts, warning marks, the research line, messages."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextOption

from radassist.gui.film.corner_texts import RESEARCH_USE_ONLY, CornerTexts
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import scaled_font

_MARGIN = 12
_PLATE_GAP = 6
_CORNER_SHARE = 0.36
_LINE_STEP = 1.15
_MESSAGE_SCALE = 1.25
_CALM_ALPHA = 110
_ONE_LINE = Qt.TextFlag.TextSingleLine.value
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute).value
_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute).value
_CENTER = Qt.AlignmentFlag.AlignHCenter.value
_BOTTOM = Qt.AlignmentFlag.AlignBottom.value


@dataclass(frozen=True, slots=True)
class ViewTexts:
    """Painter of words for one view.

    Attributes:
        theme: Colours.
        font: Of the corner texts; the others are made from it.
    """

    theme: Theme
    font: QFont

    def paint_corners(self, painter: QPainter, view: QRect, texts: CornerTexts, plates: QRect) -> None:
        """The four corners; a long line is folded once and ends in an ellipsis, lines without room are left out.

        Args:
            painter: Of the viewport.
            view: All of the viewport.
            texts: What to write.
            plates: Where `paint_marks` painted; in a narrow view the upper corners begin below it.
        """
        inner = self._above_research_line(view)
        width, half = round(inner.width() * _CORNER_SHARE), inner.height() // 2
        painter.setFont(self.font)
        for lines, alignment in ((texts.top_left, _LEFT), (texts.top_right, _RIGHT)):
            left = inner.left() if alignment == _LEFT else inner.right() + 1 - width
            box = QRect(left, inner.top(), width, half)
            if box.intersects(plates):
                box.setTop(plates.bottom() + _PLATE_GAP)
            self._paint_lines(painter, box, lines, alignment)
        for lines, others, alignment in (
            (texts.bottom_left, texts.bottom_right, _LEFT),
            (texts.bottom_right, texts.bottom_left, _RIGHT),
        ):
            width = self._room_below(inner.width(), others, painter.fontMetrics())
            left = inner.left() if alignment == _LEFT else inner.right() + 1 - width
            box = QRect(left, inner.bottom() + 1 - half, width, half)
            self._paint_lines(painter, box, lines, alignment | _BOTTOM)

    def paint_marks(self, painter: QPainter, view: QRect, marks: tuple[str, ...]) -> QRect:
        """Warnings at the top, in the middle, each on a plate of its own; returns what they cover together."""
        painter.setFont(scaled_font(self.font, 1.0, bold=True))
        metrics = painter.fontMetrics()
        top, covered = view.top() + _MARGIN, QRectF()
        for mark in marks:
            plate = QRectF(0, 0, metrics.horizontalAdvance(mark) + 20, metrics.height() + 8)
            plate.moveTop(top)
            plate.moveLeft(round(view.center().x() - plate.width() / 2))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.warning))
            painter.drawRoundedRect(plate, 4, 4)
            painter.setPen(_readable_on(self.theme.warning))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter.value, mark)
            top = round(plate.bottom()) + _PLATE_GAP
            covered |= plate
        return covered.toAlignedRect()

    def paint_research_line(self, painter: QPainter, view: QRect) -> None:
        """What the program must not be used for; wrapped where the view is narrow, never cut."""
        painter.setFont(self.font)
        flags = _CENTER | _BOTTOM | Qt.TextFlag.TextWordWrap.value
        self._draw(painter, view.adjusted(4, 4, -4, -_MARGIN // 2), flags, RESEARCH_USE_ONLY)

    def paint_message(self, painter: QPainter, view: QRect, message: str) -> None:
        """A calm sentence in the middle of a view without a film."""
        self._paint_centered(painter, view, message, self.theme.on_film_muted)

    def paint_invitation(self, painter: QPainter, view: QRect, message: str, *, is_drop_near: bool) -> None:
        """A message in a frame that says things can be dropped here."""
        color = self.theme.on_film if is_drop_near else self.theme.on_film_muted
        words = self._paint_centered(painter, view, message, color)
        frame = QColor(self.theme.accent if is_drop_near else color)
        frame.setAlpha(255 if is_drop_near else _CALM_ALPHA)
        painter.setPen(QPen(frame, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(words).adjusted(-32, -28, 32, 28), 10, 10)

    def _paint_centered(self, painter: QPainter, view: QRect, message: str, color: str) -> QRect:
        painter.setFont(scaled_font(self.font, _MESSAGE_SCALE))
        width = min(view.width() - 4 * _MARGIN, 46 * painter.fontMetrics().averageCharWidth())
        option = QTextOption(Qt.AlignmentFlag.AlignCenter)
        # A file's name may have no place to break it.
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        words = painter.boundingRect(QRectF(0, 0, width, view.height()), message, option)
        words.moveCenter(QRectF(view).center())
        painter.setPen(QColor(color))
        painter.drawText(words, message, option)
        return words.toAlignedRect()

    def _paint_lines(self, painter: QPainter, box: QRect, lines: tuple[str, ...], alignment: int) -> None:
        metrics = painter.fontMetrics()
        step = round(metrics.lineSpacing() * _LINE_STEP)
        folded = tuple(part for line in lines for part in _folded(line, metrics, box.width() - 2))
        shown = folded[: max(0, box.height() // step)]
        top = box.bottom() + 1 - step * len(shown) if alignment & _BOTTOM else box.top()
        for number, line in enumerate(shown):
            row = QRect(box.left(), top + number * step, box.width(), step)
            text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, row.width() - 2)
            self._draw(painter, row, alignment | _ONE_LINE, text)

    @staticmethod
    def _room_below(width: int, others: tuple[str, ...], metrics: QFontMetrics) -> int:
        """Half of `width`, or what the lines of the other corner leave of it."""
        taken = max((metrics.horizontalAdvance(line) for line in others), default=0) + 2 * _MARGIN
        return max(width // 2, width - taken)

    def _draw(self, painter: QPainter, box: QRect, flags: int, text: str) -> None:
        """Light words on a dark plate that lets the film through, readable on white bone and black air alike."""
        painter.fillRect(painter.boundingRect(box, flags, text).adjusted(-3, 0, 3, 0), self.theme.plate)
        painter.setPen(QColor(self.theme.on_film))
        painter.drawText(box, flags, text)

    def _above_research_line(self, view: QRect) -> QRect:
        height = QFontMetrics(self.font).lineSpacing()
        return view.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN - height)


def _folded(line: str, metrics: QFontMetrics, width: int) -> tuple[str, ...]:
    """`line`, or its two parts where it is too long and has a space to be folded at."""
    if metrics.horizontalAdvance(line) <= width:
        return (line,)
    spaces = [place for place, letter in enumerate(line) if letter == " "]
    fold = next((place for place in reversed(spaces) if metrics.horizontalAdvance(line[:place]) <= width), None)
    return (line[:fold], line[fold + 1 :]) if fold else (line,)


def _readable_on(color: str) -> QColor:
    return QColor(Qt.GlobalColor.black if QColor(color).lightnessF() > 0.4 else Qt.GlobalColor.white)
