"""The reader's own answer to the film on the screen: buttons, what stands, and a note. Keeps nothing itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from radassist.gui.reading.answers import Said
from radassist.gui.widgets.labels import set_role, text_label
from radassist.gui.widgets.show_only import show_only

_LONGEST_NOTE = 2000
_WORDS = {
    Said.AGREE: "Agree",
    Said.DISAGREE: "Disagree",
    Said.POSITIVE: "Suspected",
    Said.NEGATIVE: "Not suspected",
    Said.UNDETERMINED: "Unsure",
}
WITH_SCORE = (Said.AGREE, Said.DISAGREE, Said.UNDETERMINED)
WITHOUT_SCORE = (Said.POSITIVE, Said.NEGATIVE, Said.UNDETERMINED)


class ReaderPanel(QWidget):
    """Hidden while no film can be answered.

    Signals:
        said(object): A `Said`, as a button gives it.
        note_written(str): The reader ended writing; the whole note.
    """

    said = Signal(object)
    note_written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Your answer")
        self._stands = text_label(role="muted", scale=0.9)
        self._buttons = {said: self._make_button(said) for said in _WORDS}
        self.note = QLineEdit(placeholderText="Note", maxLength=_LONGEST_NOTE)
        self.note.setAccessibleName("Note beside your answer")
        self.note.returnPressed.connect(lambda: self.note_written.emit(self.note.text()))
        self._lay_out()
        self.hide()

    def offer(self, offered: tuple[Said, ...], stands: Said | None, words: str, note: str) -> None:
        """Show what can be said.

        Args:
            offered: The buttons to show.
            stands: The answer that was given; its button is marked if it is there.
            words: What was said and when, in one line.
            note: The note that was written.
        """
        show_only((self._buttons[said] for said in offered), self._buttons.values())
        for said, button in self._buttons.items():
            button.setChecked(said is stands)
        self._stands.setText(words)
        if not self.note.hasFocus() or not self.note.isModified():
            self.note.setText(note)
        self.show()

    def set_tips(self, tips: dict[Said, str]) -> None:
        """Say which key does the same as each button."""
        for said, tip in tips.items():
            self._buttons[said].setToolTip(tip)

    def button(self, said: Said) -> QToolButton:
        """The button for `said`."""
        return self._buttons[said]

    def _make_button(self, said: Said) -> QToolButton:
        button = QToolButton()
        button.setText(_WORDS[said])
        button.setCheckable(True)
        button.setAccessibleName(f"Your answer: {_WORDS[said].lower()}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(button, "choice")
        button.clicked.connect(lambda: self.said.emit(said))
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in self._buttons.values():
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 4, 14, 12)
        layout.setSpacing(6)
        layout.addWidget(text_label("Your answer", bold=True))
        layout.addLayout(buttons)
        layout.addWidget(self._stands)
        layout.addWidget(self.note)
