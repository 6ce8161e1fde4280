"""Asks which results of which films are wanted as DICOM objects."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from radassist.domain.dicom_results import DicomKind
from radassist.gui.widgets.labels import text_label
from radassist.gui.widgets.scope_box import Scope, ScopeBox, group_box

_WIDTH = 520
_ABOUT = (
    "The objects belong to the film's own study and name the patient as the film does. The film itself is not changed. "
    "Each object says that it is for research only."
)
_KINDS = MappingProxyType(
    {
        DicomKind.SR: "&Report: finding, probability, decision, model (Structured Report)",
        DicomKind.SC: "&Picture: the film under its map (Secondary Capture)",
        DicomKind.GSPS: "&View: window, measurements, outline of the map (Presentation State)",
        DicomKind.PMAP: "&Map: the raw values of the map (Parametric Map)",
    }
)


@dataclass(frozen=True, slots=True)
class ResultChoice:
    """What was chosen last."""

    scope: Scope = Scope.FILM
    kinds: frozenset[DicomKind] = frozenset({DicomKind.SR})

    def to_text(self) -> str:
        """One line for a settings file."""
        return json.dumps({"scope": self.scope.value, "kinds": sorted(self.kinds)})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The choice that `to_text` wrote; the default one where the text is damaged."""
        try:
            values = json.loads(text)
            return cls(Scope(values["scope"]), frozenset(map(DicomKind, values["kinds"])))
        except (ValueError, TypeError, KeyError):
            return cls()


class DicomDialog(QDialog):
    """The choice.

    Signals:
        save_requested(object): The ResultChoice to save.
    """

    save_requested = Signal(object)

    def __init__(self, choice: ResultChoice, films: Mapping[Scope, int], parent: QWidget) -> None:
        """Of `films`, how many scored ones there are in each scope, those scopes that have any can be chosen."""
        super().__init__(parent)
        self.setWindowTitle("Save results as DICOM")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.films = ScopeBox(films, choice.scope, listed="Every scored film the &list shows")
        self.kinds = {kind: QCheckBox(words) for kind, words in _KINDS.items()}
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._save: QPushButton = self._buttons.addButton("&Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        for kind, box in self.kinds.items():
            box.setChecked(kind in choice.kinds)
            box.toggled.connect(self._refresh)
        self._refresh()

    @property
    def choice(self) -> ResultChoice:
        """What is ticked now."""
        return ResultChoice(self.films.scope, frozenset(kind for kind, box in self.kinds.items() if box.isChecked()))

    def _refresh(self) -> None:
        self._save.setEnabled(any(box.isChecked() for box in self.kinds.values()))

    def _lay_out(self) -> None:
        self._save.setDefault(True)
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.films)
        layout.addWidget(group_box("Objects", *self.kinds.values()))
        layout.addWidget(text_label(_ABOUT, role="muted"))
        layout.addWidget(self._buttons)
        self.setMinimumHeight(layout.totalHeightForWidth(_WIDTH))  # a wrapped label does not ask for all its lines
        self.resize(_WIDTH, 0)

    def _on_accepted(self) -> None:
        choice = self.choice
        self.accept()
        self.save_requested.emit(choice)
