"""A sentence that is a warning or is not, told by a sign and by colour."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import set_role, text_label
from radassist.gui.widgets.sign import Sign

_SIGN = 16


class Verdict(QWidget):
    """A sign and a sentence; hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign, self.sentence = Sign(theme, _SIGN), text_label()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.sign, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.sentence, stretch=1)
        self.say("")

    def say(self, sentence: str, *, warns: bool = False) -> None:
        """Show `sentence`, as a warning if it is one; nothing at all where it is empty."""
        if warns:
            self.sign.show_drawing("warning", lambda theme: theme.warning)
        else:
            self.sign.show_drawing("info", lambda theme: theme.muted)
        self.sign.setAccessibleName("Warning" if warns else "Note")
        set_role(self.sentence, "warning" if warns else "")
        self.sentence.setText(sentence)
        self.setVisible(bool(sentence))
