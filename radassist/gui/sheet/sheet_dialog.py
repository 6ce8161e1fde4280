"""Asks what kind of case sheet is wanted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from radassist.gui.widgets.labels import text_label

_WIDTH = 440
_CONTENT = (
    "One page: the film as it is shown with its marks, the answer of the model, the maps of its blocks, measurements, "
    "and what the model is. The line on research use is always on it."
)


class SheetDialog(QDialog):
    """The choice.

    Signals:
        accepted_as(bool, bool): Whether a PDF is wanted (else HTML), and whether the sheet says whose film it is.
    """

    accepted_as = Signal(bool, bool)

    def __init__(self, parent: QWidget, *, is_pdf: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle("Case sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pdf, self.html = QRadioButton("PDF, A4"), QRadioButton("HTML, all in one file")
        self.patient = QCheckBox("Patient and study")
        (self.pdf if is_pdf else self.html).setChecked(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton("&Save…", QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        for widget in (text_label(_CONTENT, role="muted"), self.pdf, self.html, self.patient, buttons):
            layout.addWidget(widget)
        self.setMinimumHeight(layout.totalHeightForWidth(_WIDTH))  # a wrapped label does not ask for all its lines
        self.resize(_WIDTH, 0)

    def _on_accepted(self) -> None:
        self.accept()
        self.accepted_as.emit(self.pdf.isChecked(), self.patient.isChecked())
