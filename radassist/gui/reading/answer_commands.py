"""Giving an answer and taking one back, as steps that can be undone."""

from typing import Protocol

from PySide6.QtGui import QUndoCommand

from radassist.domain.reading import ReaderAnswer


class AnswerBook(Protocol):
    """Where answers stand."""

    def put_down(self, answer: ReaderAnswer) -> None:
        """Let `answer` stand for its film."""
        ...

    def strike_out(self, film_sha256: str) -> None:
        """Take back the answer that stands for a film."""
        ...


class GiveAnswer(QUndoCommand):
    """Puts an answer down; undone, the one before it stands again."""

    def __init__(self, book: AnswerBook, answer: ReaderAnswer) -> None:
        super().__init__("your answer")
        self._book, self._answer = book, answer

    def redo(self) -> None:  # noqa: D102 - Qt's
        self._book.put_down(self._answer)

    def undo(self) -> None:  # noqa: D102 - Qt's
        self._book.strike_out(self._answer.film_sha256)


class TakeAnswerBack(QUndoCommand):
    """Takes the answer back that stands; undone, it stands again."""

    def __init__(self, book: AnswerBook, answer: ReaderAnswer) -> None:
        super().__init__("taking an answer back")
        self._book, self._answer = book, answer

    def redo(self) -> None:  # noqa: D102 - Qt's
        self._book.strike_out(self._answer.film_sha256)

    def undo(self) -> None:  # noqa: D102 - Qt's
        self._book.put_down(self._answer)
