"""Shows what a round of blind-first reading has brought; a click on a film turns to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from radassist.domain.reading_round import RoundFilm, RoundSummary
from radassist.gui.reading import round_words
from radassist.gui.widgets.labels import text_label
from radassist.gui.widgets.plain_text import one_line

_TITLES = ("Film", "You, blind", "Model", "You, now")


class RoundDialog(QDialog):
    """Films on which the reader changed their mind stand first, in bold.

    Signals:
        film_chosen(int): Worklist number of a film the reader wants to see.
        export_requested(): The reader wants the table as CSV.
    """

    film_chosen = Signal(int)
    export_requested = Signal()

    def __init__(self, summary: RoundSummary, listed: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Summary of the reading round")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._films = sorted(summary.films, key=lambda film: (not film.is_changed, film.number))
        self.table = self._make_table()
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow("Agreement with the model, blind", text_label(round_words.agreement_words(summary.before)))
        form.addRow("Agreement with the model, now", text_label(round_words.agreement_words(summary.after)))
        form.addRow("Answers you changed", text_label(round_words.changed_words(summary)))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        export = buttons.addButton("Export CSV…", QDialogButtonBox.ButtonRole.ActionRole)
        export.setEnabled(bool(summary.films))
        export.clicked.connect(self.export_requested)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(text_label(round_words.progress_words(summary, listed), bold=True))
        layout.addLayout(form)
        layout.addWidget(self.table, stretch=1)
        layout.addWidget(text_label("Agreement is no proof: both may be wrong. Research use only.", role="muted"))
        layout.addWidget(buttons)
        self.resize(640, 520)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(self._films), len(_TITLES))
        table.setHorizontalHeaderLabels(_TITLES)
        table.setAccessibleName("Films of the round")
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.horizontalHeader().setHighlightSections(False)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, film in enumerate(self._films):
            for column, text in enumerate(_cells(film)):
                table.setItem(row, column, _cell(text, bold=film.is_changed))
        table.currentCellChanged.connect(lambda row, *_: self._choose(row))
        return table

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._films):
            self.film_chosen.emit(self._films[row].number)


def _cells(film: RoundFilm) -> tuple[str, ...]:
    answers = (round_words.label_words(said, film.positive) for said in (film.first, film.model, film.last))
    return (one_line(film.name), *answers)


def _cell(text: str, *, bold: bool) -> QTableWidgetItem:
    cell = QTableWidgetItem(text)
    if bold:
        font = QFont()
        font.setBold(True)
        cell.setFont(font)
    return cell
