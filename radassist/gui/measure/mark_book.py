"""What was drawn on which film, and the undoable steps that change it."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from radassist.domain.measurement import FilmMarks

_NOTHING = FilmMarks()


class MarkBook(QObject):
    """The marks of every film of this session.

    Films go by the digest of their file: a mark can never stand on another film, and a film that is opened again, from
    wherever, has its marks.

    Signals:
        changed(str): The marks of the film with this SHA-256 are others now.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._films: dict[str, FilmMarks] = {}

    def of(self, digest: str) -> FilmMarks:
        """What is on the film with this SHA-256."""
        return self._films.get(digest, _NOTHING)

    def put(self, digest: str, marks: FilmMarks) -> None:
        """Let `marks` be all that is on the film with this SHA-256."""
        if marks != self.of(digest):
            self._films[digest] = marks
            self.changed.emit(digest)


class ChangeMarks(QUndoCommand):
    """One step of a reader's hand: the marks of one film before and after it."""

    def __init__(self, book: MarkBook, digest: str, after: FilmMarks, words: str) -> None:
        super().__init__(words)
        self._book, self._digest = book, digest
        self._before, self._after = book.of(digest), after

    def redo(self) -> None:
        """Put the film's marks as they are after the step."""
        self._book.put(self._digest, self._after)

    def undo(self) -> None:
        """Put the film's marks as they were before the step."""
        self._book.put(self._digest, self._before)
