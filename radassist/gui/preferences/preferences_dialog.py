"""The settings that have no place of their own in the window, and where the program keeps what."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from radassist.domain.threshold_rule import ThresholdRule
from radassist.gui.film.mouse_choice import MouseChoice
from radassist.gui.preferences.mouse_page import MousePage
from radassist.gui.preferences.threshold_page import ThresholdPage
from radassist.gui.widgets.form_rows import inset_number, level_names
from radassist.gui.widgets.labels import text_label

THEMES = (("system", "As the desktop"), ("dark", "Dark"), ("light", "Light"))
_WIDTH = 640
PRIVACY = (
    "All data stay on this machine: the program talks to no other one but those you name. Logs and the audit "
    "trail name no patient; the trail names the account you are logged in with. Exported tables name studies by keys "
    "that only this user's salt can make again."
)

_PREVALENCE_HINT = (
    "Share of films at your place with pneumonia; the lines below a score tell what a suspicion is worth."
)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the dialog shows and gives back.

    Attributes:
        theme: `system`, `dark` or `light`.
        score_on_opening: Whether opened films are scored without being asked.
        mouse: What the mouse does on the film.
        prevalence: Share of films with the finding at this place, in [0, 1]; None for that of the model's validation.
        rule: Chooses the threshold in force, None for the card's own; only given back, for the model tells its own.
    """

    theme: str
    score_on_opening: bool
    mouse: MouseChoice = MouseChoice()
    prevalence: float | None = None
    rule: ThresholdRule | None = None


class PreferencesDialog(QDialog):
    """Changes apply when the dialog is accepted.

    Signals:
        chosen(object): The new Preferences.
        archive_wanted(): Which archive is searched is a dialog of its own, too.
        reception_wanted(): So is whether films are received.
        models_wanted(): The model's choice is a dialog of its own.
    """

    chosen = Signal(object)
    models_wanted = Signal()
    archive_wanted = Signal()
    reception_wanted = Signal()

    def __init__(
        self,
        preferences: Preferences,
        model_line: str,
        folders: Sequence[tuple[str, Path]],
        threshold: ThresholdPage,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.theme = QComboBox()
        self.theme.setAccessibleName("Colours")
        for name, words in THEMES:
            self.theme.addItem(words, name)
        self.theme.setCurrentIndex(max(0, self.theme.findData(preferences.theme)))
        self.score_on_opening = QCheckBox("Score films when they are opened")
        self.score_on_opening.setChecked(preferences.score_on_opening)
        self.prevalence = _prevalence_box(preferences.prevalence)
        self.mouse, self.threshold = MousePage(preferences.mouse), threshold
        self.tabs = QTabWidget()
        pages = {
            "General": _page((self._look(), self._work(model_line))),
            "Threshold": threshold,
            "Mouse": self.mouse,
            "Data": _page((self._network(), self._folders(folders), self._privacy())),
        }
        for title, page in pages.items():
            self.tabs.addTab(page, title)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs)
        layout.addWidget(self._buttons())
        self.resize(_WIDTH, 0)
        for page in pages.values():  # a tab does not ask its page how tall wrapped words make it
            page.setMinimumHeight(page.heightForWidth(_WIDTH - 2 * layout.contentsMargins().left()))

    def _look(self) -> QGroupBox:
        box, form = _group("Look")
        form.addRow("Colours", self.theme)
        form.addRow(text_label("The film is shown on black in every theme.", role="muted"))
        level_names(form)
        return box

    def _work(self, model_line: str) -> QGroupBox:
        box, form = _group("Scoring")
        button = QPushButton("Choose…")
        button.setAccessibleName("Choose a model")
        button.clicked.connect(self.models_wanted)
        row = QHBoxLayout()
        row.addWidget(text_label(model_line), stretch=1)
        row.addWidget(button)
        form.addRow("Model", row)
        form.addRow(self.score_on_opening)
        form.addRow("Prevalence", self.prevalence)
        form.addRow(text_label(_PREVALENCE_HINT, role="muted"))
        level_names(form)
        return box

    def _network(self) -> QGroupBox:
        box, form = _group("Network")
        choices = (
            ("Archive", "No connection is opened until one is named.", "Choose an archive", self.archive_wanted),
            ("Receive films", "Nothing listens until it is switched on.", "Set up receiving", self.reception_wanted),
        )
        for words, hint, name, wanted in choices:
            button = QPushButton("Choose…")
            button.setAccessibleName(name)
            button.clicked.connect(wanted)
            row = QHBoxLayout()
            row.addWidget(text_label(hint, role="muted"), stretch=1)
            row.addWidget(button)
            form.addRow(words, row)
        level_names(form)
        return box

    def _folders(self, folders: Sequence[tuple[str, Path]]) -> QGroupBox:
        box, form = _group("Folders")
        for words, folder in folders:
            button = QPushButton("Show")
            button.setAccessibleName(f"Show the folder of {words.lower()}")
            button.setEnabled(folder.is_dir())
            button.clicked.connect(partial(_show_folder, folder))
            row = QHBoxLayout()
            path = text_label(str(folder))
            path.setWordWrap(False)
            row.addWidget(path, stretch=1)
            row.addWidget(button)
            form.addRow(words, row)
        level_names(form)
        return box

    def _privacy(self) -> QGroupBox:
        box, form = _group("Privacy")
        form.addRow(text_label(PRIVACY, role="muted"))
        return box

    def _buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        return buttons

    def _on_accepted(self) -> None:
        percent = self.prevalence.value()
        prevalence = None if percent == self.prevalence.minimum() else percent / 100
        scores = self.score_on_opening.isChecked()
        rule = self.threshold.rule
        self.chosen.emit(Preferences(self.theme.currentData(), scores, self.mouse.choice, prevalence, rule))
        self.accept()


def _page(boxes: Sequence[QGroupBox]) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    for box in boxes:
        layout.addWidget(box)
    layout.addStretch()
    return page


def _prevalence_box(prevalence: float | None) -> QDoubleSpinBox:
    """Its lowest value stands for none."""
    box = QDoubleSpinBox(minimum=0.0, maximum=100.0, decimals=1, singleStep=1.0)
    box.setSuffix("\N{NO-BREAK SPACE}%")
    box.setSpecialValueText("As in the model's validation")
    box.setAccessibleName("Prevalence at this place")
    inset_number(box)
    box.setValue(0.0 if prevalence is None else 100 * prevalence)
    return box


def _group(title: str) -> tuple[QGroupBox, QFormLayout]:
    box = QGroupBox(title)
    form = QFormLayout(box)
    form.setVerticalSpacing(10)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return box, form


def _show_folder(folder: Path, _checked: bool = False) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
