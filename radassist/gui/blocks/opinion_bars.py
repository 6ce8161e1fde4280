"""At which depth the answer is made: what each block alone would say of the film, beside what the model says."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from radassist.domain.analysis import BlockOpinion, Prediction
from radassist.gui.findings.confidence_bar import suspicion_color
from radassist.gui.findings.findings_text import in_words, percent, spoken, suspicion_of
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import scaled_font
from radassist.gui.widgets.plain_text import as_markup

_TRACK = 34
_GAP = 5
_WIDEST = 46
_RIM = 1
_MODEL = "model"


class OpinionBars(QWidget):
    """A column for each block, shallow first, then the model's own; a dashed line at 50 %, where a probe is undecided.

    Below each column stand the block's name and the AUC of its probe; the tool tip says both in a sentence.

    Signals:
        block_chosen(str): The column of this block was clicked.
    """

    block_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._opinions: tuple[BlockOpinion, ...] = ()
        self._prediction: Prediction | None = None
        self._chosen = ""
        self.setFont(scaled_font(self.font(), 0.8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_opinions((), None)

    @property
    def opinions(self) -> tuple[BlockOpinion, ...]:
        """What is shown, shallow first."""
        return self._opinions

    def show_opinions(self, opinions: Sequence[BlockOpinion], prediction: Prediction | None) -> None:
        """Show what blocks say of one film beside what the model says; hidden where there is nothing to be said."""
        self._opinions, self._prediction = tuple(opinions), prediction
        has_any = bool(opinions) and prediction is not None
        self.setVisible(has_any)
        self.setAccessibleName("What each block alone would say" if has_any else "")
        self.setAccessibleDescription(" ".join(self.sentences()) if has_any else "")
        self.update()

    def choose(self, block: str) -> None:
        """Mark the column of `block`; sends no signal."""
        if block != self._chosen:
            self._chosen = block
            self.update()

    def sentences(self) -> tuple[str, ...]:
        """What each column says, in order."""
        if self._prediction is None:
            return ()
        finding = in_words(self._prediction.positive_label)
        blocks = (
            f"{said.block} alone would say {percent(said.probability)} {finding}; "
            f"AUC of its probe on films of validation {said.auc:.3f}."
            for said in self._opinions
        )
        return (*blocks, f"The model: {spoken(self._prediction)}")

    def column(self, index: int) -> QRectF:
        """Where column `index` is drawn, its words left out; the last one is the model's."""
        count = len(self._opinions) + 1
        width = min(_WIDEST, (self.width() - 2 * _RIM - (count - 1) * _GAP) / count)
        return QRectF(_RIM + index * (width + _GAP), 2 + self._line(), width, _TRACK)

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(290, round(4 + _TRACK + 3 * self._line()))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(84, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._index_at(event.pos().x())
            QToolTip.showText(event.globalPos(), as_markup(self.sentences()[index]) if index is not None else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 - Qt's
        index = self._index_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and index is not None and index < len(self._opinions):
            self.block_chosen.emit(self._opinions[index].block)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        if self._prediction is None:
            return
        with QPainter(self) as painter:
            painter.setFont(self.font())
            for index, said in enumerate(self._opinions):
                self._paint_column(painter, index, said.probability, self._theme.accent)
                self._paint_words(painter, index, said.block, f"{said.auc:.3f}")
            model = len(self._opinions)
            color = suspicion_color(suspicion_of(self._prediction), self._theme)
            self._paint_column(painter, model, self._prediction.positive_probability, color)
            self._paint_words(painter, model, _MODEL, "")
            self._paint_half(painter)

    def _paint_column(self, painter: QPainter, index: int, share: float, color: str) -> None:
        track = self.column(index)
        painter.fillRect(track, QColor(self._theme.raised))
        fill = QRectF(track)
        fill.setTop(track.bottom() - track.height() * share)
        painter.fillRect(fill, QColor(color))
        is_chosen = index < len(self._opinions) and self._opinions[index].block == self._chosen
        painter.setPen(QPen(QColor(self._theme.focus if is_chosen else self._theme.border), 2 if is_chosen else 1))
        painter.drawRect(track)
        painter.setPen(QColor(self._theme.text))
        self._paint_fitting(painter, track.translated(0, -track.height()), Qt.AlignmentFlag.AlignBottom, percent(share))

    def _paint_words(self, painter: QPainter, index: int, name: str, auc: str) -> None:
        below = self.column(index).translated(0, _TRACK + 2)
        top = Qt.AlignmentFlag.AlignTop
        painter.setPen(QColor(self._theme.text))
        short = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideLeft, round(below.width()) + _GAP - 1)
        painter.drawText(_wider(below), top | Qt.AlignmentFlag.AlignHCenter, short)
        painter.setPen(QColor(self._theme.muted))
        self._paint_fitting(painter, below.translated(0, self._line() - 1), top, auc)

    def _paint_fitting(self, painter: QPainter, place: QRectF, align: Qt.AlignmentFlag, text: str) -> None:
        """Numbers are never cut: where one has no room, the tool tip tells it alone."""
        if painter.fontMetrics().horizontalAdvance(text) <= place.width() + _GAP:
            painter.drawText(_wider(place), align | Qt.AlignmentFlag.AlignHCenter, text)

    def _paint_half(self, painter: QPainter) -> None:
        first, last = self.column(0), self.column(len(self._opinions))
        painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(first.left(), first.center().y(), last.right(), last.center().y()))

    def _index_at(self, x: float) -> int | None:
        if self._prediction is None:
            return None
        places = [self.column(index) for index in range(len(self._opinions) + 1)]
        return next((index for index, place in enumerate(places) if place.left() <= x <= place.right() + _GAP), None)

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()


def _wider(place: QRectF) -> QRectF:
    """With the gaps at its sides, which words may use."""
    return place.adjusted(-_GAP / 2, 0, _GAP / 2, 0)
