"""The right half of the film area: one guest at a time hangs something there, and Esc takes it away."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from radassist.gui.beside.view_link import ViewLink
from radassist.gui.film.pointer_line import pointer_line
from radassist.gui.main_window import MainWindow


class Guest(Protocol):
    """Who hangs something on the right."""

    def leave(self) -> None:
        """What it hung is gone, or makes room for another guest's."""
        ...


class SecondSide(QObject):
    """Knows who has the second view, and how the two views move together.

    Attributes:
        link: Between the views.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._area = window, window.film_area
        self._guest: Guest | None = None
        self.link = ViewLink(self._area.first, self._area.second, self)
        window.actions_by_id.connect({"link_moves": self._toggle_moves, "link_windows": self._toggle_windows})
        second = self._area.second
        second.pointer_moved.connect(lambda info: window.set_pointer_line(pointer_line(info)))
        window.blocks.opacity_changed.connect(second.set_overlay_opacity)
        second.set_overlay_opacity(window.blocks.opacity)
        window.installEventFilter(self)
        self._show_checks()

    @property
    def guest(self) -> Guest | None:
        """Who has the second view; None while there is one film only."""
        return self._guest

    def take(self, guest: Guest, findings_of: str) -> None:
        """Let `guest` have the second view.

        Args:
            guest: Who has it from now on; one that had it before leaves.
            findings_of: What the findings beside the film speak of, for instance `left film`.
        """
        earlier, self._guest = self._guest, guest
        if earlier not in (None, guest):
            earlier.leave()
        if not self._area.is_two:
            self._area.set_two(True)
        self._window.say_whose_findings(findings_of)

    def close(self) -> None:
        """Back to one film."""
        earlier, self._guest = self._guest, None
        self._area.set_two(False)
        self._window.say_whose_findings("")
        with self.link.resting():
            self._area.second.clear()
        if earlier is not None:
            earlier.leave()
        self._area.first.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        # Esc comes to the window when neither a field nor a drag wants it.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            is_two = self._guest is not None
            if is_two:
                self.close()
            return is_two
        return False

    def _toggle_moves(self) -> None:
        self.link.moves = not self.link.moves
        self._show_checks()
        self.link.align()

    def _toggle_windows(self) -> None:
        self.link.windows = not self.link.windows
        self._show_checks()
        self.link.align()

    def _show_checks(self) -> None:
        self._window.actions_by_id["link_moves"].setChecked(self.link.moves)
        self._window.actions_by_id["link_windows"].setChecked(self.link.windows)
