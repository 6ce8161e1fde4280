"""Lines above a film: whose it is, and what the model says of it, so that no score is taken for another's."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from radassist.domain.worklist import ItemState, WorklistItem
from radassist.gui.film.film_cache import CachedFilm
from radassist.gui.findings.confidence_bar import suspicion_color
from radassist.gui.findings.findings_text import Suspicion, headline, probability_and_threshold, suspicion_of
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import scaled_font
from radassist.gui.widgets.plain_text import one_line, person_name

_MARGIN = 10
_EDGE = 3


@dataclass(frozen=True, slots=True)
class StripWords:
    """One strip.

    Attributes:
        title: Which film.
        answer: The model's answer to it.
        suspicion: What the answer comes to; None for no answer.
        is_problem: There is none, and that needs attention.
        detail: A third line of less weight; empty for none.
    """

    title: str = ""
    answer: str = ""
    suspicion: Suspicion | None = None
    is_problem: bool = False
    detail: str = ""


def strip_words(item: WorklistItem, film: CachedFilm | None) -> StripWords:
    """The words for one film; the answer is that to the very pixels shown, never one the list has of another file."""
    title = _title(item)
    if film is None:
        return StripWords(title, "Not read" if item.state is ItemState.FAILED else "Reading …")
    if film.analysis is not None:
        prediction = film.analysis.prediction
        answer = f"{headline(prediction)} · {probability_and_threshold(prediction)[0]}"
        return StripWords(title, answer, suspicion_of(prediction))
    if film.problem:
        return StripWords(title, "No score", is_problem=True)
    return StripWords(title, "Scoring …")


def _title(item: WorklistItem) -> str:
    identity = item.identity
    date = identity.study_date if identity else ""
    day = f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 else date
    patient = person_name(identity.patient_name) if identity else ""
    return " · ".join(part for part in (patient, day, one_line(item.source.name)) if part)


class FilmStrip(QWidget):
    """Shows `StripWords`, the title above the answer and the answer above the detail.

    Attributes:
        words: What is shown.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = StripWords()
        self._theme = theme
        self._is_active = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: StripWords) -> None:
        """Show other words."""
        self.words = words
        self.setAccessibleName(". ".join(filter(None, (f"{words.title}: {words.answer}", words.detail))))
        self.updateGeometry()
        self.update()

    def set_active(self, active: bool) -> None:
        """Mark the film that keys act on."""
        self._is_active = active
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(120, (3 if self.words.detail else 2) * self.fontMetrics().lineSpacing() + 10)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._theme.raised if self._is_active else self._theme.surface))
            if self._is_active:
                painter.fillRect(QRect(0, 0, _EDGE, self.height()), QColor(self._theme.accent))
            upper = self.rect().adjusted(_MARGIN, 4, -_MARGIN, 0)
            upper.setHeight(self.fontMetrics().lineSpacing())
            painter.setPen(QColor(self._theme.text))
            self._paint_line(painter, upper, self.words.title)
            painter.setPen(QColor(self._theme.muted))
            self._paint_line(painter, upper.translated(0, 2 * upper.height()), self.words.detail)
            painter.setFont(scaled_font(self.font(), 1.0, bold=True))
            painter.setPen(QColor(self._answer_color()))
            self._paint_line(painter, upper.translated(0, upper.height()), self.words.answer)

    def _answer_color(self) -> str:
        if self.words.suspicion is not None:
            return suspicion_color(self.words.suspicion, self._theme)
        return self._theme.warning if self.words.is_problem else self._theme.muted

    @staticmethod
    def _paint_line(painter: QPainter, line: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
