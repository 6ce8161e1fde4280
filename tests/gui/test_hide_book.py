"""What is hidden of which film."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from radassist.domain.whatif import Box, Edit
from radassist.gui.explain.hide_book import ChangeHidden, HideBook

ONE, TWO = Edit(Box(0, 0, 10, 10)), Edit(Box(20, 20, 30, 30))


def test_every_step_is_undone_and_done_again_on_its_own_film(qtbot) -> None:
    parent = QObject()
    book, stack, changed = HideBook(parent), QUndoStack(parent), []
    book.changed.connect(changed.append)
    stack.push(ChangeHidden(book, "a", (ONE,), "hiding a part"))
    stack.push(ChangeHidden(book, "b", (TWO,), "hiding a part"))
    stack.push(ChangeHidden(book, "a", (ONE, TWO), "hiding a part"))
    stack.undo()
    assert (book.of("a"), book.of("b")) == ((ONE,), (TWO,))
    stack.undo()
    stack.undo()
    assert (book.of("a"), book.of("b"), book.of("c")) == ((), (), ())
    stack.redo()

    assert book.of("a") == (ONE,)
    assert changed == ["a", "b", "a", "a", "b", "a", "a"]
