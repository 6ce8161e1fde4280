"""What the model says of the film on the screen: in words first, then as a bar and numbers, then the small print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from radassist.domain.analysis import Analysis, ModelFacts, Prediction
from radassist.domain.radiograph import Notice
from radassist.gui.findings import findings_text
from radassist.gui.findings.confidence_bar import ConfidenceBar, suspicion_color
from radassist.gui.findings.findings_text import Suspicion
from radassist.gui.findings.past_words import past_words
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import rule, set_role, text_label
from radassist.gui.widgets.sign import Sign

RESEARCH_LINE = "Research use only. Not for diagnosis."
NO_SCORE_LINE = "This film has no score: read it as usual."
NO_FILM_LINE = "Open a film to see what the model says of it."

_ROLES = {
    Suspicion.SUSPECTED: "positive",
    Suspicion.NOT_SUSPECTED: "negative",
    Suspicion.UNDETERMINED: "undetermined",
}
_HEADLINE_ICON = 26
_NOTICE_ICON = 16


@dataclass(frozen=True, slots=True)
class _Page:
    """All the panel shows at one time.

    Attributes:
        icon, color, role: Of the headline; no icon where empty.
        text, text_role: Below the headline.
        prediction: For bar and numbers; None hides them.
    """

    headline: str
    text: str = ""
    text_role: str = "muted"
    icon: str = ""
    color: Callable[[Theme], str] = lambda theme: theme.text
    role: str = ""
    prediction: Prediction | None = None
    notices: tuple[Notice, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    busy: bool = False


class FindingsPanel(QWidget):
    """The answer, and every condition it was given under. All text is plain and can be copied.

    Absence of suspicion is never shown as `normal`, and the line for research use is always there.

    Attributes:
        bar: The confidence bar.
        details: Small print of the score; a widget of its own, which the window puts below what is looked at more.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: ModelFacts | None = None
        self._analysis: Analysis | None = None
        self._prevalence: float | None = None
        self.setObjectName("findings_panel")
        self.setAccessibleName("Findings")
        self._icon, self._headline = Sign(theme, _HEADLINE_ICON), text_label(scale=1.3, bold=True)
        self._text = text_label(role="muted")
        self._busy = _busy_bar()
        self.bar = ConfidenceBar(theme)
        self._by = text_label(role="muted", scale=0.9)
        self._by.setAccessibleName("The model that answers")
        self._numbers, self._past = text_label(), text_label(role="muted")
        self._past.setAccessibleName("What such scores were worth in validation")
        self._notices, self.details = _NoticeList(theme), _DetailTable()
        self._lay_out()
        self.show_empty(NO_FILM_LINE)

    def set_model(self, facts: ModelFacts | None) -> None:
        """Name the loaded model, or None while there is none; what is shown of a film stays."""
        self._facts = facts
        self._show_model()
        self._show_past()
        self.details.show_rows(self._current_details())

    def set_prevalence(self, prevalence: float | None) -> None:
        """Share of films with the finding where the model is used, in [0, 1]; None for that of its validation."""
        self._prevalence = prevalence
        self._show_past()

    def show_empty(self, text: str, title: str = "No film") -> None:
        """No answer to show: say `text`."""
        self._analysis = None
        self._show(_Page(title, text, icon="film", color=lambda theme: theme.muted, role="muted"))

    def show_busy(self, text: str) -> None:
        """The answer is on its way: say what is being done."""
        self._analysis = None
        self._show(_Page(text, busy=True))

    def show_analysis(self, analysis: Analysis) -> None:
        """Show the answer for a film."""
        self._analysis = analysis
        prediction = analysis.prediction
        suspicion = findings_text.suspicion_of(prediction)
        self._show(
            _Page(
                findings_text.headline(prediction),
                "" if suspicion is Suspicion.SUSPECTED else findings_text.meaning(prediction),  # the headline says it
                icon=suspicion.value,
                color=partial(suspicion_color, suspicion),
                role=_ROLES[suspicion],
                prediction=prediction,
                notices=analysis.notices,
            )
        )

    def show_problem(self, title: str, sentence: str, notices: Sequence[Notice] = ()) -> None:
        """There is no score: say why.

        Args:
            title: In a few words, for instance `Refused`.
            sentence: The reason, one plain sentence.
            notices: What is known of the film nevertheless.
        """
        self._analysis = None
        self._show(
            _Page(
                title,
                f"{sentence}\n{NO_SCORE_LINE}",
                text_role="",
                icon="refused",
                color=lambda theme: theme.warning,
                role="warning",
                notices=tuple(notices),
            )
        )

    def _show(self, page: _Page) -> None:
        self._show_headline(page)
        self._text.setText(page.text)
        set_role(self._text, page.text_role)
        self._text.setVisible(bool(page.text))
        self._busy.setVisible(page.busy)
        self.bar.set_prediction(page.prediction)
        self.bar.setVisible(page.prediction is not None)
        self._numbers.setText(findings_text.numbers(page.prediction) if page.prediction else "")
        self._numbers.setVisible(page.prediction is not None)
        self._show_model()
        self._show_past()
        self._notices.show_notices(page.notices)
        self.details.show_rows(self._current_details())
        # Else a film that is shown at once would be painted once with the heights of the film before.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _show_model(self) -> None:
        """Name whose answer it is, right below it: after a change of the model nobody should have to guess."""
        name = findings_text.model_name(self._analysis, self._facts) if self._analysis else ""
        self._by.setText(name)
        self._by.setVisible(bool(name))

    def _show_past(self) -> None:
        words = past_words(self._analysis, self._facts, self._prevalence) if self._analysis else ""
        self._past.setText(words)
        self._past.setVisible(bool(words))

    def _show_headline(self, page: _Page) -> None:
        self._headline.setText(page.headline)
        set_role(self._headline, page.role)
        self._icon.setVisible(bool(page.icon))
        if page.icon:
            self._icon.show_drawing(page.icon, page.color)

    def _current_details(self) -> tuple[tuple[str, str], ...]:
        if self._analysis:
            return findings_text.details(self._analysis, self._facts)
        return findings_text.model_details(self._facts)

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        title.addWidget(self._headline, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(title)
        layout.addWidget(self._by)
        layout.addWidget(self._busy)
        layout.addWidget(self._text)
        layout.addSpacing(4)
        layout.addWidget(self.bar)
        layout.addWidget(self._numbers)
        layout.addWidget(self._past)
        layout.addWidget(self._notices)
        layout.addWidget(rule())
        layout.addWidget(text_label(RESEARCH_LINE, role="warning", scale=0.9, bold=True))


class _NoticeList(QWidget):
    """What the reader must know, one sentence a line, each beside a sign."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Notices")
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Show `notices` in their order of weight; nothing at all where there are none."""
        _clear(self._grid)
        for row, notice in enumerate(notices):
            self._grid.addWidget(self._sign(notice), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text_label(notice.sentence), row, 1)
        self.setVisible(bool(notices))

    def _sign(self, notice: Notice) -> Sign:
        is_warning, sign = findings_text.is_warning(notice), Sign(self._theme, _NOTICE_ICON)
        if is_warning:
            sign.show_drawing("warning", lambda theme: theme.warning)
        else:
            sign.show_drawing("info", lambda theme: theme.muted)
        sign.setAccessibleName("Warning" if is_warning else "Note")
        sign.setToolTip(notice.code)
        return sign


class _DetailTable(QWidget):
    """Names and values in small print."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Conditions of the score")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 8, 14, 14)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show one line a row; nothing at all where there are none."""
        _clear(self._grid)
        for line, (name, value) in enumerate(rows):
            self._grid.addWidget(text_label(name, role="muted", scale=0.85), line, 0, Qt.AlignmentFlag.AlignTop)
            label = text_label(value, scale=0.85)
            label.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(label, line, 1)
        self.setVisible(bool(rows))


def _busy_bar() -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedHeight(4)
    bar.setAccessibleName("Working")
    return bar


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
