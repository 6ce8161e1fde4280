"""What a model's network is made of: its layers, where its parameters and its work lie, and its first kernels."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from radassist.domain.network_facts import NetworkFacts
from radassist.gui.models.kernel_sheet import KernelSheet
from radassist.gui.models.layer_table import LayerTable
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import text_label

_FIELD = "Show on the &film"
_TALLEST = 190
_USUAL_WIDTH = 600
_CHOOSE = "Mark a layer to read what a value of its block depends on."


class NetworkPage(QWidget):
    """One network at a time, or a sentence in its place.

    Signals:
        field_wanted(str): What a value of this block depends on is to be drawn on the film, at the pointer.
    """

    field_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: NetworkFacts | None = None
        self._is_in_use = False
        self._block = ""
        self.title, self.field = text_label(bold=True), text_label(role="muted")
        self.table, self.kernels = LayerTable(theme), KernelSheet(theme)
        self._kernels_title = text_label("Kernels of the first layer: black −, grey 0, white +", role="muted")
        self.field_button = QPushButton(_FIELD)
        self.field_button.setToolTip("Draw it at the pointer, as the key O does, for the model that is in use")
        self._kernels_area = QScrollArea()
        self._lay_out()
        self.table.block_chosen.connect(self._on_block)
        self.field_button.clicked.connect(lambda: self.field_wanted.emit(self._block))
        self.say("")

    @property
    def facts(self) -> NetworkFacts | None:
        """What is shown; None for a sentence."""
        return self._facts

    def say(self, sentence: str) -> None:
        """Show `sentence` and no network."""
        self._show(None, sentence, is_in_use=False)

    def show_facts(self, facts: NetworkFacts, *, is_in_use: bool) -> None:
        """Show a network; only of the one in use can a field be drawn on the film."""
        self._show(facts, facts.totals.words, is_in_use=is_in_use)

    def _show(self, facts: NetworkFacts | None, title: str, *, is_in_use: bool) -> None:
        self._facts, self._is_in_use = facts, is_in_use
        self.title.setText(title)
        self.table.show_facts(facts)
        self.kernels.show_kernels(facts.kernels if facts else None)
        self._kernels_area.setFixedHeight(min(_TALLEST, self.kernels.heightForWidth(_USUAL_WIDTH) + 4))
        has_kernels = facts is not None and facts.kernels is not None
        for widget in (self.table, self.field, self.field_button):
            widget.setVisible(facts is not None)
        self._kernels_title.setVisible(has_kernels)
        self._kernels_area.setVisible(has_kernels)

    def _on_block(self, block: str) -> None:
        field = self._facts.fields.get(block) if self._facts else None
        self._block = block if field else ""
        self.field_button.setEnabled(field is not None and self._is_in_use)
        if field is None:
            self.field.setText(_CHOOSE)
        elif field.side is None:
            self.field.setText(f"A value of {block} depends on the whole film.")
        else:
            self.field.setText(f"A value of {block} depends on {field.side} × {field.side} input pixels.")

    def _lay_out(self) -> None:
        self._kernels_area.setWidget(self.kernels)
        self._kernels_area.setWidgetResizable(True)
        self._kernels_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._kernels_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        chosen = QHBoxLayout()
        chosen.addWidget(self.field, stretch=1)
        chosen.addWidget(self.field_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.table, stretch=1)
        layout.addLayout(chosen)
        layout.addWidget(self._kernels_title)
        layout.addWidget(self._kernels_area)
        layout.addStretch(0)
