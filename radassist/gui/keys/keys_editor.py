"""The dialog in which every key can be changed. Keeps nothing itself: it asks a `KeyTable` and tells of changes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from radassist.gui.keys.key_table import KeyTable, plain_name
from radassist.gui.widgets.labels import text_label

_TITLES = ("Menu", "Act", "Key")


class KeysEditor(QDialog):
    """Choose an act, press its new key; a key that does something else is refused with its name.

    Signals:
        changed(): The table's keys are others now.
    """

    changed = Signal()

    def __init__(self, keys: KeyTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keys, self._acts = keys, list(keys.specs)
        self.search = QLineEdit(placeholderText="Find an act or a key", clearButtonEnabled=True)
        self.search.setAccessibleName("Find an act or a key")
        self.table = self._make_table()
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName("New key of the act")
        self.sentence = text_label(role="warning")
        self.none_button, self.reset_button = QPushButton("No key"), QPushButton("Reset")
        self.reset_all_button = QPushButton("Reset all")
        for button in (self.none_button, self.reset_button, self.reset_all_button):
            button.setAutoDefault(False)  # Enter may be the key that is wanted
        self._lay_out()
        self._connect()
        self._show()
        self.table.setCurrentCell(0, 0)
        self.resize(620, 640)

    @property
    def act(self) -> str:
        """Id of the chosen act."""
        return self._acts[max(0, self.table.currentRow())]

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(self._acts), len(_TITLES))
        table.setAccessibleName("Acts and their keys")
        table.setHorizontalHeaderLabels(_TITLES)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setHighlightSections(False)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        return table

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.field, stretch=1)
        line.addWidget(self.none_button)
        line.addWidget(self.reset_button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.reset_all_button, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.search)
        layout.addWidget(self.table, stretch=1)
        layout.addWidget(text_label("Choose an act, click the field, and press its new key.", role="muted"))
        layout.addLayout(line)
        layout.addWidget(self.sentence)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.table.currentCellChanged.connect(lambda *_: self._show_key())
        self.field.keySequenceChanged.connect(self._on_pressed)
        self.none_button.clicked.connect(lambda: self._choose(()))
        self.reset_button.clicked.connect(self._reset)
        self.reset_all_button.clicked.connect(self._reset_all)

    def _on_pressed(self, pressed: QKeySequence) -> None:
        if not pressed.isEmpty():
            self._choose((pressed.toString(QKeySequence.SequenceFormat.PortableText),))

    def _choose(self, keys: tuple[str, ...]) -> None:
        refused = next(filter(None, (self._keys.clash(self.act, key) for key in keys)), "")
        if not refused:
            self._keys.choose(self.act, keys)
        self._tell(refused)

    def _reset(self) -> None:
        self._tell(self._keys.reset(self.act))

    def _reset_all(self) -> None:
        self._keys.reset_all()
        self._tell("")

    def _tell(self, refused: str) -> None:
        self._show()
        self.sentence.setText(refused)
        if not refused:
            self.changed.emit()

    def _show(self) -> None:
        for row, act in enumerate(self._acts):
            spec, keys = self._keys.specs[act], self._keys.keys_of(act)
            shown = " or ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
            for column, text in enumerate((spec.menu.value.replace("&", ""), plain_name(spec), shown)):
                self.table.setItem(row, column, _cell(text, bold=column == 2 and act in self._keys.chosen))
        self._show_key()

    def _show_key(self) -> None:
        keys = self._keys.keys_of(self.act)
        self.sentence.setText("")
        self.field.blockSignals(True)
        self.field.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
        self.field.blockSignals(False)

    def _filter(self, text: str) -> None:
        for row in range(self.table.rowCount()):
            cells = [self.table.model().index(row, column).data() for column in range(len(_TITLES))]
            self.table.setRowHidden(row, text.casefold() not in " ".join(cells).casefold())


def _cell(text: str, *, bold: bool) -> QTableWidgetItem:
    cell = QTableWidgetItem(text)
    font = cell.font()
    font.setBold(bold)
    cell.setFont(font)
    return cell
