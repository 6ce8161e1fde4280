"""How far something is, and a button to give it up."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

_BAR_HEIGHT = 8


class BusyRow(QWidget):
    """A bar and *Cancel* beside it; hidden while nothing is under way."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """A hidden row; `name` is the bar's for screen readers."""
        super().__init__(parent)
        self.progress, self.cancel = QProgressBar(), QPushButton("Cancel")
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(_BAR_HEIGHT)
        self.progress.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.progress, stretch=1)
        layout.addWidget(self.cancel)
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """`done` of `total` steps; the row goes with the last one."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.cancel.show()
        self.setVisible(done < total)

    def show_waiting(self) -> None:
        """It cannot be told how far it is, and it cannot be given up either; until the row is hidden."""
        self.progress.setRange(0, 0)
        self.cancel.hide()
        self.show()
