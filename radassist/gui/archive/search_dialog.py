"""Asks what to look for in an archive, lists what it has, and lets studies be retrieved."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from radassist.domain.archive import MOST_STUDIES, FoundStudy, QueryTexts
from radassist.gui.explain.busy_row import BusyRow
from radassist.gui.widgets.labels import text_label
from radassist.gui.widgets.plain_text import one_line

_COLUMNS = ("Patient", "Patient ID", "Study date", "Modalities", "Study", "Objects")
_SIZE = (860, 560)
_WISH = "Letters may be left open: * stands for any, ? for one."


class SearchDialog(QDialog):
    """Query on top, studies below; it stays open while films come, so that several studies can be fetched.

    Signals:
        search_requested(object): The QueryTexts that were typed.
        retrieve_requested(list): The FoundStudy objects that were chosen.
        stop_requested(): What is under way is not wanted any more.
    """

    search_requested = Signal(object)
    retrieve_requested = Signal(list)
    stop_requested = Signal()

    def __init__(self, archive: str, texts: QueryTexts, parent: QWidget, *, asks_password: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle("Search an archive")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._studies: tuple[FoundStudy, ...] = ()
        self.lines = {
            "patient_name": _line("Patient name", texts.patient_name, "Family name first"),
            "patient_id": _line("Patient ID", texts.patient_id),
            "since": _line("From", texts.since, "2024-01-31"),
            "until": _line("To", texts.until, "2024-01-31"),
            "modality": _line("Modality", texts.modality, "DX, CR …"),
            "description": _line("Study description", texts.description),
        }
        self.password = _line("Password", "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.search, self.retrieve = QPushButton("&Search"), QPushButton("&Retrieve and open")
        self.table, self.busy = _table(), BusyRow("How far the archive is")
        self.words = text_label(f"Archive: {one_line(archive)}. {_WISH}", role="muted")
        self._lay_out(asks_password=asks_password)
        self._connect()
        self._refresh()

    @property
    def texts(self) -> QueryTexts:
        """What is typed now."""
        return QueryTexts(**{name: line.text() for name, line in self.lines.items()})

    @property
    def chosen(self) -> list[FoundStudy]:
        """The studies that are marked, as listed."""
        return [self._studies[index.row()] for index in self.table.selectionModel().selectedRows()]

    def show_busy(self, words: str, done: int = 0, total: int = 0) -> None:
        """Something is under way; a total of 0 where nobody knows how much."""
        self.words.setText(words)
        self.busy.progress.setRange(0, total)
        self.busy.progress.setValue(done)
        self.busy.show()
        self._refresh()

    def show_words(self, words: str) -> None:
        """Nothing is under way any more; say how it ended."""
        self.busy.hide()
        self.words.setText(words)
        self._refresh()

    def show_studies(self, studies: Sequence[FoundStudy]) -> None:
        """List what was found; the first one is marked."""
        self._studies = tuple(studies)
        self.table.setRowCount(len(studies))
        for row, study in enumerate(studies):
            for column, words in enumerate(_cells(study)):
                self.table.setItem(row, column, QTableWidgetItem(one_line(words)))
        if studies:
            self.table.selectRow(0)
            self.table.setFocus()
        self.show_words(_found_words(len(studies)))

    def _refresh(self) -> None:
        is_busy = not self.busy.isHidden()
        self.search.setEnabled(not is_busy)
        self.retrieve.setEnabled(not is_busy and bool(self.table.selectionModel().selectedRows()))
        (self.retrieve if self._studies else self.search).setDefault(True)

    def _connect(self) -> None:
        self.search.clicked.connect(lambda: self.search_requested.emit(self.texts))
        self.retrieve.clicked.connect(lambda: self.retrieve_requested.emit(self.chosen))
        self.busy.cancel.clicked.connect(self.stop_requested)
        self.table.itemSelectionChanged.connect(self._refresh)
        self.table.itemDoubleClicked.connect(lambda _: self.retrieve.click())
        for line in (*self.lines.values(), self.password):
            line.returnPressed.connect(self.search.click)

    def _lay_out(self, *, asks_password: bool) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        asked = [*self.lines.values(), *([self.password] if asks_password else [])]
        for place, line in enumerate(asked):
            label = text_label(line.accessibleName())
            label.setBuddy(line)
            form.addWidget(label, place // 2, 2 * (place % 2))
            form.addWidget(line, place // 2, 2 * (place % 2) + 1)
        form.addWidget(self.search, 3, 3, Qt.AlignmentFlag.AlignRight)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.retrieve, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.table, stretch=1)
        for widget in (self.words, self.busy, buttons):
            layout.addWidget(widget)
        for button in (*buttons.buttons(), self.search, self.busy.cancel):
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)  # Return belongs to the lines and to what is marked as default
        self.resize(*_SIZE)


def texts_to_setting(texts: QueryTexts) -> str:
    """One line for a settings file."""
    return json.dumps(asdict(texts))


def texts_from_setting(text: str) -> QueryTexts:
    """What `texts_to_setting` wrote; nothing where the text is damaged."""
    try:
        return QueryTexts(**{name: str(value) for name, value in json.loads(text).items()})
    except (ValueError, TypeError, AttributeError):
        return QueryTexts()


def _cells(study: FoundStudy) -> tuple[str, ...]:
    day, name = study.study_date, study.patient_name.replace("^", ", ", 1).replace("^", " ").strip(" ,")
    shown = f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 and day.isdigit() else day
    objects = "" if study.instances is None else str(study.instances)
    return name, study.patient_id, shown, study.modalities.replace("\\", ", "), study.description, objects


def _found_words(count: int) -> str:
    if count >= MOST_STUDIES:
        return f"The first {count} studies are listed; look for something narrower to see others."
    return {0: "Nothing in the archive matches.", 1: "1 study matches."}.get(count, f"{count} studies match.")


def _line(name: str, text: str, hint: str = "") -> QLineEdit:
    line = QLineEdit(text, placeholderText=hint)
    line.setAccessibleName(name)
    line.setMaxLength(64)
    return line


def _table() -> QTableWidget:
    table = QTableWidget(0, len(_COLUMNS))
    table.setHorizontalHeaderLabels(_COLUMNS)
    table.setAccessibleName("Studies found")
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    for column in (2, 3, 5):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return table
