"""A strip above the film that offers one act: it waits to be answered and blocks nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class OfferBar(QFrame):
    """Hidden until there is something to offer.

    Signals:
        accepted(): Do it.
        declined(): Do not, and do not ask again.
    """

    accepted = Signal()
    declined = Signal()

    def __init__(self, accept: str, decline: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self._label, stretch=1)
        for text, signal in ((accept, self.accepted), (decline, self.declined)):
            button = QPushButton(text)
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _checked=False, answered=signal: answered.emit())
            layout.addWidget(button)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is offered now, empty when hidden."""
        return "" if self.isHidden() else self._label.text()

    def offer(self, sentence: str) -> None:
        """Show `sentence` as plain text, with its two buttons."""
        self._label.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
