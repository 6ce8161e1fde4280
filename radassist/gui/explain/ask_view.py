"""A question that takes some seconds to answer: a button, how far it is, and the answer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from radassist.gui.explain.busy_row import BusyRow
from radassist.gui.explain.verdict import Verdict
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import text_label


class AskView(QWidget):
    """A button with the question; below it progress, then a sentence and what stands behind it.

    Signals:
        asked(): The button was pressed.
        cancel_requested(): The answer is not wanted any more.
        started_anew(): No answer is shown any more.
    """

    asked = Signal()
    cancel_requested = Signal()
    started_anew = Signal()

    def __init__(self, theme: Theme, question: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(question)
        self.button, self.busy = QPushButton(question), BusyRow(f"{question} How far it is")
        self.button.setToolTip(tip)
        self.verdict, self.numbers = Verdict(theme), text_label(role="muted", scale=0.9)
        self.button.clicked.connect(self.asked)
        self.busy.cancel.clicked.connect(self.cancel_requested)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        for widget in (self.button, self.busy, self.verdict, self.numbers):
            self.body.addWidget(widget)
        self.show_ready(can_ask=False)

    def show_ready(self, *, can_ask: bool) -> None:
        """No answer yet; the question can be asked, or there is nothing to ask about."""
        self.button.setEnabled(can_ask)
        self.busy.hide()
        self.say("")
        self.started_anew.emit()

    def show_progress(self, done: int, total: int) -> None:
        """The answer is under way; with the last step it is there and the question needs no asking."""
        self.button.setEnabled(False)
        self.busy.show_progress(done, total)

    def show_problem(self, sentence: str) -> None:
        """There is no answer: say why; it can be asked again."""
        self.show_ready(can_ask=True)
        self.say(sentence)

    def say(self, sentence: str, numbers: str = "", *, warns: bool = False) -> None:
        """The answer, and the numbers it rests on."""
        self.verdict.say(sentence, warns=warns)
        self.numbers.setText(numbers)
        self.numbers.setVisible(bool(numbers))
