"""The acts of measuring and marking: which tool is in the hand, and what becomes of what it draws."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from radassist.domain.errors import UserError
from radassist.domain.film_scale import FilmScale, scale_by_hand
from radassist.domain.measurement import FilmMarks, Mark, MarkKind, distance
from radassist.gui.actions.spec import Need
from radassist.gui.main_window import MainWindow
from radassist.gui.measure.mark_book import ChangeMarks, MarkBook, MarkFiles
from radassist.gui.measure.mark_hand import MarkHand
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.measure.mark_words import NAMES
from radassist.gui.measure.measure_dialogs import ask_true_length, ask_words
from radassist.gui.presenter import Presenter

CALIBRATION = "calibration"
_START_MM = 100.0
_TOOLS: dict[str, MarkKind] = {
    "length": MarkKind.LENGTH,
    "angle": MarkKind.ANGLE,
    "cobb": MarkKind.COBB,
    "ratio": MarkKind.RATIO,
    "rectangle": MarkKind.RECTANGLE,
    "ellipse": MarkKind.ELLIPSE,
    "arrow": MarkKind.ARROW,
    "text": MarkKind.TEXT,
    CALIBRATION: MarkKind.LENGTH,
}


class MeasurePresenter(QObject):
    """Connects the Measure menu with the film.

    Attributes:
        book: What was drawn on which film.
        layer: The marks of the film on the screen.
        hand: What the left button does with them.
    """

    def __init__(self, window: MainWindow, presenter: Presenter, files: MarkFiles | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._tool_name = ""
        self.book = MarkBook(self, files)
        self.layer = MarkLayer(window.film, self.book, window.theme)
        self.hand = MarkHand(window.film, self.layer)
        window.film.layers.append(self.layer.paint)
        window.actions_by_id.connect(self._acts())
        window.installEventFilter(self)
        self._connect(presenter)
        self._on_film()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        # No shortcut of an act: Esc belongs to lists, fields and drags first, and comes here when none wants it.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            is_wanted = self.hand.is_busy
            self.hand.put_down()
            return is_wanted
        return False

    def take(self, name: str) -> None:
        """Put a tool into the hand; the one that is there already is put down."""
        is_held = name == self._tool_name
        self._tool_name = "" if is_held else name
        self.hand.take(None if is_held else _TOOLS[name])

    def delete_chosen(self) -> None:
        """Remove the chosen mark."""
        index = self.layer.chosen
        if index is not None and index < len(self.layer.film_marks.marks):
            mark = self.layer.film_marks.marks[index]
            self.hand.choose(None)
            self._change(self.layer.film_marks.removed(index), f"deleting the {NAMES[mark.kind]}")

    def delete_all(self) -> None:
        """Remove every mark of the film; its calibration stays."""
        self.hand.choose(None)
        self._change(replace(self.layer.film_marks, marks=()), "deleting all marks of the film")

    def forget_calibration(self) -> None:
        """Measure the film by what its file says again."""
        self._change(replace(self.layer.film_marks, by_hand=None), "forgetting the calibration")

    def _acts(self) -> dict[str, Callable[[], object]]:
        return {f"draw_{name}": partial(self.take, name) for name in _TOOLS} | {
            "put_down": self.hand.put_down,
            "keep_tool": lambda: None,  # the act's own check says it all
            "forget_calibration": self.forget_calibration,
            "delete_mark": self.delete_chosen,
            "delete_marks": self.delete_all,
        }

    def _connect(self, presenter: Presenter) -> None:
        self.hand.drawn.connect(self._on_drawn)
        self.hand.moved.connect(self._on_moved)
        self.hand.words_wanted.connect(self._on_words_wanted)
        self.hand.changed.connect(self._refresh)
        self.book.changed.connect(self._on_marks_changed)
        self.book.problem.connect(presenter.report)
        presenter.films.shown.connect(self._on_film)

    def _on_drawn(self, mark: Mark) -> None:
        name = self._tool_name
        if not self._window.actions_by_id["keep_tool"].isChecked():
            self.hand.take(None)
        if name == CALIBRATION:
            self._ask_true_length(mark)
        elif mark.kind is MarkKind.TEXT:
            self._ask_words(mark, lambda written: self._add(written))
        else:
            self._add(mark)

    def _add(self, mark: Mark) -> None:
        self._change(self.layer.film_marks.added(mark), NAMES[mark.kind])

    def _on_moved(self, index: int, mark: Mark) -> None:
        self._change(self.layer.film_marks.exchanged(index, mark), f"moving the {NAMES[mark.kind]}")

    def _on_words_wanted(self, index: int) -> None:
        kept = self.layer.film_marks
        self._ask_words(kept.marks[index], lambda mark: self._change(kept.exchanged(index, mark), "changing the text"))

    def _ask_words(self, mark: Mark, then: Callable[[Mark], object]) -> None:
        """The window waits for the dialog, so that `mark`'s film stays on the screen."""
        self._wait_with(mark)
        dialog = ask_words(self._window, mark.text, lambda words: words.strip() and then(replace(mark, text=words)))
        dialog.finished.connect(lambda _: self._wait_with(None))

    def _ask_true_length(self, line: Mark) -> None:
        self._wait_with(line)
        scale = self.layer.scale
        drawn = distance(line.points[0], line.points[1], scale)
        start = drawn if scale.is_metric else _START_MM
        words = f"{drawn:.1f} {scale.length_words}"
        dialog = ask_true_length(self._window, words, start, lambda true_mm: self._calibrate(drawn, true_mm, scale))
        dialog.finished.connect(lambda _: self._wait_with(None))

    def _calibrate(self, drawn: float, true_mm: float, scale: FilmScale) -> None:
        try:
            by_hand = scale_by_hand(drawn, true_mm, scale)
        except UserError as error:
            self._window.message_bar.say(str(error))
        else:
            self._change(replace(self.layer.film_marks, by_hand=by_hand), "calibration by hand")

    def _wait_with(self, mark: Mark | None) -> None:
        self.layer.pending = mark
        self.layer.update()

    def _change(self, marks: FilmMarks, words: str) -> None:
        digest = self.layer.digest
        if digest is not None and marks != self.book.of(digest):
            self._window.undo_stack.push(ChangeMarks(self.book, digest, marks, words))

    def _on_marks_changed(self, digest: str) -> None:
        if digest != self.layer.digest:
            self._window.message_bar.say("That step was on another film, which is not on the screen now.")
        elif self.layer.chosen is not None and self.layer.chosen >= len(self.layer.film_marks.marks):
            self.hand.choose(None)
        self._refresh()

    def _on_film(self) -> None:
        self.hand.follow_film()
        self._refresh()

    def _refresh(self) -> None:
        """Show which tool is in the hand, what can be done, and what lengths rest on."""
        window, layer = self._window, self.layer
        if self.hand.tool is None:
            self._tool_name = ""
        for name in _TOOLS:
            window.actions_by_id[f"draw_{name}"].setChecked(name == self._tool_name)
        window.film.scale_words = layer.scale.corner_words if window.film.radiograph else ""
        window.actions_by_id.set_met(
            {
                Need.TOOL: self.hand.is_busy,
                Need.MARK: layer.chosen is not None,
                Need.MARKS: bool(layer.film_marks.marks),
                Need.BY_HAND: layer.film_marks.by_hand is not None,
            }
        )
        layer.update()
