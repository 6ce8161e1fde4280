"""What is hidden of which film, as steps that can be undone."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from radassist.domain.whatif import Edit

Edits = tuple[Edit, ...]


class HideBook(QObject):
    """Hidden parts by the digest of their film, for as long as the window is open.

    Signals:
        changed(str): Something else is hidden of the film with this digest.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._edits: dict[str, Edits] = {}

    def of(self, digest: str) -> Edits:
        """What is hidden of a film, the oldest first."""
        return self._edits.get(digest, ())

    def put(self, digest: str, edits: Sequence[Edit]) -> None:
        """Hide this of a film, and nothing else."""
        self._edits[digest] = tuple(edits)
        self.changed.emit(digest)


class ChangeHidden(QUndoCommand):
    """One step of hiding or showing."""

    def __init__(self, book: HideBook, digest: str, edits: Sequence[Edit], words: str) -> None:
        """`edits` in the place of what is hidden of the film now; `words` name the step."""
        super().__init__(words)
        self._book, self._digest = book, digest
        self._before, self._after = book.of(digest), tuple(edits)

    def redo(self) -> None:  # noqa: D102 - Qt's
        self._book.put(self._digest, self._after)

    def undo(self) -> None:  # noqa: D102 - Qt's
        self._book.put(self._digest, self._before)
