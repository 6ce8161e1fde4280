"""Marks belong to a film by its digest; every step can be taken back."""

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtGui import QUndoStack

from radassist.domain.errors import StoreError
from radassist.domain.film_scale import FilmScale, ScaleBasis
from radassist.domain.measurement import FilmMarks, Mark, MarkKind, Point
from radassist.gui.jobs import JobRunner, Lane
from radassist.gui.measure.mark_book import ChangeMarks, MarkBook

LINE = Mark(MarkKind.LENGTH, (Point(0, 0), Point(9, 9)))


def test_a_film_has_its_own_marks_and_no_others(qtbot) -> None:
    book = MarkBook()
    with qtbot.waitSignal(book.changed, check_params_cb=lambda digest: digest == "aa"):
        book.put("aa", FilmMarks((LINE,)))
    assert book.of("aa").marks == (LINE,)
    assert book.of("bb") == FilmMarks()


def test_putting_what_is_there_is_no_change(qtbot) -> None:
    book = MarkBook()
    with qtbot.assertNotEmitted(book.changed):
        book.put("aa", FilmMarks())


def test_steps_of_marks_and_calibration_are_taken_back_one_by_one(qapp) -> None:
    book, stack = MarkBook(), QUndoStack()
    scale = FilmScale(0.2, 0.2, ScaleBasis.BY_HAND)
    stack.push(ChangeMarks(book, "aa", FilmMarks((LINE,)), "length"))
    stack.push(ChangeMarks(book, "aa", FilmMarks((LINE,), scale), "calibration by hand"))
    assert stack.undoText() == "calibration by hand"
    stack.undo()
    assert book.of("aa") == FilmMarks((LINE,))
    stack.undo()
    assert book.of("aa") == FilmMarks()
    stack.redo()
    stack.redo()
    assert book.of("aa") == FilmMarks((LINE,), scale)


class Files:
    """Files in memory, which may be full."""

    def __init__(self) -> None:
        self.kept: dict[str, FilmMarks] = {"aa": FilmMarks((LINE,))}
        self.is_full = False
        self.before_save: Callable[[], object] = lambda: None

    def load(self, digest: str) -> FilmMarks:
        return self.kept.get(digest, FilmMarks())

    def save(self, digest: str, marks: FilmMarks) -> None:
        self.before_save()
        if self.is_full:
            raise StoreError("The disk is full.")
        self.kept[digest] = marks


@pytest.fixture
def runner(qapp):
    made = JobRunner()
    yield made
    assert made.shutdown()


def test_marks_of_an_earlier_time_are_there_and_every_change_is_kept_in_order(runner: JobRunner) -> None:
    files = Files()
    book = MarkBook(None, files, runner)
    assert book.of("aa").marks == (LINE,)
    book.put("aa", FilmMarks((LINE, LINE)))
    book.put("aa", FilmMarks())
    book.put("bb", FilmMarks((LINE, LINE)))
    assert runner.settle(Lane.READING)
    assert files.kept == {"aa": FilmMarks(), "bb": FilmMarks((LINE, LINE))}


def test_a_slow_disk_does_not_hold_the_hand_up(runner: JobRunner) -> None:
    files, gate = Files(), Event()
    files.before_save = gate.wait
    book = MarkBook(None, files, runner)
    book.put("bb", FilmMarks((LINE,)))
    assert book.of("bb").marks == (LINE,) and "bb" not in files.kept
    gate.set()
    assert runner.settle(Lane.READING)
    assert files.kept["bb"].marks == (LINE,)


def test_marks_that_cannot_be_kept_stay_on_the_screen_and_it_is_told(qtbot, runner: JobRunner) -> None:
    files = Files()
    book, files.is_full = MarkBook(None, files, runner), True
    with qtbot.waitSignal(book.problem):
        book.put("aa", FilmMarks((LINE, LINE)))
    assert len(book.of("aa").marks) == 2
