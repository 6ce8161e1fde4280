"""The acts of measuring and marking: which tool is in the hand, on whichever film the hand is."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from radassist.domain.measurement import MarkKind
from radassist.gui.actions.spec import Need
from radassist.gui.film.image_view import FilmView
from radassist.gui.main_window import MainWindow
from radassist.gui.measure.film_marking import FilmMarking
from radassist.gui.measure.mark_book import MarkBook, MarkFiles
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.presenter import Presenter

CALIBRATION = "calibration"
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
    """Connects the Measure menu with both film views; a tool works on either, the other acts on the one touched last.

    Attributes:
        book: What was drawn on which film.
        first, second: The marks of the two views.
    """

    def __init__(self, window: MainWindow, presenter: Presenter, files: MarkFiles | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._tool_name = ""
        self.book = MarkBook(self, files, presenter.runner)
        self.first = FilmMarking(window, window.film_area.first, self.book)
        self.second = FilmMarking(window, window.film_area.second, self.book)
        self._sides = (self.first, self.second)
        window.actions_by_id.connect(self._acts())
        window.installEventFilter(self)
        self._connect(presenter)
        self._refresh()

    @property
    def active(self) -> FilmMarking:
        """The marks of the film touched last."""
        return self.second if self._window.active_film is self.second.view else self.first

    def layer_on(self, view: FilmView) -> MarkLayer:
        """The marks that `view` shows."""
        return (self.second if view is self.second.view else self.first).layer

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        # No shortcut of an act: Esc belongs to lists, fields and drags first, and comes here when none wants it.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            is_wanted = any(side.hand.is_busy for side in self._sides)
            self.put_down()
            return is_wanted
        return False

    def take(self, name: str) -> None:
        """Put a tool into the hand; the one that is there already is put down, as is any by an empty name."""
        self._tool_name = "" if name == self._tool_name else name
        kind = _TOOLS.get(self._tool_name)
        for side in self._sides:
            side.take(kind, is_calibrating=self._tool_name == CALIBRATION)

    def put_down(self) -> None:
        """Drop what is being drawn; where nothing is, the tool; and then the chosen mark."""
        if self._tool_name and not any(side.hand.is_drawing for side in self._sides):
            self.take("")
        else:
            for side in self._sides:
                side.hand.put_down()

    def _acts(self) -> dict[str, Callable[[], object]]:
        return {f"draw_{name}": partial(self.take, name) for name in _TOOLS} | {
            "put_down": self.put_down,
            "keep_tool": lambda: None,  # the act's own check says it all
            "forget_calibration": lambda: self.active.forget_calibration(),
            "delete_mark": lambda: self.active.delete_chosen(),
            "delete_marks": lambda: self.active.delete_all(),
        }

    def _connect(self, presenter: Presenter) -> None:
        for side, other in (self._sides, self._sides[::-1]):
            side.used.connect(self._on_used)
            side.changed.connect(partial(self._on_changed, side, other))
        self.book.changed.connect(self._on_marks_changed)
        self.book.problem.connect(presenter.report)
        presenter.films.shown.connect(self._on_film)
        self._window.film_area.active_changed.connect(self._refresh)

    def _on_used(self) -> None:
        if not self._window.actions_by_id["keep_tool"].isChecked():
            self.take("")

    def _on_changed(self, side: FilmMarking, other: FilmMarking) -> None:
        """One mark is chosen at most, on whichever film."""
        if side.layer.chosen is not None:
            other.hand.choose(None)
        self._refresh()

    def _on_marks_changed(self, digest: str) -> None:
        if digest not in (side.layer.digest for side in self._sides):
            self._window.message_bar.say("That step was on another film, which is not on the screen now.")
        self._on_film()

    def _on_film(self) -> None:
        for side in self._sides:
            side.follow_film()
        self._refresh()

    def _refresh(self) -> None:
        """Show which tool is in the hand and what can be done."""
        actions, kept = self._window.actions_by_id, self.active.layer.film_marks
        for name in _TOOLS:
            actions[f"draw_{name}"].setChecked(name == self._tool_name)
        actions.set_met(
            {
                Need.TOOL: any(side.hand.is_busy for side in self._sides),
                Need.MARK: self.active.layer.chosen is not None,
                Need.MARKS: bool(kept.marks),
                Need.BY_HAND: kept.by_hand is not None,
            }
        )
