"""Hide parts of the film and see what becomes of the score."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSlider, QToolButton, QVBoxLayout, QWidget

from radassist.domain.whatif import Hiding, WhatIf
from radassist.gui.explain.hide_hand import LARGEST, SMALLEST
from radassist.gui.explain.hide_shape import HideShape
from radassist.gui.explain.verdict import Verdict
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import set_role, text_label

_CAUTION = "A film with hidden parts is no film: the change counts, not the score."
_MINUS = "\N{MINUS SIGN}"
_PER_SHARE = 1000
_SHAPES = {
    HideShape.BOX: ("Box", "Drag from corner to corner of what is to be hidden"),
    HideShape.LASSO: ("Lasso", "Drag around what is to be hidden"),
    HideShape.BRUSH: ("Brush", "Drag over what is to be hidden"),
}
_HIDINGS = {Hiding.AROUND: "Filled from around", Hiding.BLUR: "Blurred", Hiding.GREY: "Greyed"}


class HideView(QWidget):
    """Shapes to draw with, what stands in the place of what is hidden, a way to show all again, and the change.

    Attributes:
        shapes: The buttons, by what they draw.

    Signals:
        shape_chosen(object): The HideShape that a button takes or puts down.
        hiding_chosen(object): The Hiding a person wants.
        size_chosen(float): Radius of the brush, of the film's longer side.
    """

    shape_chosen = Signal(object)
    hiding_chosen = Signal(object)
    size_chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Hide parts of the film")
        self.shapes = {shape: _button(*words) for shape, words in _SHAPES.items()}
        self.hiding, self.size_slider, self.show_all = QComboBox(), QSlider(Qt.Orientation.Horizontal), QPushButton()
        self.verdict, self.caution = Verdict(theme), text_label(_CAUTION, role="muted", scale=0.9)
        self._size_label = text_label("Size of the brush", role="muted", scale=0.9)
        self._set_up()
        self._lay_out()
        self.show_state(can_ask=False, hides=False)

    def show_state(self, *, can_ask: bool, hides: bool) -> None:
        """What can be done now; the answer to what was hidden before goes."""
        for button in (*self.shapes.values(), self.hiding):
            button.setEnabled(can_ask)
        self.show_all.setEnabled(can_ask and hides)
        self.say("Scoring the film without it …" if can_ask and hides else "")

    def show_hand(self, shape: HideShape | None, share: float) -> None:
        """What is in the hand, and how large the brush is."""
        for known, button in self.shapes.items():
            button.setChecked(known is shape)
        for widget in (self._size_label, self.size_slider):
            widget.setVisible(shape is HideShape.BRUSH)
        self.size_slider.blockSignals(True)
        self.size_slider.setValue(round(share * _PER_SHARE))
        self.size_slider.blockSignals(False)

    def say(self, sentence: str) -> None:
        """Show `sentence`, and the caution beside it."""
        self.verdict.say(sentence)
        self.caution.setVisible(bool(sentence))

    def _set_up(self) -> None:
        for shape, button in self.shapes.items():
            button.clicked.connect(lambda _, chosen=shape: self.shape_chosen.emit(chosen))
        for hiding, words in _HIDINGS.items():
            self.hiding.addItem(words, hiding)
        self.hiding.setAccessibleName("What takes the place of what is hidden")
        self.hiding.activated.connect(lambda _: self.hiding_chosen.emit(Hiding(self.hiding.currentData())))
        self.size_slider.setRange(round(SMALLEST * _PER_SHARE), round(LARGEST * _PER_SHARE))
        self.size_slider.setAccessibleName("Size of the brush")
        self.size_slider.valueChanged.connect(lambda value: self.size_chosen.emit(value / _PER_SHARE))
        self.show_all.setText("Show all")
        self.show_all.setToolTip("Hide nothing of the film any more")

    def _lay_out(self) -> None:
        shapes, below = QHBoxLayout(), QHBoxLayout()
        for button in self.shapes.values():
            shapes.addWidget(button, stretch=1)
        below.addWidget(self.hiding, stretch=1)
        below.addWidget(self.show_all)
        for control in (*self.shapes.values(), self.hiding, self.show_all, self.size_slider):
            control.setProperty("touched", True)  # the style sheet makes it large enough for a finger
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(text_label("What if a part were hidden?", bold=True))
        layout.addLayout(shapes)
        layout.addWidget(self._size_label)
        layout.addWidget(self.size_slider)
        layout.addLayout(below)
        layout.addWidget(self.verdict)
        layout.addWidget(self.caution)


def change_in_words(found: WhatIf) -> str:
    """From what to what the score went; the change is that of the numbers as they are told."""
    before, after = (round(each.positive_probability, 3) for each in (found.before, found.after))
    sign = "+" if found.change >= 0 else _MINUS
    return (
        f"Without {100 * found.hidden_share:.1f}\N{NO-BREAK SPACE}% of the film the probability of "
        f"{found.before.positive_label} goes from {before:.3f} to {after:.3f} ({sign}{abs(after - before):.3f})."
    )


def _button(words: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolTip(tip)
    button.setCheckable(True)
    button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
    set_role(button, "choice")
    return button
