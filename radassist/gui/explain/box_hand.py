"""One box, drawn on the film with the left button."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QRubberBand

from radassist.domain.whatif import Box
from radassist.gui.film.image_view import FilmView

_LEAST = 4


class BoxHand(QObject):
    """Takes the left button for one box and puts itself down.

    Signals:
        drawn(object): The Box, in film pixels.
        put_down(): The left button does what it did before.
    """

    drawn = Signal(object)
    put_down = Signal()

    def __init__(self, view: FilmView) -> None:
        super().__init__(view)
        self._view, self._viewport, self._start = view, view.viewport(), QPoint()
        self._is_taken = self._is_drawing = False
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self._viewport)

    def take(self, taken: bool) -> None:
        """Draw the next box, or do not."""
        if taken == self._is_taken:
            return
        self._is_taken, self._is_drawing = taken, False
        self._band.hide()
        if taken:
            self._viewport.installEventFilter(self)
            self._viewport.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self._viewport.removeEventFilter(self)
            self._viewport.unsetCursor()
            self.put_down.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if not isinstance(event, QMouseEvent):
            return False  # before anything of the view is touched: the last events come while it goes
        place = event.position().toPoint()
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() == Qt.MouseButton.LeftButton:
                self._start, self._is_drawing = place, True
            case QEvent.Type.MouseMove if self._is_drawing:
                self._band.setGeometry(QRect(self._start, place).normalized())
                self._band.show()
            case QEvent.Type.MouseButtonRelease if self._is_drawing and event.button() == Qt.MouseButton.LeftButton:
                self._finish(QRect(self._start, place).normalized())
            case _:
                return False
        return True

    def _finish(self, place: QRect) -> None:
        self._is_drawing = False
        self._band.hide()
        found = self._view.film_region(place)
        if found is None or min(place.width(), place.height()) < _LEAST:
            return  # a click, or beside the film: the hand waits for a box
        rows, columns = found
        self.take(False)
        self.drawn.emit(Box(rows.start, columns.start, rows.stop, columns.stop))
