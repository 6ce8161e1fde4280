"""A sentence that is a warning or is not, told by a sign and by colour."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from radassist.gui.findings.labels import set_role, text_label
from radassist.gui.theme import Theme, tinted_icon

_SIGN = QSize(16, 16)


class Verdict(QWidget):
    """A sign and a sentence; hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sign, self.sentence = QLabel(), text_label()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.sign, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.sentence, stretch=1)
        self.say("")

    def say(self, sentence: str, *, warns: bool = False) -> None:
        """Show `sentence`, as a warning if it is one; nothing at all where it is empty."""
        color = self._theme.warning if warns else self._theme.muted
        drawing = tinted_icon("warning" if warns else "info", color)
        self.sign.setPixmap(drawing.pixmap(_SIGN, self.devicePixelRatioF()))
        self.sign.setAccessibleName("Warning" if warns else "Note")
        set_role(self.sentence, "warning" if warns else "")
        self.sentence.setText(sentence)
        self.setVisible(bool(sentence))
