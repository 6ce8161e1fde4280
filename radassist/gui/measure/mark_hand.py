"""The reader's hand on the film while it draws a mark or moves one. Everything else it leaves to the film view."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip

from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.gui.film.image_view import FilmView
from radassist.gui.measure.draft import Draft
from radassist.gui.measure.mark_layer import Hit, MarkLayer
from radassist.gui.widgets.plain_text import as_markup

_CLICK_SLOP = 3


@dataclass(frozen=True, slots=True)
class _Hold:
    """A mark that is being moved: by what, and how it was."""

    hit: Hit
    start: Point
    mark: Mark

    def at(self, point: Point, size: tuple[float, float]) -> Mark:
        """The mark when the hand has come to `point` of a film of `size`."""
        by_x, by_y = point.x - self.start.x, point.y - self.start.y
        if self.hit.grip is None:
            return self.mark.moved(by_x, by_y, size)
        place = self.mark.grips[self.hit.grip].moved(by_x, by_y)
        return self.mark.with_grip(self.hit.grip, place.inside(*size))


class MarkHand(QObject):
    """Takes the left button of a film view's mouse where a tool is held or a mark is touched.

    Signals:
        drawn(object): A Mark was drawn to its end.
        moved(int, object): The mark of this index was moved; the Mark as it is now.
        words_wanted(int): The words of the text of this index are to be written anew.
        changed(): A tool was taken or put down, or another mark was chosen.
    """

    drawn = Signal(object)
    moved = Signal(int, object)
    words_wanted = Signal(int)
    changed = Signal()

    def __init__(self, view: FilmView, layer: MarkLayer) -> None:
        super().__init__(view)
        self._view, self._layer = view, layer
        self._tool: MarkKind | None = None
        self._hold: _Hold | None = None
        self._pressed = QPointF()
        self._digest: str | None = None
        view.viewport().installEventFilter(self)

    @property
    def tool(self) -> MarkKind | None:
        """What the left button draws; None where it sets window and level."""
        return self._tool

    @property
    def is_busy(self) -> bool:
        """Whether there is anything `put_down` would put down."""
        return self._tool is not None or self._layer.draft is not None or self._layer.chosen is not None

    @property
    def is_drawing(self) -> bool:
        """Whether a mark is begun, or on its way to another place."""
        return self._layer.draft is not None or self._hold is not None

    def take(self, tool: MarkKind | None) -> None:
        """Draw marks of this kind from now on; None draws none."""
        self._let_go()
        self._tool = tool
        if tool is not None:
            self._layer.chosen = None
        self._show_cursor(None)
        self._tell()

    def choose(self, index: int | None) -> None:
        """Take hold of the mark of this index of the film on the screen."""
        if index != self._layer.chosen:
            self._layer.chosen = index
            self._tell()

    def put_down(self) -> None:
        """Drop what is being drawn or moved; where there is nothing of that, the tool; and then the chosen mark."""
        if self.is_drawing:
            self._let_go()
            self._tell()
        elif self._tool is not None:
            self.take(None)
        else:
            self.choose(None)

    def follow_film(self) -> None:
        """Another film may stand on the screen: nothing begun on the one before may end on it."""
        if self._digest != self._layer.digest:
            self._digest = self._layer.digest
            self._layer.pending = None
            self._let_go()
            self.choose(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if self._view.radiograph is None:
            return False
        self.follow_film()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._explain(event)
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseMove:
            self._move(event)
            return False  # the view tells what lies under the pointer
        if event.button() == Qt.MouseButton.RightButton and event.type() == QEvent.Type.MouseButtonPress:
            self._choose_for_menu(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            return self._release(event)
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.type() == QEvent.Type.MouseButtonPress:
            return is_plain and self._press(event.position())
        if event.type() == QEvent.Type.MouseButtonDblClick:
            return is_plain and self._double_click(event.position())
        return False

    def _press(self, place: QPointF) -> bool:
        self._pressed = place
        point = self._layer.film_point(place)
        if self._tool is not None:
            if self._layer.draft is None:
                self._layer.draft = Draft(self._tool, along_x=self._view.orientation.quarter_turns % 2 == 0)
            self._layer.draft.press(point)
            self._tell()
            return True
        hit = self._layer.hit(place)
        self.choose(hit.index if hit else None)
        if hit:
            self._hold = _Hold(hit, point, self._layer.marks[hit.index])
        return hit is not None

    def _move(self, event: QMouseEvent) -> None:
        point = self._layer.film_point(event.position())
        if self._layer.draft is not None:
            self._layer.draft.move(point)
            self._layer.update()
        elif self._hold is not None and not self._is_click(event.position()):
            self._layer.preview = (self._hold.hit.index, self._hold.at(point, self._size()))
            self._layer.update()
        if event.buttons() == Qt.MouseButton.NoButton:
            self._show_cursor(self._layer.hit(event.position()))

    def _release(self, event: QMouseEvent) -> bool:
        draft = self._layer.draft
        if draft is not None:
            draft.release(self._layer.film_point(event.position()), is_click=self._is_click(event.position()))
            if draft.is_complete and draft.mark is not None:
                self._let_go()
                self.drawn.emit(draft.mark)
            self._tell()
            return True
        if self._hold is None:
            return False
        preview = self._layer.preview
        self._let_go()
        if preview is not None:
            self.moved.emit(*preview)
        return True

    def _choose_for_menu(self, place: QPointF) -> None:
        """The menu that may follow speaks of the mark under the pointer."""
        hit = self._layer.hit(place)
        if hit is not None and self._tool is None:
            self.choose(hit.index)

    def _double_click(self, place: QPointF) -> bool:
        """The second press of two: while drawing it is one like any other."""
        if self._tool is not None:
            return self._press(place)
        hit = self._layer.hit(place)
        if hit is not None and self._layer.marks[hit.index].kind is MarkKind.TEXT:
            self.words_wanted.emit(hit.index)
        return hit is not None

    def _explain(self, event: QHelpEvent) -> bool:
        if self._layer.hit(QPointF(event.pos())) is None:
            return False
        QToolTip.showText(event.globalPos(), as_markup(self._layer.scale.origin), self._view)
        return True

    def _is_click(self, place: QPointF) -> bool:
        return (place - self._pressed).manhattanLength() <= _CLICK_SLOP

    def _size(self) -> tuple[float, float]:
        film = self._view.radiograph
        return (film.width, film.height) if film else (0.0, 0.0)

    def _show_cursor(self, hit: Hit | None) -> None:
        viewport = self._view.viewport()
        if self._tool is not None:
            viewport.setCursor(Qt.CursorShape.CrossCursor)
        elif hit is not None:
            is_grip = hit.grip is not None
            viewport.setCursor(Qt.CursorShape.PointingHandCursor if is_grip else Qt.CursorShape.SizeAllCursor)
        else:
            viewport.unsetCursor()

    def _let_go(self) -> None:
        self._layer.draft, self._layer.preview, self._hold = None, None, None

    def _tell(self) -> None:
        self._layer.update()
        self.changed.emit()
