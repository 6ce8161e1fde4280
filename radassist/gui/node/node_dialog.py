"""Asks whether and how films are received over the network."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from radassist.domain.node_choice import NodeChoice
from radassist.gui.widgets.form_rows import inset_number, level_names
from radassist.gui.widgets.labels import text_label

_HINT = (
    "Other DICOM systems can send films here while this window is open. Each is kept on this machine before it is "
    "accepted, put on the worklist and scored. Nobody else is listened to."
)
_NETWORK = (
    "Other machines can reach this address, and films travel over the network as they are: use it only where that is "
    "allowed. With certificates: radassist node."
)
_NOBODY = "Name at least one system that may send, by its AE title."


class NodeDialog(QDialog):
    """One form; what it says holds when it is accepted.

    Attributes:
        is_on, title, host, port, callers, send_to: The fields.

    Signals:
        chosen(object): The new NodeChoice.
    """

    chosen = Signal(object)

    def __init__(self, choice: NodeChoice, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Receive films")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.is_on = QCheckBox("&Receive films over the network (DICOM)")
        self.is_on.setChecked(choice.is_on)
        self.callers = _line("AE titles that may send", ", ".join(choice.callers), "for instance CR_ROOM_1, ARCHIVE")
        self.title = _line("Own AE title", choice.title, "")
        self.host = _line("Address", choice.host, "")
        self.port = QSpinBox(minimum=1, maximum=65535, value=choice.port)
        self.port.setAccessibleName("Port")
        inset_number(self.port)
        self.send_to = _line("Results go to", choice.send_to, "TITLE@HOST:PORT; nowhere when empty")
        self._warning = text_label(role="warning")
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.is_on.toggled.connect(self._refresh)
        for each in (self.callers, self.host):
            each.textChanged.connect(self._refresh)
        self._refresh()
        self.resize(560, 0)

    @property
    def choice(self) -> NodeChoice:
        """What the fields say."""
        callers = tuple(filter(None, (each.strip() for each in self.callers.text().split(","))))
        return NodeChoice(
            self.is_on.isChecked(),
            self.title.text().strip(),
            self.host.text().strip(),
            self.port.value(),
            callers,
            self.send_to.text().strip(),
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("From", self.callers)
        form.addRow("Own AE title", self.title)
        form.addRow("Address", self.host)
        form.addRow("Port", self.port)
        form.addRow("Results go to", self.send_to)
        level_names(form)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(text_label(_HINT, role="muted"))
        layout.addWidget(self.is_on)
        layout.addLayout(form)
        layout.addWidget(self._warning)
        layout.addWidget(self.buttons)

    def _refresh(self) -> None:
        choice = self.choice
        lacks_callers = choice.is_on and not choice.callers
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not lacks_callers)
        self._warning.setText(_NOBODY if lacks_callers else "" if choice.is_local or not choice.is_on else _NETWORK)

    def _on_accepted(self) -> None:
        self.chosen.emit(self.choice)
        self.accept()


def _line(name: str, text: str, hint: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made
