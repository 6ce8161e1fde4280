"""Turns the events of the mouse on a film into what the reader chose for them."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from radassist.gui.film.mouse_choice import MouseAct, MouseChoice
from radassist.gui.film.view_tools import TOOLS, Tool, ToolView

_CLICK_SLOP = 3
_WHEEL_NOTCH = 120
_ZOOM_PER_NOTCH = 1.25


class MouseTools:
    """Drags of one tool at a time, and turns of the wheel.

    Attributes:
        choice: What each button and the wheel do.
    """

    def __init__(self, view: ToolView) -> None:
        self.choice = MouseChoice()
        self._view = view
        self._button = Qt.MouseButton.NoButton
        self._start = QPoint()
        self._chosen: type[Tool] | None = None
        self._tool: Tool | None = None
        self._wheel_rest = 0

    @property
    def is_dragging(self) -> bool:
        """Whether a tool is at work."""
        return self._tool is not None

    def press(self, event: QMouseEvent) -> None:
        """A button went down; while another is down, it is not for us."""
        if self._button != Qt.MouseButton.NoButton:
            return
        self._button, self._start = event.button(), event.position().toPoint()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = self.choice.of_drag(event.button(), held)
        self._chosen = TOOLS.get(act) if self._view.radiograph is not None else None

    def move(self, position: QPoint) -> None:
        """The pointer moved; a drag begins once it has left the place of the press by more than a hand's tremble."""
        if self._chosen is not None and self._tool is None:
            if (position - self._start).manhattanLength() <= _CLICK_SLOP:
                return
            self._tool = self._chosen(self._view, self._start)
            self._view.viewport().setCursor(self._tool.cursor)
        if self._tool is not None:
            self._tool.move(position)

    def release(self, event: QMouseEvent) -> bool:
        """A button went up; True when it was a click, down and up with no drag between."""
        if event.button() != self._button:
            return False
        tool, is_click = self._tool, self._tool is None
        self._forget()
        if tool is not None:
            tool.move(event.position().toPoint())
            tool.finish()
        return is_click and (event.position().toPoint() - self._start).manhattanLength() <= _CLICK_SLOP

    def turn(self, event: QWheelEvent, *, several_open: bool) -> None:
        """The wheel turned; where no other film is open, stepping through films gives way to zooming."""
        if self.is_dragging:
            return
        act, turned = self.choice.of_wheel(event.modifiers()), event.angleDelta().y()
        if act is MouseAct.ZOOM or (act is MouseAct.FILMS and not several_open):
            self._view.zoom_by(_ZOOM_PER_NOTCH ** (turned / _WHEEL_NOTCH), event.position().toPoint())
        elif act is MouseAct.FILMS:
            self._step_by_wheel(turned)
        event.accept()

    def cancel(self) -> None:
        """End the drag and undo what it did."""
        tool = self._tool
        self._forget()
        if tool is not None:
            tool.cancel()

    def film_goes(self) -> None:
        """Another film comes, or none: only a drag that steps through films goes on."""
        if self._tool is None or not self._tool.outlives_film:
            self.cancel()

    def _step_by_wheel(self, turned: int) -> None:
        """Whole notches step; what a smooth wheel turns less is kept for the next event."""
        notches = int((self._wheel_rest + turned) / _WHEEL_NOTCH)
        self._wheel_rest += turned - notches * _WHEEL_NOTCH
        if notches:
            self._view.step_films(-notches)

    def _forget(self) -> None:
        self._button, self._chosen, self._tool = Qt.MouseButton.NoButton, None, None
        self._view.viewport().unsetCursor()
