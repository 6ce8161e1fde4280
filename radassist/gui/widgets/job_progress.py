"""How far a long job is, in a small window of its own with a button to stop it; the main window stays usable."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QProgressDialog, QWidget

from radassist.gui.jobs import Job

_PATIENCE_MS = 700
_WIDTH = 380


class JobProgress(QProgressDialog):
    """Comes up where `job` takes longer than a moment, and goes with it."""

    def __init__(self, job: Job, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("radassist")
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self.setLabel(label)
        self.setLabelText(words)
        self.setAccessibleName(words)
        self.setBar(QProgressBar(textVisible=False))  # its number would stand half on the bar, half beside it
        self.setMinimumDuration(_PATIENCE_MS)
        self.setMinimumWidth(_WIDTH)
        self.setAutoReset(False)
        self.setAutoClose(False)
        self.setRange(0, 0)
        self.setValue(0)
        self.canceled.connect(job.cancel)
        job.finished.connect(self._end)

    def show_step(self, done: int, total: int, words: str = "") -> None:
        """`done` of `total` steps; a total of 0 where nobody knows. New `words` take the place of the old ones."""
        self.setRange(0, total)
        self.setValue(done)
        if words:
            self.setLabelText(words)

    def _end(self) -> None:
        self.canceled.disconnect()
        self.close()
        self.deleteLater()
