"""Asks what a picture of the film shows, and shows it before it is saved."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from radassist.gui.pictures.film_picture import PictureChoice, PictureSize
from radassist.gui.widgets.labels import text_label

_PREVIEW = QSize(300, 300)
_WIDTH = 660
_BURNED_IN = "Writing that is part of the film itself stays in the picture. This film says that it has some."
_ALWAYS = "Marks of turned, flipped or inverted films and the line on research use are always in the picture."


class PictureDialog(QDialog):
    """The choice, its preview, and what to do with it.

    Signals:
        save_requested(object): The PictureChoice to save.
        copy_requested(object): The PictureChoice to copy.
    """

    save_requested = Signal(object)
    copy_requested = Signal(object)

    def __init__(
        self, choice: PictureChoice, make: Callable[[PictureChoice], QImage], parent: QWidget, *, is_burned_in: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Save picture")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make = make
        self.film_size, self.view_size = (
            QRadioButton("The whole film, pixel for pixel"),
            QRadioButton("What the view shows"),
        )
        self.overlay, self.marks = QCheckBox("Block map over the film"), QCheckBox("Measurements and marks")
        self.patient = QCheckBox("Patient and study in the corners")
        self._preview, self._words = QLabel(), text_label(role="muted")
        self._show_choice(choice)
        self._lay_out(is_burned_in=is_burned_in)
        for box in (self.film_size, self.overlay, self.marks, self.patient):
            box.toggled.connect(self._refresh)
        self._refresh()

    @property
    def choice(self) -> PictureChoice:
        """What is ticked now."""
        return PictureChoice(
            PictureSize.FILM if self.film_size.isChecked() else PictureSize.VIEW,
            self.overlay.isChecked(),
            self.marks.isChecked(),
            self.patient.isChecked(),
        )

    def _show_choice(self, choice: PictureChoice) -> None:
        (self.film_size if choice.size is PictureSize.FILM else self.view_size).setChecked(True)
        self.overlay.setChecked(choice.overlay)
        self.marks.setChecked(choice.marks)
        self.patient.setChecked(choice.patient)

    def _refresh(self) -> None:
        image = self._make(self.choice)
        ratio = self.devicePixelRatioF()
        shown = image.scaled(
            _PREVIEW * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        self._preview.setPixmap(QPixmap.fromImage(shown))
        self._words.setText(f"{image.width()} × {image.height()} pixels")

    def _lay_out(self, *, is_burned_in: bool) -> None:
        self._preview.setFixedSize(_PREVIEW)
        self._preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._preview.setAccessibleName("Preview of the picture")
        choices = QVBoxLayout()
        for widget in (self.film_size, self.view_size, self._words, self.overlay, self.marks, self.patient):
            choices.addWidget(widget)
        choices.addStretch(1)
        choices.addWidget(text_label(_ALWAYS, role="muted"))
        if is_burned_in:
            choices.addWidget(text_label(_BURNED_IN, role="warning"))
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self._preview)
        row.addLayout(choices, stretch=1)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addLayout(row)
        layout.addWidget(self._buttons())
        self.setMinimumHeight(layout.totalHeightForWidth(_WIDTH))  # wrapped labels do not ask for all their lines
        self.resize(_WIDTH, 0)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = buttons.addButton("&Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        copy = buttons.addButton("&Copy", QDialogButtonBox.ButtonRole.ActionRole)
        save.setDefault(True)
        buttons.accepted.connect(self._on_save)
        copy.clicked.connect(self._on_copy)
        buttons.rejected.connect(self.reject)
        return buttons

    def _on_save(self) -> None:
        self.accept()
        self.save_requested.emit(self.choice)

    def _on_copy(self) -> None:
        self.accept()
        self.copy_requested.emit(self.choice)
