"""Lets a person read every model's card and choose the one that answers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from radassist.domain.model_sheet import ModelSheet
from radassist.domain.network_facts import NetworkFacts
from radassist.gui.models.model_page import ModelPage
from radassist.gui.models.network_page import NetworkPage
from radassist.gui.theme import Theme

DEVICES = (("auto", "Best there is"), ("cpu", "CPU"), ("cuda", "NVIDIA GPU (CUDA)"), ("mps", "Apple GPU (MPS)"))

_READING = "Looking through the network …"


class ModelsDialog(QDialog):
    """Models on the left; on the right the card of the one that is marked, and its network.

    Signals:
        chosen(str, str): Id and device of the model that shall answer from now on.
        network_wanted(str): The network of the model of this id is looked at, and not known yet.
        field_wanted(str): What a value of this block depends on is to be drawn on the film.
    """

    chosen = Signal(str, str)
    network_wanted = Signal(str)
    field_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Models and their cards")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sheets: tuple[ModelSheet, ...] = ()
        self._in_use = ""
        self._networks: dict[str, NetworkFacts | str] = {}
        self.list, self.page = QListWidget(), ModelPage(theme)
        self.network, self.tabs = NetworkPage(theme), QTabWidget()
        self.tabs.addTab(self.page, "Card")
        self.tabs.addTab(self.network, "Network")
        self.list.setAccessibleName("Models")
        self.device = QComboBox()
        self.device.setAccessibleName("Device")
        for name, words in DEVICES:
            self.device.addItem(words, name)
        self.use_button = QPushButton("&Use this model")
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self._lay_out()
        self.list.currentRowChanged.connect(self._on_marked)
        self.use_button.clicked.connect(self._on_use)
        self.tabs.currentChanged.connect(lambda _: self._show_network())
        self.network.field_wanted.connect(self._on_field)
        self.resize(1120, 700)

    def show_sheets(self, sheets: Sequence[ModelSheet], *, in_use: str, device: str, hindrance: str = "") -> None:
        """List `sheets` and mark the one in use.

        Args:
            sheets: In the order of the list.
            in_use: Id of the model that answers now; empty when there is none.
            device: That is asked for now; one of `DEVICES`, else the best there is.
            hindrance: Why no other model can be chosen now, one sentence; empty when one can.
        """
        self._sheets, self._in_use = tuple(sheets), in_use
        self.device.setCurrentIndex(max(0, self.device.findData(device)))
        self.list.clear()
        self.list.addItems([_line(sheet, in_use) for sheet in sheets])
        ids = [sheet.id for sheet in sheets]
        self.hint.setText(hindrance or "Every film on the worklist is scored anew; earlier results are kept.")
        self.use_button.setEnabled(not hindrance and bool(sheets))
        self.list.setCurrentRow(ids.index(in_use) if in_use in ids else 0)

    def take_network(self, model: str, found: NetworkFacts | str) -> None:
        """The network of the model of that id, or one sentence on why it cannot be looked at."""
        self._networks[model] = found
        self._show_network()

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(self.tabs)
        split.setStretchFactor(1, 1)
        split.setSizes([230, 860])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, stretch=1)
        foot.addWidget(QLabel("Device"))
        foot.addWidget(self.device)
        foot.addWidget(self.use_button)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(split, stretch=1)
        layout.addLayout(foot)

    def _on_marked(self, row: int) -> None:
        if 0 <= row < len(self._sheets):
            sheet = self._sheets[row]
            self.page.show_sheet(sheet, is_in_use=sheet.id == self._in_use)
            self._show_network()

    def _show_network(self) -> None:
        """Of the marked model, asked for when it is looked at first."""
        row = self.list.currentRow()
        if self.tabs.currentWidget() is not self.network or not 0 <= row < len(self._sheets):
            return
        model = self._sheets[row].id
        found = self._networks.get(model)
        if isinstance(found, NetworkFacts):
            self.network.show_facts(found, is_in_use=model == self._in_use)
        else:
            self.network.say(found or _READING)
        if found is None:
            self._networks[model] = _READING
            self.network_wanted.emit(model)

    def _on_field(self, block: str) -> None:
        self.field_wanted.emit(block)
        self.accept()

    def _on_use(self) -> None:
        self.chosen.emit(self._sheets[self.list.currentRow()].id, self.device.currentData())
        self.accept()


def _line(sheet: ModelSheet, in_use: str) -> str:
    marks = [word for word, holds in (("in use", sheet.id == in_use), ("default", sheet.is_default)) if holds]
    return f"{sheet.id}  ({', '.join(marks)})" if marks else sheet.id
