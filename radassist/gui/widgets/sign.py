"""A small drawing beside words, in a colour of the theme as it is now."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from radassist.gui.theme import Theme, tinted_icon


class Sign(QWidget):
    """Shows one drawing of `resources/icons`, sharp on every screen; none at first.

    Attributes:
        drawing: Name of what is shown; empty for nothing.
    """

    def __init__(self, theme: Theme, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing = ""
        self._theme = theme
        self._color: Callable[[Theme], str] = _text
        self.setFixedSize(QSize(side, side))

    def show_drawing(self, name: str, color: Callable[[Theme], str]) -> None:
        """Show `name` in the colour that `color` takes from the theme whenever it is painted."""
        self.drawing, self._color = name, color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        if self.drawing:
            with QPainter(self) as painter:
                tinted_icon(self.drawing, self._color(self._theme)).paint(painter, self.rect())


def _text(theme: Theme) -> str:
    return theme.text
