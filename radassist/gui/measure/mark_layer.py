"""The marks of the film on the screen as they are shown now: what is painted, and what lies under a place."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter, QTransform

from radassist.domain.film_scale import FilmScale, ScaleBasis, scale_of_file
from radassist.domain.measurement import REGIONS, FilmMarks, Mark, Point, area
from radassist.domain.radiograph import Radiograph
from radassist.gui.film.image_view import FilmView
from radassist.gui.measure.draft import Draft
from radassist.gui.measure.mark_book import MarkBook
from radassist.gui.measure.mark_painter import MarkPainter, PaintedMark, Room
from radassist.gui.measure.mark_shape import grip_at, is_touched, outline, places
from radassist.gui.measure.mark_words import mark_lines
from radassist.gui.theme import Theme
from radassist.imaging.measuring import measure

_MARGIN = 6
_MOST_WORDS = 200
_MOST_LIVE_PIXELS = 1 << 19
_LATER = "values when the hand rests"
_PIXELS = FilmScale(1.0, 1.0, ScaleBasis.PIXELS)
_CORNER_SHARE, _CORNER_LETTERS, _CORNER_LINES = 0.36, 13, 3.8
"""About what the corner texts cover: at most so much of the width, so many lines' heights across, so many lines."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a place.

    Attributes:
        index: Which mark.
        grip: Which of its grips; None for its lines and words, by which it is moved as a whole.
    """

    index: int
    grip: int | None = None


class MarkLayer:
    """Paints the marks of the film that `view` shows.

    Attributes:
        draft: What is being drawn.
        pending: A mark that is drawn and waits for words or for its true length.
        preview: A mark that is being moved, in place of the one with this index.
        chosen: Index of the mark taken hold of.
    """

    def __init__(self, view: FilmView, book: MarkBook, theme: Theme) -> None:
        self._view, self._book = view, book
        self._painter = MarkPainter(theme, view.font())
        self._plates: list[QRectF | None] = []
        self._words: dict[Mark, tuple[str, ...]] = {}
        self._words_of: tuple[Radiograph | None, FilmScale | None] = (None, None)
        self.draft: Draft | None = None
        self.pending: Mark | None = None
        self.preview: tuple[int, Mark] | None = None
        self.chosen: int | None = None

    @property
    def digest(self) -> str | None:
        """SHA-256 of the film on the screen; None without a film."""
        film = self._view.radiograph
        return film.facts.sha256 if film else None

    @property
    def film_marks(self) -> FilmMarks:
        """All that is drawn on the film on the screen."""
        return self._book.of(self.digest or "")

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks as they are seen: one that is being moved is where the hand has it."""
        kept = self.film_marks
        return (kept.exchanged(*self.preview) if self.preview else kept).marks

    @property
    def scale(self) -> FilmScale:
        """The scale of the film on the screen: calibrated by hand, else the file's.

        Raises:
            ValueError: If there is no film.
        """
        if self._view.radiograph is None:
            raise ValueError("there is no film to measure on")
        return self.film_marks.by_hand or scale_of_file(self._view.radiograph)

    def film_point(self, place: QPointF) -> Point:
        """The place of the film under the middle of a viewport pixel; the nearest one on the film."""
        film = self._view.radiograph
        half = 0.5 / self._view.devicePixelRatioF()
        inverse, _ = self._view.film_transform.inverted()
        point = inverse.map(place + QPointF(half, half))
        return Point(point.x(), point.y()).inside(film.width if film else 0, film.height if film else 0)

    def hit(self, place: QPointF) -> Hit | None:
        """What lies under a place of the viewport: the chosen mark's grips first, then the mark painted last."""
        to_view, marks = self._view.film_transform, self.marks
        if self.chosen is not None and self.chosen < len(marks):
            grip = grip_at(places(marks[self.chosen].grips, to_view), place)
            if grip is not None:
                return Hit(self.chosen, grip)
        for index in reversed(range(len(marks))):
            plate = self._plates[index] if index < len(self._plates) else None
            path = outline(marks[index].kind, places(marks[index].points, to_view))
            grip = grip_at(places(marks[index].points, to_view), place)
            if grip is not None or is_touched(path, place) or (plate is not None and plate.contains(place)):
                return Hit(index, grip)
        return None

    def paint(self, painter: QPainter) -> None:
        """Paint every mark, the chosen one with its grips, and what is being drawn."""
        moving = self.preview[0] if self.preview else None
        shown = [
            self._painted(mark, is_chosen=index == self.chosen, is_moving=index == moving)
            for index, mark in enumerate(self.marks)
        ]
        unfinished = self._unfinished()
        has_corners = self._view.corner_texts_visible
        room = self._room(QRectF(self._view.viewport().rect()), has_lower=has_corners, has_upper=has_corners)
        plates = self._painter.paint(painter, self._view.film_transform, room, [*shown, *unfinished])
        self._plates = plates[: len(shown)]

    def paint_fixed(self, painter: QPainter, to_picture: QTransform, view: QRectF, *, is_patient_shown: bool) -> None:
        """Paint what is drawn on the film into a picture: nothing chosen, nothing half done.

        Args:
            painter: Of the picture.
            to_picture: From film pixels to the picture's.
            view: All of the picture.
            is_patient_shown: Whether the upper corners have words, too.
        """
        marks = [PaintedMark(mark.kind, mark.points, self.lines(mark)) for mark in self.film_marks.marks]
        self._painter.paint(painter, to_picture, self._room(view, has_lower=True, has_upper=is_patient_shown), marks)

    def update(self) -> None:
        """Have the view painted again."""
        self._view.viewport().update()

    def lines(self, mark: Mark) -> tuple[str, ...]:
        """The words of `mark` on the film on the screen."""
        film = self._view.radiograph
        if film is None:
            return ()
        if self._words_of != (film, self.scale) or len(self._words) > _MOST_WORDS:
            self._words, self._words_of = {}, (film, self.scale)
        if mark not in self._words:
            self._words[mark] = mark_lines(mark, measure(film, mark, self.scale))
        return self._words[mark]

    def _painted(self, mark: Mark, *, is_chosen: bool, is_moving: bool = False) -> PaintedMark:
        lines = self._lines_on_the_way(mark) if is_moving else self.lines(mark)
        return PaintedMark(mark.kind, mark.points, lines, mark.grips, is_chosen)

    def _lines_on_the_way(self, mark: Mark) -> tuple[str, ...]:
        """The words of a mark under the hand: those of a region that takes long to count come when it rests."""
        if mark.kind in REGIONS and area(mark, _PIXELS) > _MOST_LIVE_PIXELS:
            return (_LATER,)
        return self.lines(mark)

    def _unfinished(self) -> list[PaintedMark]:
        if self.pending is not None:
            return [self._painted(self.pending, is_chosen=True)]
        if self.draft is None or not self.draft.points:
            return []
        mark = self.draft.mark
        return [PaintedMark(self.draft.kind, self.draft.points, self._lines_on_the_way(mark) if mark else ())]

    def _room(self, view: QRectF, *, has_lower: bool, has_upper: bool) -> Room:
        """Where words may stand: off the edge and the research line, and clear of the corner texts if that can be."""
        line = self._view.fontMetrics().lineSpacing()
        box = view.adjusted(_MARGIN, _MARGIN, -_MARGIN, -line - 2 * _MARGIN)
        size = QSizeF(min(_CORNER_SHARE * box.width(), _CORNER_LETTERS * line), _CORNER_LINES * line)
        lefts, tops = (box.left(), box.right() - size.width()), []
        tops += [box.top()] if has_upper else []
        tops += [box.bottom() - size.height()] if has_lower else []
        return Room(box, tuple(QRectF(QPointF(left, top), size) for left in lefts for top in tops))
