"""Undo and redo: one row of steps for the whole window, whoever took them."""

from PySide6.QtCore import QObject

from radassist.gui.actions.spec import Need
from radassist.gui.main_window import MainWindow


class UndoPresenter(QObject):
    """Works the acts *Undo* and *Redo* on the window's steps and says what they did."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.actions_by_id.connect({"undo": self.undo, "redo": self.redo})
        window.undo_stack.canUndoChanged.connect(self._on_can_undo)
        window.undo_stack.canRedoChanged.connect(self._on_can_redo)

    def undo(self) -> None:
        """Take back the last step."""
        self._say("Undone", self._window.undo_stack.undoText())
        self._window.undo_stack.undo()

    def redo(self) -> None:
        """Take the step again that was taken back last."""
        self._say("Done again", self._window.undo_stack.redoText())
        self._window.undo_stack.redo()

    def _say(self, what: str, step: str) -> None:
        if step:
            self._window.show_message(f"{what}: {step}.")

    def _on_can_undo(self, can: bool) -> None:
        self._window.actions_by_id.set_met({Need.UNDO: can})

    def _on_can_redo(self, can: bool) -> None:
        self._window.actions_by_id.set_met({Need.REDO: can})
