"""A status bar that cuts no words: what matters less leaves while there is no room for all."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

_FRAME, _GAP = 40, 6
"""Room that is nobody's, in logical pixels: margins and grip of the bar, and what lies between two lines."""


class StatusBar(QStatusBar):
    """A message of the moment on the left, lines that stay on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[QLabel] = []
        self._yielding: list[QLabel] = []
        self.messageChanged.connect(lambda _: self._share_room())

    def add_line(self, name: str, *, yields: bool = False) -> QLabel:
        """An empty line right of those there are; `tell` fills it.

        Args:
            name: What it tells of, for screen readers.
            yields: Whether it leaves where words would be cut otherwise; of two, the one added first.
        """
        line = QLabel()
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setAccessibleName(name)
        line.hide()
        self._lines.append(line)
        if yields:
            line.setMinimumWidth(1)  # else the window could not be made narrow enough for it to leave
            self._yielding.append(line)
        self.addPermanentWidget(line)
        return line

    def tell(self, line: QLabel, text: str) -> None:
        """Let `line`, one of this bar's, say `text`; an empty one takes no room."""
        line.setText(text)
        line.setVisible(bool(text))
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        wanted = sum(line.sizeHint().width() + _GAP for line in self._lines if line.text())
        wanted += _FRAME + self.fontMetrics().horizontalAdvance(self.currentMessage())
        for line in self._yielding:
            if line.text():
                line.setVisible(wanted <= self.width())
                wanted -= 0 if line.isVisibleTo(self) else line.sizeHint().width() + _GAP
