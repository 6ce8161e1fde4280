"""Hide parts of the film and see what becomes of the score."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from radassist.domain.whatif import EditStack, WhatIf
from radassist.gui.explain.verdict import Verdict
from radassist.gui.findings.labels import text_label
from radassist.gui.theme import Theme

_CAUTION = "A film with hidden parts is no film: the change counts, not the score."
_MINUS = "\N{MINUS SIGN}"


class HideView(QWidget):
    """A button to draw a box with, one to take the last box back and one to do it again, and the change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Hide parts of the film")
        self.draw = QPushButton("Hide a part")
        self.undo, self.redo = QPushButton("Undo"), QPushButton("Redo")
        self.draw.setCheckable(True)
        self.draw.setToolTip("Draw a box on the film; what surrounds it takes its place, and the film is scored again")
        self.undo.setToolTip("Show what was hidden last")
        self.redo.setToolTip("Hide again what was shown last")
        self.verdict, self.caution = Verdict(theme), text_label(_CAUTION, role="muted", scale=0.9)
        buttons = QHBoxLayout()
        buttons.addWidget(self.draw, stretch=1)
        buttons.addWidget(self.undo)
        buttons.addWidget(self.redo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(buttons)
        layout.addWidget(self.verdict)
        layout.addWidget(self.caution)
        self.show_stack(EditStack(), can_ask=False)

    def show_stack(self, stack: EditStack, *, can_ask: bool) -> None:
        """What can be done now; the answer to what was hidden before goes."""
        self.draw.setEnabled(can_ask)
        self.undo.setEnabled(can_ask and bool(stack.edits))
        self.redo.setEnabled(can_ask and bool(stack.undone))
        self.say("Scoring the film without it …" if stack.edits else "")

    def say(self, sentence: str) -> None:
        """Show `sentence`, and the caution beside it."""
        self.verdict.say(sentence)
        self.caution.setVisible(bool(sentence))


def change_in_words(found: WhatIf) -> str:
    """From what to what the score went."""
    before, after = found.before.positive_probability, found.after.positive_probability
    sign = "+" if found.change >= 0 else _MINUS
    return (
        f"Without {found.hidden_share:.1%} of the film the probability of {found.before.positive_label} goes from "
        f"{before:.3f} to {after:.3f} ({sign}{abs(found.change):.3f})."
    )
