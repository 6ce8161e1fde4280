"""Marks on one film view: what is drawn, moved, written and calibrated there becomes a step that can be undone."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from radassist.domain.errors import UserError
from radassist.domain.film_scale import FilmScale, scale_by_hand
from radassist.domain.measurement import FilmMarks, Mark, MarkKind, distance
from radassist.gui.film.image_view import FilmView
from radassist.gui.main_window import MainWindow
from radassist.gui.measure.mark_book import ChangeMarks, MarkBook
from radassist.gui.measure.mark_hand import MarkHand
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.measure.mark_words import NAMES
from radassist.gui.measure.measure_dialogs import ask_true_length, ask_words

_START_MM = 100.0


class FilmMarking(QObject):
    """The reader's marks on whatever film `view` shows.

    Attributes:
        view: Where they are painted.
        layer: The marks as they are shown now.
        hand: What the left button does with them.

    Signals:
        changed(): Marks, the chosen one, the tool or the scale are others now.
        used(): A mark was drawn to its end.
    """

    changed = Signal()
    used = Signal()

    def __init__(self, window: MainWindow, view: FilmView, book: MarkBook) -> None:
        super().__init__(window)
        self.view = view
        self._window, self._book = window, book
        self._is_calibrating = False
        self.layer = MarkLayer(view, book, window.theme)
        self.hand = MarkHand(view, self.layer)
        view.layers.append(self.layer.paint)
        self.hand.drawn.connect(self._on_drawn)
        self.hand.moved.connect(self._on_moved)
        self.hand.words_wanted.connect(self._on_words_wanted)
        self.hand.changed.connect(self.changed)
        view.window_changed.connect(lambda _: self.follow_film())

    def take(self, kind: MarkKind | None, *, is_calibrating: bool = False) -> None:
        """Draw marks of this kind from now on, or lines of known length; None draws nothing."""
        self._is_calibrating = is_calibrating
        self.hand.take(kind)

    def add(self, mark: Mark) -> None:
        """Put one more mark on the film."""
        self._change(self.layer.film_marks.added(mark), NAMES[mark.kind])

    def delete_chosen(self) -> None:
        """Remove the chosen mark."""
        kept, index = self.layer.film_marks, self.layer.chosen
        if index is not None and index < len(kept.marks):
            self.hand.choose(None)
            self._change(kept.removed(index), f"deleting the {NAMES[kept.marks[index].kind]}")

    def delete_all(self) -> None:
        """Remove every mark of the film; its calibration stays."""
        self.hand.choose(None)
        self._change(replace(self.layer.film_marks, marks=()), "deleting all marks of the film")

    def forget_calibration(self) -> None:
        """Measure the film by what its file says again."""
        self._change(replace(self.layer.film_marks, by_hand=None), "forgetting the calibration")

    def follow_film(self) -> None:
        """Another film, another scale, or others of its marks may be there."""
        self.hand.follow_film()
        if self.layer.chosen is not None and self.layer.chosen >= len(self.layer.film_marks.marks):
            self.hand.choose(None)
        self.view.scale_words = self.layer.scale.corner_words if self.view.radiograph else ""
        self.layer.update()

    def _on_drawn(self, mark: Mark) -> None:
        is_calibrating = self._is_calibrating
        self.used.emit()
        if is_calibrating:
            self._ask_true_length(mark)
        elif mark.kind is MarkKind.TEXT:
            self._ask_words(mark, self.add)
        else:
            self.add(mark)

    def _on_moved(self, index: int, mark: Mark) -> None:
        self._change(self.layer.film_marks.exchanged(index, mark), f"moving the {NAMES[mark.kind]}")

    def _on_words_wanted(self, index: int) -> None:
        kept = self.layer.film_marks
        self._ask_words(kept.marks[index], lambda mark: self._change(kept.exchanged(index, mark), "changing the text"))

    def _ask_words(self, mark: Mark, then: Callable[[Mark], object]) -> None:
        digest = self.layer.digest

        def answer(words: str) -> None:
            if words.strip() and self.layer.digest == digest:
                then(replace(mark, text=words))

        self._wait_with(mark, ask_words(self._window, mark.text, answer))

    def _ask_true_length(self, line: Mark) -> None:
        digest, scale = self.layer.digest, self.layer.scale
        drawn = distance(line.points[0], line.points[1], scale)

        def answer(true_mm: float) -> None:
            if self.layer.digest == digest:
                self._calibrate(drawn, true_mm, scale)

        start = drawn if scale.is_metric else _START_MM
        words = f"{drawn:.1f} {scale.length_words}"
        self._wait_with(line, ask_true_length(self._window, words, start, answer))

    def _calibrate(self, drawn: float, true_mm: float, scale: FilmScale) -> None:
        try:
            by_hand = scale_by_hand(drawn, true_mm, scale)
        except UserError as error:
            self._window.message_bar.say(str(error))
        else:
            self._change(replace(self.layer.film_marks, by_hand=by_hand), "calibration by hand")

    def _wait_with(self, mark: Mark, dialog: QDialog) -> None:
        """Show what was drawn as long as its dialog is open."""
        self._show_pending(mark)
        dialog.finished.connect(lambda _: self._show_pending(None))

    def _show_pending(self, mark: Mark | None) -> None:
        self.layer.pending = mark
        self.layer.update()

    def _change(self, marks: FilmMarks, words: str) -> None:
        digest = self.layer.digest
        if digest is not None and marks != self._book.of(digest):
            self._window.undo_stack.push(ChangeMarks(self._book, digest, marks, words))
