"""Paints one row of the worklist: thumbnail, name, answer in shape, colour and words, probability as number and bar."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from radassist.domain.analysis import Prediction
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.gui.theme import Theme, mix, tinted_icon
from radassist.gui.widgets.labels import scaled_font
from radassist.gui.worklist import worklist_words as words
from radassist.gui.worklist.film_reading import FilmReading, ReadState, reading_icon
from radassist.gui.worklist.study_folds import StudyFold
from radassist.gui.worklist.worklist_model import Column, Role
from radassist.gui.worklist.worklist_words import Answer

ROW_HEIGHT = 56
_STRIPE = 3
_MARGIN = 6
_GAP = 10
_THUMBNAIL = ROW_HEIGHT - 2 * _MARGIN
_SCORE = 58
_BAR = 6
_MARK = 14
_SMALL = 0.9
HEADING_HEIGHT = 17
"""Height of the line that names a study or a series.

It is part of the row, since rows of one height cost nothing to lay out; a row with both lines is higher by one of them.
"""
_HEADING_MARGIN = 2
_ARROW = 10
_ARROW_SIZE = 7
_MARK_GAP = 4
_SERIES_INDENT = _ARROW
_HEADINGS = ((Role.HEADING, Role.FOLD), (Role.SERIES_HEADING, Role.SERIES_FOLD))

_ICONS = {
    Answer.SUSPECTED: "suspected",
    Answer.NOT_SUSPECTED: "not-suspected",
    Answer.UNDETERMINED: "undetermined",
    Answer.REFUSED: "refused",
    Answer.FAILED: "warning",
}


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_SMOOTH = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform


class _Face:
    """A font with its measures, made once and not for every row."""

    def __init__(self, font: QFont) -> None:
        self.font, self.metrics = font, QFontMetrics(font)

    def draw(self, painter: QPainter, cell: QRect, text: str, color: str, flags: int = _LEFT) -> None:
        """Draw `text` as it is, cut short where `cell` is too narrow."""
        painter.setFont(self.font)
        painter.setPen(QColor(color))
        short = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, cell.width()))
        painter.drawText(cell, flags, short)

    def whole_parts(self, text: str, width: int) -> str:
        """As many of the parts of `text`, parted by dots, as fit into `width`."""
        while self.metrics.horizontalAdvance(text) > width - _MARGIN and " · " in text:
            text = text.rpartition(" · ")[0]
        return text


class WorklistDelegate(QStyledItemDelegate):
    """Paints the rows of a model that gives `Role.ITEM`, and a thumbnail as decoration."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: dict[tuple[str, str, float], QPixmap] = {}
        self._use_font(QFont())

    def sizeHint(  # noqa: D102, N802 - Qt's
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(  # noqa: D102 - Qt's
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: WorklistItem = index.data(Role.ITEM)
        row = QRect(option.rect)
        painter.save()
        painter.setRenderHints(_SMOOTH)
        if option.font != self._font:
            self._use_font(option.font)
        self._paint_ground(painter, row, option.state)
        if index.column() != Column.FILM:
            self._paint_cell(painter, row, index)
            painter.restore()
            return
        if _is_turned_to(option, index):
            painter.fillRect(QRect(row.topLeft(), QSize(_STRIPE, row.height())), QColor(self._theme.focus))
        folded = self._paint_headings(painter, row, index)
        if folded:
            self._paint_fold(painter, row, folded)
            painter.restore()
            return
        self._paint_thumbnail(painter, _cut_left(row, _THUMBNAIL), index.data(Qt.ItemDataRole.DecorationRole))
        if item.analysis:
            self._paint_score(painter, _cut_right(row, _SCORE), item.analysis.prediction)
        self._paint_words(painter, row, item, index.data(Role.READING))
        painter.restore()

    def _use_font(self, font: QFont) -> None:
        self._font = QFont(font)
        self._strong, self._small = _Face(scaled_font(font, 1.0, bold=True)), _Face(scaled_font(font, _SMALL))
        self._plain = _Face(scaled_font(font, 1.0))

    def _paint_ground(self, painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, QColor(self._theme.chosen_row))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, QColor(self._theme.raised))
        painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), QColor(self._theme.surface))

    def _paint_cell(self, painter: QPainter, cell: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """A column beside the film's own: what it holds, below the bands of the names of study and series."""
        for heading, _ in _HEADINGS:
            if index.data(heading):
                self._paint_band(painter, cell, is_series=heading is Role.SERIES_HEADING)
        cell.adjust(_MARGIN, 0, -_MARGIN, 0)
        self._small.draw(painter, cell, str(index.data() or ""), self._theme.text)

    def _paint_headings(
        self, painter: QPainter, row: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> StudyFold | None:
        """Name study and series at the top of `row`, which keeps the rest; gives the fold it stands for, if any."""
        folded, margin = None, _MARGIN
        for heading, folding in _HEADINGS:
            text: str | None = index.data(heading)
            if text:
                fold: StudyFold | None = index.data(folding)
                line = self._paint_band(painter, row, is_series=heading is Role.SERIES_HEADING)
                self._paint_heading(painter, line, text, fold, is_series=heading is Role.SERIES_HEADING)
                folded, margin = fold if fold and fold.is_folded else None, _HEADING_MARGIN
        row.adjust(_STRIPE + _MARGIN, margin, -_GAP, -margin)
        return folded

    def _paint_band(self, painter: QPainter, row: QRect, *, is_series: bool) -> QRect:
        """The ground of a heading at the top of `row`, which keeps the rest."""
        band = QRect(row.left(), row.top(), row.width(), HEADING_HEIGHT)
        row.setTop(band.bottom() + 1)
        ground = mix(self._theme.raised, self._theme.surface, 0.5) if is_series else self._theme.raised
        painter.fillRect(band, QColor(ground))
        painter.fillRect(QRect(band.topLeft(), QSize(band.width(), 1)), QColor(self._theme.border))
        return band

    def _paint_heading(
        self, painter: QPainter, line: QRect, text: str, fold: StudyFold | None, *, is_series: bool
    ) -> None:
        line.adjust(_STRIPE + _MARGIN + (_SERIES_INDENT if is_series else 0), 0, -_GAP, 0)
        arrow = _cut_left(line, _ARROW, gap=2)
        if fold:
            self._paint_arrow(painter, arrow, fold.is_folded)
        self._small.draw(painter, line, self._small.whole_parts(text, line.width()), self._theme.text)

    def _paint_arrow(self, painter: QPainter, cell: QRect, is_folded: bool) -> None:
        """A triangle to the right for a folded study, downwards for an unfolded one."""
        middle, half = QRectF(cell).center(), _ARROW_SIZE / 2
        corners = ((-half / 2, -half), (half, 0), (-half / 2, half))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.text))
        painter.drawPolygon([middle + (QPointF(x, y) if is_folded else QPointF(y, x)) for x, y in corners])
        painter.setBrush(Qt.BrushStyle.NoBrush)  # else it fills the frame of an empty thumbnail

    def _paint_fold(self, painter: QPainter, cell: QRect, fold: StudyFold) -> None:
        """How many films there are above how many of each answer; both lines are used where one has no room for all.

        Where the words have no room the shapes stand with numbers alone, so that no answer need be left out.
        """
        cell.setLeft(cell.left() + _ARROW + 2)
        lines = list(_halves(cell))
        self._strong.draw(painter, lines[0], fold.film_words, self._theme.text)
        lines[0].setLeft(lines[0].left() + self._strong.metrics.horizontalAdvance(fold.film_words) + _GAP)
        whole = [count.words for count in fold.counts]
        short = [f"{count.count:,}" if count.answer else count.words for count in fold.counts]
        for said, room in ((whole, lines[1:]), (whole, lines), (short, lines)):
            places = self._flow(said, fold, room)
            if len(places) == len(said):
                break
        for count, text, place in zip(fold.counts, said, places, strict=False):
            color = _answer_color(count.answer, self._theme) if count.answer else self._theme.muted
            if count.answer:
                self._paint_mark(painter, _cut_left(place, _MARK, gap=_MARK_GAP), _ICONS[count.answer], color)
            self._small.draw(painter, place, text, color)

    def _flow(self, said: list[str], fold: StudyFold, lines: list[QRect]) -> list[QRect]:
        """Where each of `said` stands in `lines`, one after the other, as far as there is room."""
        rest, places = [QRect(line) for line in lines], list[QRect]()
        for text, count in zip(said, fold.counts, strict=True):
            width = self._small.metrics.horizontalAdvance(text) + (_MARK + _MARK_GAP if count.answer else 0) + 1
            while rest and rest[0].width() < width:
                rest.pop(0)
            if not rest:
                break
            places.append(_cut_left(rest[0], width))
        return places

    def _paint_thumbnail(self, painter: QPainter, cell: QRect, image: QImage | None) -> None:
        if image is None:
            painter.setPen(QColor(self._theme.border))
            painter.setBrush(QColor(self._theme.raised))
            painter.drawRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5))
            return
        painter.fillRect(cell, QColor(self._theme.film))
        place = QRect(cell.topLeft(), image.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(cell.center())
        painter.drawImage(place, image)

    def _paint_words(self, painter: QPainter, cell: QRect, item: WorklistItem, reading: FilmReading) -> None:
        upper, lower = _halves(cell)
        color = self._theme.focus if reading.state is ReadState.UNREAD else self._theme.muted
        self._paint_mark(painter, _cut_left(upper, _MARK, gap=6), reading_icon(reading), color)
        if words.warning_words(item):
            self._paint_mark(painter, _cut_right(upper, _MARK, gap=6), "warning", self._theme.warning)
        face = self._strong if reading.state is ReadState.UNREAD else self._plain
        face.draw(painter, upper, words.title(item), self._theme.text)
        answer, place = words.answer_of(item), _cut_left(lower, _MARK, gap=6)
        if answer:
            self._paint_mark(painter, place, _ICONS[answer], _answer_color(answer, self._theme))
        said, details = words.answer_words(item), words.details(item, reading)
        self._small.draw(painter, lower, said, _color(item, self._theme))
        if details:
            lower.setLeft(lower.left() + self._small.metrics.horizontalAdvance(said))
            beside = f" · {details}"
            short = beside if item.reason else self._small.whole_parts(beside, lower.width())
            self._small.draw(painter, lower, short, self._theme.muted)

    def _paint_score(self, painter: QPainter, cell: QRect, prediction: Prediction) -> None:
        upper, lower = _halves(cell)
        self._strong.draw(painter, upper, words.probability_words(prediction), self._theme.text, _RIGHT)
        answer = words.answer_for(prediction)
        pattern = Qt.BrushStyle.Dense4Pattern if answer is Answer.UNDETERMINED else Qt.BrushStyle.SolidPattern
        bar = QRectF(lower.left(), lower.center().y() - _BAR / 2 + 1, lower.width(), _BAR)
        filled = QRectF(bar.left(), bar.top(), bar.width() * prediction.positive_probability, _BAR)
        threshold = bar.left() + bar.width() * prediction.threshold
        painter.fillRect(bar, QColor(self._theme.border))
        painter.fillRect(filled, QBrush(QColor(_answer_color(answer, self._theme)), pattern))
        painter.fillRect(QRectF(threshold - 1, bar.top() - 3, 2, _BAR + 6), QColor(self._theme.text))

    def _paint_mark(self, painter: QPainter, cell: QRect, drawing: str, color: str) -> None:
        """Paint a shape, kept because drawing it from SVG for each row would be most of the cost of a row."""
        key = drawing, color, painter.device().devicePixelRatioF()
        if key not in self._marks:
            self._marks[key] = tinted_icon(drawing, color).pixmap(QSize(_MARK, _MARK), key[2])
        painter.drawPixmap(QPoint(cell.left(), cell.center().y() - _MARK // 2 + 1), self._marks[key])


def _is_turned_to(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> bool:
    """Whether the row is that of the film on the screen; several rows may be selected."""
    view = option.widget
    if isinstance(view, QAbstractItemView):
        return view.currentIndex().row() == index.row()
    return bool(option.state & QStyle.StateFlag.State_Selected)


def _answer_color(answer: Answer, theme: Theme) -> str:
    match answer:
        case Answer.SUSPECTED:
            return theme.positive
        case Answer.NOT_SUSPECTED:
            return theme.negative
        case Answer.UNDETERMINED:
            return theme.undetermined
        case Answer.REFUSED:
            return theme.warning
        case Answer.FAILED:
            return theme.danger


def _color(item: WorklistItem, theme: Theme) -> str:
    answer = words.answer_of(item)
    if answer:
        return _answer_color(answer, theme)
    return theme.text if item.state is ItemState.RUNNING else theme.muted


def _cut_left(cell: QRect, width: int, gap: int = _GAP) -> QRect:
    """Take `width` off the left of `cell`, which keeps the rest after a gap."""
    cut = QRect(cell.left(), cell.top(), width, cell.height())
    cell.setLeft(cell.left() + width + gap)
    return cut


def _cut_right(cell: QRect, width: int, gap: int = _GAP) -> QRect:
    """Take `width` off the right of `cell`, which keeps the rest before a gap."""
    cut = QRect(cell.right() - width + 1, cell.top(), width, cell.height())
    cell.setRight(cell.right() - width - gap)
    return cut


def _halves(cell: QRect) -> tuple[QRect, QRect]:
    """The upper and the lower line of `cell`, drawn a little together."""
    height = cell.height() // 2 - 1
    upper = QRect(cell.left(), cell.top() + 1, cell.width(), height)
    return upper, upper.translated(0, height)
