"""Where the evidence for a label lies on the film, by a method and a block to choose."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QVBoxLayout, QWidget

from radassist.domain.analysis import BlockSpec
from radassist.domain.explanation import SaliencyMap, SaliencyMethod, SaliencyWish
from radassist.gui.blocks.color_bar import ColorBar
from radassist.gui.explain.busy_row import BusyRow
from radassist.gui.explain.saliency_drawing import EVIDENCE_COLORS, evidence_over_film, evidence_words
from radassist.gui.theme import Theme
from radassist.gui.widgets.eliding_box import ElidingBox
from radassist.gui.widgets.form_rows import level_names
from radassist.gui.widgets.labels import rule, text_label

NO_SCORE = "Where the evidence lies is shown when the film's score is."
_CAUTION = "A map shows what the network used, not where disease is."


class WhyPanel(QWidget):
    """Method, label and block on top, then what the map says in words, its colours, and how far it is.

    Signals:
        wish_changed(object): The SaliencyWish a person chose.
        cancel_requested(): The map under way is not wanted any more.
        overlay_changed(object): The Overlay to lie over the film from now on, or None.
    """

    wish_changed = Signal(object)
    cancel_requested = Signal()
    overlay_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("why_panel")
        self.setAccessibleName("Why: where the evidence lies")
        self.method, self.target, self.block = _box("Method"), _box("Evidence for"), _box("Block")
        self.words, self.caution = text_label(), text_label(_CAUTION, role="muted", scale=0.9)
        self.color_bar, self.busy = ColorBar(theme), BusyRow("How far the map is")
        self._parts = QVBoxLayout()
        self._rules: dict[QObject, QFrame] = {}
        self._parts.setSpacing(8)
        self._lay_out()
        for box in (self.method, self.target, self.block):
            box.activated.connect(lambda _: self._on_chosen())
        self.busy.cancel.clicked.connect(self.cancel_requested)
        self.show_nothing(NO_SCORE)

    @property
    def wish(self) -> SaliencyWish | None:
        """What is chosen now; None before there is anything to choose from."""
        method = self._method()
        if method is None or self.target.currentData() is None:
            return None
        block = self.block.currentData() if method.takes_block else ""
        return SaliencyWish(method, self.target.currentData(), block or "")

    def set_choices(
        self, methods: Sequence[SaliencyMethod], blocks: Sequence[BlockSpec], labels: Sequence[str], wish: SaliencyWish
    ) -> None:
        """What this model can be asked; `wish` is marked as far as it can be had, else the deepest block. No signal."""
        with QSignalBlocker(self):
            _fill(self.method, [(method.words, method) for method in methods], wish.method)
            _fill(self.target, [(label, label) for label in labels], wish.target)
            names = [block.name for block in blocks]
            _fill(self.block, [(block.title or block.name, block.name) for block in blocks], wish.block)
            if wish.block not in names:
                self.block.setCurrentIndex(len(names) - 1)
        self._show_block_choice()

    def show_nothing(self, sentence: str) -> None:
        """No map: say why."""
        self.busy.hide()
        self.color_bar.hide()
        self.words.setText(sentence)
        self.overlay_changed.emit(None)

    def show_waiting(self, sentence: str) -> None:
        """No map yet: say what is being waited for."""
        self.show_nothing(sentence)
        self.busy.show_waiting()

    def show_progress(self, done: int, total: int) -> None:
        """A map is under way; a coarse one may lie over the film already."""
        self.busy.show_progress(done, total)

    def show_map(self, saliency: SaliencyMap) -> None:
        """Lay `saliency` over the film; one without evidence is said so and colours nothing."""
        overlay = evidence_over_film(saliency)
        if overlay is None:
            self.show_nothing(evidence_words(saliency))
            return
        self.words.setText(f"{evidence_words(saliency)}, raw values.")
        self.color_bar.set_range(0.0, float(saliency.evidence.max()), EVIDENCE_COLORS)
        self.color_bar.show()
        self.overlay_changed.emit(overlay)

    def add_part(self, part: QWidget) -> None:
        """Below the map and the parts added before, after a thin line that comes and goes with it."""
        self._rules[part] = line = rule()
        self._parts.addWidget(line)
        self._parts.addWidget(part)
        line.setVisible(not part.isHidden())
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and watched in self._rules:
            self._rules[watched].setVisible(event.type() == QEvent.Type.ShowToParent)
        return False

    def _on_chosen(self) -> None:
        self._show_block_choice()
        if self.wish:
            self.wish_changed.emit(self.wish)

    def _show_block_choice(self) -> None:
        method = self._method()
        self.block.setEnabled(method is not None and method.takes_block)

    def _method(self) -> SaliencyMethod | None:
        """Qt hands back the plain text of an enum that is text."""
        name = self.method.currentData()
        return SaliencyMethod(name) if name else None

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, box in (("Method", self.method), ("Evidence for", self.target), ("Block", self.block)):
            form.addRow(text_label(name, role="muted", scale=0.9), box)
        level_names(form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 14)
        layout.setSpacing(8)
        layout.addLayout(form)
        for widget in (self.busy, self.words, self.color_bar, self.caution):
            layout.addWidget(widget)
        layout.addLayout(self._parts)
        layout.addStretch(1)


def _box(name: str) -> QComboBox:
    box = ElidingBox()
    box.setAccessibleName(name)
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _fill(box: QComboBox, entries: Sequence[tuple[str, object]], chosen: object) -> None:
    box.clear()
    for words, value in entries:
        box.addItem(words, value)
    values = [value for _, value in entries]
    box.setCurrentIndex(values.index(chosen) if chosen in values else 0)
