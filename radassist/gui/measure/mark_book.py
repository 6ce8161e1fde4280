"""What was drawn on which film, and the undoable steps that change it."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from radassist.domain.measurement import FilmMarks
from radassist.gui.jobs import JobRunner, Lane


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

    def __init__(
        self, parent: QObject | None = None, files: MarkFiles | None = None, runner: JobRunner | None = None
    ) -> None:
        """Marks are kept in `files` by jobs of `runner`; without both they go with the window."""
        super().__init__(parent)
        self._files, self._runner = files, runner
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
        if self._files and self._runner:
            save = partial(self._files.save, digest, marks)
            # Beside the answers of readers: one thread, in order, and the window does not close before it is done.
            job = self._runner.start(lambda _token: iter([save()]), lane=Lane.READING)
            job.failed.connect(self.problem)


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
