"""Where films hang: one, or two side by side, each below the line that says whose it is."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from radassist.gui.beside.film_strip import FilmStrip
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import Theme


class FilmArea(QSplitter):
    """The first film on the left; the second is hidden until it is wanted, and the lines with it.

    Attributes:
        first, second: The views.
        first_strip, second_strip: The lines above them.

    Signals:
        active_changed(): Keys act on the other film now.
    """

    active_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.second = FilmView(theme), FilmView(theme)
        self.first_strip, self.second_strip = FilmStrip(theme), FilmStrip(theme)
        self.second.setAccessibleName("Second film")
        self._is_second_active = False
        self.setChildrenCollapsible(False)
        self._first_frame = _frame(self.first_strip, self.first)
        self.addWidget(self._first_frame)
        self._second_frame = _frame(self.second_strip, self.second)
        self.addWidget(self._second_frame)
        for view in (self.first, self.second):
            view.installEventFilter(self)
        self.set_two(False)

    @property
    def is_two(self) -> bool:
        """Whether two films hang side by side."""
        return not self._second_frame.isHidden()

    @property
    def active(self) -> FilmView:
        """The film that keys act on: the one touched last."""
        return self.second if self._is_second_active else self.first

    def put_above(self, first: QWidget, second: QWidget) -> None:
        """Put a widget between each view and the line above it."""
        for frame, widget in ((self._first_frame, first), (self._second_frame, second)):
            layout = frame.layout()
            if isinstance(layout, QVBoxLayout):
                layout.insertWidget(1, widget)

    def set_two(self, two: bool) -> None:
        """Hang two films side by side, equally wide, or one."""
        self._second_frame.setVisible(two)
        self.first_strip.setVisible(two)
        if two:
            half = max(self.width() // 2, 1)
            self.setSizes([half, half])
        self._set_active(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if event.type() == QEvent.Type.FocusIn:
            self._set_active(watched is self.second)
        return False

    def _set_active(self, second: bool) -> None:
        has_changed = second is not self._is_second_active
        self._is_second_active = second
        self.first_strip.set_active(not second)
        self.second_strip.set_active(second)
        if has_changed:
            self.active_changed.emit()


def _frame(strip: FilmStrip, view: FilmView) -> QWidget:
    frame = QWidget()
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(strip)
    layout.addWidget(view, stretch=1)
    return frame
