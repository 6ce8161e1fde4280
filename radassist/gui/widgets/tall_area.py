"""A scroll area that scrolls up and down only, and so is never narrower than what it holds."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

_LEAST, _MOST = 300, 440
"""Widths a panel beside the film may insist on, in logical pixels."""


class TallArea(QScrollArea):
    """Holds one panel beside the film."""

    def __init__(self, held: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(held)
        self._follow()

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(self._least_width(), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        is_wanted = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._follow()
        return is_wanted

    def _follow(self) -> None:
        """What is held may need more room now, or less."""
        if self.minimumWidth() != self._least_width():
            self.setMinimumWidth(self._least_width())

    def _least_width(self) -> int:
        held = self.widget()
        wanted = held.minimumSizeHint().width() if held else 0
        return min(max(wanted + self.verticalScrollBar().sizeHint().width(), _LEAST), _MOST)
