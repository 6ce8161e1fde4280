"""Above one of two views of the same film: which model and which of its blocks it shows, and what the map is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from radassist.gui.blocks.knobs import WheelGuard, combo_box
from radassist.gui.explain.busy_row import BusyRow
from radassist.gui.widgets.labels import scaled_font, set_role
from radassist.gui.widgets.plain_text import as_markup, one_line

_LONG_MS = 400


@dataclass(frozen=True, slots=True)
class SideChoices:
    """What can be chosen on one side, and what is.

    Attributes:
        models: Ids.
        model: One of `models`.
        blocks: Names, shallow first; none while the model has not answered.
        block: One of `blocks`, or empty.
    """

    models: tuple[str, ...] = ()
    model: str = ""
    blocks: tuple[str, ...] = ()
    block: str = ""


class SideBar(QWidget):
    """Two lists to choose from, below them one line about the map; what takes long has its bar in their place.

    Both sides stay equally high, so that films beside each other do too.

    Signals:
        model_chosen(str): Another model is to answer on this side.
        block_chosen(str): Another block's map is to lie over the film on this side.
    """

    model_chosen = Signal(str)
    block_chosen = Signal(str)

    def __init__(self, side: str, parent: QWidget | None = None) -> None:
        """A hidden bar; `side` is `Left` or `Right`, for screen readers."""
        super().__init__(parent)
        self.model = combo_box(f"{side}: model", "The model that answers on this side")
        self.block = combo_box(f"{side}: block", "The block whose map lies over the film on this side")
        self.busy = BusyRow(f"{side}: how far the answer is")
        self.block.setPlaceholderText("No block")
        self._boxes = QWidget()
        self._far = (0, 0)
        self._is_long = QTimer(self, singleShot=True, interval=_LONG_MS)
        self._is_long.timeout.connect(self._show_far)
        self._words = ""
        self._line = QLabel()
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setFont(scaled_font(self._line.font(), 0.85))
        set_role(self._line, "muted")
        self._guard = WheelGuard(self)
        for box in (self.model, self.block):
            box.installEventFilter(self._guard)
        self.model.activated.connect(lambda _: self.model_chosen.emit(self.model.currentData()))
        self.block.activated.connect(lambda _: self.block_chosen.emit(self.block.currentData()))
        self._lay_out()
        self.hide()

    @property
    def words(self) -> str:
        """What is said of the map."""
        return self._words

    def show_choices(self, choices: SideChoices) -> None:
        """Offer `choices`; sends no signal."""
        with QSignalBlocker(self):
            _fill(self.model, choices.models, choices.model)
            _fill(self.block, choices.blocks, choices.block)

    def say(self, words: str) -> None:
        """One line about the map; its tool tip has what does not fit."""
        self._words = words
        self._line.setToolTip(as_markup(words) if words else "")
        self._line.setAccessibleName(words)
        self._show_line()

    def show_progress(self, done: int, total: int) -> None:
        """`done` of `total` steps; seen only where it takes long."""
        self._far = (done, total)
        if done >= total:
            self._is_long.stop()
            self._show_far()
        elif self.busy.isVisible():
            self._show_far()
        elif not self._is_long.isActive():
            self._is_long.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's
        self._show_line()

    def _show_far(self) -> None:
        self.busy.show_progress(*self._far)
        self._boxes.setVisible(self.busy.isHidden())

    def _show_line(self) -> None:
        room = max(self.width() - 20, 40)
        self._line.setText(self._line.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, room))

    def _lay_out(self) -> None:
        boxes = QHBoxLayout(self._boxes)
        boxes.setContentsMargins(0, 0, 0, 0)
        boxes.setSpacing(6)
        boxes.addWidget(self.model, stretch=3)
        boxes.addWidget(self.block, stretch=2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(3)
        layout.addWidget(self._boxes)
        layout.addWidget(self.busy)
        layout.addWidget(self._line)
        self._line.setMinimumWidth(1)


def _fill(box: QComboBox, entries: Sequence[str], chosen: str) -> None:
    if [box.itemData(index) for index in range(box.count())] != list(entries):
        box.clear()
        for entry in entries:
            box.addItem(one_line(entry), entry)
    box.setCurrentIndex(entries.index(chosen) if chosen in entries else -1)
    box.setEnabled(len(entries) > 1)
