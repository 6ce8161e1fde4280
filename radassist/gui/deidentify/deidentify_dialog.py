"""Asks what de-identified copies keep, says what they are, and warns of writing in the pictures."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Self

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from radassist.domain.deidentification import PROFILE, DeidentifyOptions
from radassist.gui.widgets.labels import text_label
from radassist.gui.widgets.scope_box import Scope, ScopeBox, group_box

_WIDTH = 600
_WARNING = (
    "Writing that is part of a picture is neither found nor removed. Films that do not say they have none are left out "
    "unless you have looked at them: most do not say, and PNG and JPEG never can."
)


@dataclass(frozen=True, slots=True)
class CopyChoice:
    """What was chosen; that somebody has looked at the films is never remembered."""

    scope: Scope = Scope.FILM
    options: DeidentifyOptions = DeidentifyOptions()

    def to_text(self) -> str:
        """One line for a settings file."""
        kept = replace(self.options, takes_burned_in=False)
        return json.dumps({"scope": self.scope.value, "options": asdict(kept)})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The choice that `to_text` wrote; the default one where the text is damaged."""
        try:
            values = json.loads(text)
            options = DeidentifyOptions(**{name: value is True for name, value in values["options"].items()})
            return cls(Scope(values["scope"]), replace(options, takes_burned_in=False))
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls()


class DeidentifyDialog(QDialog):
    """The choice.

    Signals:
        save_requested(object): The CopyChoice to save.
    """

    save_requested = Signal(object)

    def __init__(self, choice: CopyChoice, films: Mapping[Scope, int], parent: QWidget) -> None:
        """`films`: how many there are in each scope."""
        super().__init__(parent)
        self.setWindowTitle("De-identified copies")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.films = ScopeBox(films, choice.scope, listed="Every film the &list shows")
        self.age = QCheckBox("Keep &age (at most 90) and sex (113108)")
        self.dates = QCheckBox("Keep &days, moved alike for all films of a patient (113107)")
        self.results = QCheckBox("Write &results, too: a report on each scored DICOM film, and a table")
        self.looked = QCheckBox("I have &looked at these films: none shows a name")
        self._lay_out()
        self.age.setChecked(choice.options.keeps_age_and_sex)
        self.dates.setChecked(choice.options.shifts_dates)
        self.results.setChecked(choice.options.with_results)

    @property
    def choice(self) -> CopyChoice:
        """What is ticked now."""
        options = DeidentifyOptions(
            keeps_age_and_sex=self.age.isChecked(),
            shifts_dates=self.dates.isChecked(),
            takes_burned_in=self.looked.isChecked(),
            with_results=self.results.isChecked(),
        )
        return CopyChoice(self.films.scope, options)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton("&Save…", QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.films)
        layout.addWidget(group_box("Copies", text_label(PROFILE, role="muted"), self.age, self.dates, self.results))
        layout.addWidget(group_box("Writing in the pictures", text_label(_WARNING, role="warning"), self.looked))
        layout.addWidget(buttons)
        self.setMinimumHeight(layout.totalHeightForWidth(_WIDTH))  # a wrapped label does not ask for all its lines
        self.resize(_WIDTH, 0)

    def _on_accepted(self) -> None:
        choice = self.choice
        self.accept()
        self.save_requested.emit(choice)
