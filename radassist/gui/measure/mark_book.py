"""What was drawn on which film, and the undoable steps that change it."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from radassist.domain.errors import StoreError
from radassist.domain.measurement import FilmMarks


class MarkFiles(Protocol):
    """Keeps marks from one start to the next, in a moment."""

    def load(self, digest: str) -> FilmMarks:
        """What was kept of the film with this SHA-256; nothing where nothing was."""
        ...

    def save(self, digest: str, marks: FilmMarks) -> None:
        """Keep `marks`; raises `StoreError` where that cannot be."""
        ...


class MarkBook(QObject):
    """The marks of every film that was looked at.

    Films go by the digest of their file: a mark can never stand on another film, and a film that is opened again, from
    wherever, has its marks.

    Signals:
        changed(str): The marks of the film with this SHA-256 are others now.
        problem(object): A StoreError: they are here, but will not be at the next start.
    """

    changed = Signal(str)
    problem = Signal(object)

    def __init__(self, parent: QObject | None = None, files: MarkFiles | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._films: dict[str, FilmMarks] = {}

    def of(self, digest: str) -> FilmMarks:
        """What is on the film with this SHA-256."""
        if digest not in self._films:
            self._films[digest] = self._files.load(digest) if self._files else FilmMarks()
        return self._films[digest]

    def put(self, digest: str, marks: FilmMarks) -> None:
        """Let `marks` be all that is on the film with this SHA-256, and keep them."""
        if marks == self.of(digest):
            return
        self._films[digest] = marks
        self.changed.emit(digest)
        try:
            if self._files:
                self._files.save(digest, marks)
        except StoreError as error:
            self.problem.emit(error)


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
