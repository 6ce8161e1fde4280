"""Steps that can be undone: giving an answer and taking one back are each other's opposite."""

from helpers.fakes import make_answer
from PySide6.QtGui import QUndoStack

from radassist.domain.reading import ReaderAnswer
from radassist.gui.reading.answer_commands import GiveAnswer, TakeAnswerBack


class Page:
    """Answers in the order they stand."""

    def __init__(self) -> None:
        self.standing: list[ReaderAnswer] = []

    def put_down(self, answer: ReaderAnswer) -> None:
        self.standing.append(answer)

    def strike_out(self, film_sha256: str) -> None:
        assert self.standing.pop().film_sha256 == film_sha256


def test_steps_are_undone_and_done_again_in_order(qapp) -> None:
    page, stack, answer = Page(), QUndoStack(), make_answer()
    stack.push(GiveAnswer(page, answer))
    stack.push(TakeAnswerBack(page, answer))
    assert page.standing == []
    stack.undo()
    assert page.standing == [answer]
    stack.undo()
    assert page.standing == []
    stack.redo()
    assert page.standing == [answer]
    stack.clear()
