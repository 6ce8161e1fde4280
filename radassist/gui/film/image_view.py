"""The film view: one film, what is laid over it, and the reader's hands on both."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from radassist.domain.radiograph import LookupTable, Radiograph, Window
from radassist.gui.film.contour_item import ContourItem
from radassist.gui.film.corner_texts import corner_texts
from radassist.gui.film.film_item import FilmItem
from radassist.gui.film.film_levels import FilmLevels
from radassist.gui.film.mouse_tools import MouseTools
from radassist.gui.film.orientation import Orientation
from radassist.gui.film.overlay import AnyOverlay, Contours
from radassist.gui.film.overlay_item import OverlayItem
from radassist.gui.film.view_texts import ViewTexts
from radassist.gui.film.zoom_view import ZoomView
from radassist.gui.theme import Theme
from radassist.gui.widgets.drops import local_paths
from radassist.gui.widgets.plain_text import one_line
from radassist.imaging import rendering

INVITATION = "Drop films or a folder here, or press Ctrl+O"
_LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class PointerInfo:
    """The film pixel under the pointer, as stored: turns and flips of the view do not change its place."""

    row: int
    column: int
    value: rendering.ValueAt


class FilmView(ZoomView):
    """Shows one film. Scene coordinates: film pixel (row, column) lies at x = column, y = row * film.aspect.

    Window, invert, turns and flips are the reader's, belong to one film and are gone with it.

    Attributes:
        mouse: What buttons and wheel do.
        several_open: There are films to step through.
        layers: What paints over the film and under the words, in the viewport's own pixels.
        scale_words: What lengths rest on, for the corner.

    Signals:
        window_changed(object): Window or LookupTable the film is shown through now.
        pointer_moved(object): PointerInfo, or None when the pointer is on no film.
        step_requested(int): Films to go forward (back when negative).
        lens_held(bool): A magnifier is wanted for as long as a button is held, or is not any more.
        menu_requested(QPoint): A menu is wanted at this place of the screen.
        paths_dropped(list): Files and folders, as Path, that were dropped here.
        maximise_requested(): The film is to have the whole window, or to give it back.
    """

    window_changed = Signal(object)
    pointer_moved = Signal(object)
    step_requested = Signal(int)
    lens_held = Signal(bool)
    menu_requested = Signal(QPoint)
    paths_dropped = Signal(list)
    maximise_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mouse = MouseTools(self)
        self.several_open = False
        self.layers: list[Callable[[QPainter], None]] = []
        self.scale_words = ""
        self._reader_words = ""
        self._theme = theme
        self._film: FilmItem | None = None
        self._overlay: OverlayItem | ContourItem | None = None
        self._overlay_opacity = 0.5
        self._window: Window | LookupTable | None = None
        self._is_inverted = False
        self._shows_corner_texts = True
        self._message = INVITATION
        self._is_drop_near = False
        self._pointer: QPoint | None = None
        self._set_up()

    @property
    def radiograph(self) -> Radiograph | None:
        """The film on the screen."""
        return self._film.film if self._film else None

    @property
    def shown_window(self) -> Window | LookupTable | None:
        """What the film is shown through; None without a film."""
        return self._window

    @property
    def corner_texts_visible(self) -> bool:
        """Whether the corner texts are shown."""
        return self._shows_corner_texts

    @property
    def is_inverted(self) -> bool:
        """Whether the reader swapped black and white."""
        return self._is_inverted

    @property
    def pointer(self) -> QPoint | None:
        """Where the pointer is on the viewport; None when it is elsewhere."""
        return self._pointer

    @property
    def is_settled(self) -> bool:
        """Whether the window stands still, rather than being moved by the reader's hand."""
        return self._film is None or self._film.is_settled

    @property
    def has_overlay(self) -> bool:
        """Whether a map lies over the film."""
        return self._overlay is not None

    @property
    def overlay_words(self) -> str:
        """What the map over the film is; empty where there is none."""
        return self._overlay.words if self._overlay else ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader must be warned of: turns, flips and inversion."""
        return (*self.orientation.marks, *(("INVERTED",) if self._is_inverted else ()))

    @property
    def film_transform(self) -> QTransform:
        """From film pixels to the viewport's own; means nothing without a film."""
        return self._film.transform() * self.viewportTransform() if self._film else QTransform()

    def set_radiograph(self, film: Radiograph, levels: FilmLevels | None = None) -> None:
        """Show another film as its file asks for it, from `levels` where they were made ahead; nothing else stays."""
        self._remove_film()
        self._film = FilmItem(film, levels)
        self.scene().addItem(self._film)
        self._window = film.windows[0]
        self.set_content(QRectF(0, 0, film.width, film.height * film.aspect))
        self.fit()
        self.setAccessibleDescription(f"Film of {film.width} by {film.height} pixels")
        self.window_changed.emit(self._window)

    def clear(self, message: str = "") -> None:
        """Take the film away and say `message`, or invite to open films."""
        self._remove_film()
        self._message = one_line(message, _LONGEST_MESSAGE) or INVITATION
        self.set_content(QRectF())
        self.setAccessibleDescription(self._message)
        self.viewport().update()

    def set_overlay(self, overlay: AnyOverlay | None) -> None:
        """Lay a map over the film, or take it away; does nothing while there is no film."""
        self._remove_overlay()
        if overlay is None or self._film is None:
            return
        if isinstance(overlay, Contours):
            self._overlay = ContourItem(overlay, self._film)
        else:
            self._overlay = OverlayItem(overlay, self._film)
            self._overlay.setOpacity(self._overlay_opacity)

    def set_overlay_opacity(self, opacity: float) -> None:
        """Strength of a wash of colours, 0 to 1; kept for the maps to come."""
        self._overlay_opacity = opacity
        if isinstance(self._overlay, OverlayItem):
            self._overlay.setOpacity(opacity)

    def set_window(self, window: Window | LookupTable) -> None:
        """Show the film through `window`; does nothing while there is no film."""
        self._show_window(window, settled=True)

    def preview_window(self, window: Window | LookupTable) -> None:
        """As `set_window`, but quick: for a window that is still moving. `set_window` must follow."""
        self._show_window(window, settled=False)

    def toggle_invert(self) -> None:
        """Swap black and white, over what the file asks for."""
        self.set_inverted(not self._is_inverted)

    def set_inverted(self, inverted: bool) -> None:
        """Show black and white swapped, over what the file asks for, or not; does nothing while there is no film."""
        if self._film is not None and self._window is not None and inverted != self._is_inverted:
            self._is_inverted = inverted
            self.set_window(self._window)

    def reset(self) -> None:
        """Undo window, invert, turns, flips and zoom."""
        if self._film is None:
            return
        self.mouse.cancel()
        self._is_inverted = False
        self.set_window(self._film.film.windows[0])
        self.set_orientation(Orientation())
        self.fit()

    def set_corner_texts_visible(self, visible: bool) -> None:
        """Show or hide the corner texts; warning marks and the research line always stay."""
        self._shows_corner_texts = visible
        self.viewport().update()

    def set_reader_words(self, words: str) -> None:
        """Say `words` of the film in a corner, or nothing."""
        if words != self._reader_words:
            self._reader_words = words
            self.viewport().update()

    def film_region(self, region: QRect) -> tuple[slice, slice] | None:
        """Rows and columns of the film under a part of the viewport; None where they do not meet."""
        if self._film is None:
            return None
        inverse, _ = self.film_transform.inverted()
        place = inverse.mapRect(QRectF(region)).intersected(self._film.boundingRect())
        if place.isEmpty():
            return None
        rows = slice(floor(place.top()), ceil(place.bottom()))
        return rows, slice(floor(place.left()), ceil(place.right()))

    def step_films(self, count: int) -> None:
        """Ask for another film: forward, or back when negative."""
        self.step_requested.emit(count)

    def hold_lens(self, held: bool) -> None:
        """Ask for the magnifier under the pointer, or for its end."""
        self.lens_held.emit(held)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for paint in self.layers if self._film else ():
                paint(painter)
            self._paint_texts(painter, self.viewport().rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 - Qt's
        self.mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 - Qt's
        self._pointer = event.position().toPoint()
        self.mouse.move(self._pointer)
        self._report_pointer()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 - Qt's
        is_click = self.mouse.release(event)
        if is_click and event.button() == Qt.MouseButton.RightButton:
            self.menu_requested.emit(event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 - Qt's
        if event.button() != Qt.MouseButton.LeftButton:
            self.mouse.press(event)
        else:
            self.maximise_requested.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102, N802 - Qt's
        # The mouse asks for its menu on release, when it is clear that the press was no drag.
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(self.viewport().mapToGlobal(self.viewport().rect().center()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102, N802 - Qt's
        self.mouse.turn(event, several_open=self.several_open)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's
        if event.key() == Qt.Key.Key_Escape and self.mouse.is_dragging:
            self.mouse.cancel()
        else:
            # Not handed to the base class, which would scroll on keys that step through films and blocks.
            event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: D102, N802 - Qt's
        self._pointer = self.viewport().mapFrom(self, event.position().toPoint())
        self._report_pointer()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102, N802 - Qt's
        self._pointer = None
        self.pointer_moved.emit(None)
        super().leaveEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102, N802 - Qt's
        self._mark_drop(bool(local_paths(event.mimeData())))
        event.setAccepted(self._is_drop_near)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: D102, N802 - Qt's
        event.setAccepted(self._is_drop_near)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: D102, N802 - Qt's
        self._mark_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102, N802 - Qt's
        self._mark_drop(False)
        paths = local_paths(event.mimeData())
        # Taken as a copy: after a move the sender would delete its files.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(bool(paths))
        if paths:
            self.paths_dropped.emit(paths)

    def _set_up(self) -> None:
        self.setAccessibleName("Film")
        self.setAccessibleDescription(self._message)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundBrush(QColor(self._theme.film))
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setMinimumSize(240, 180)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.moved.connect(self._report_pointer)

    def _show_window(self, window: Window | LookupTable, *, settled: bool) -> None:
        if self._film is None:
            return
        self._window = window
        self._film.show_window(window, invert=self._is_inverted, settled=settled)
        self.window_changed.emit(window)

    def _remove_film(self) -> None:
        self.mouse.film_goes()
        self._remove_overlay()
        if self._film is not None:
            self.scene().removeItem(self._film)
        self._film, self._window, self._is_inverted = None, None, False
        self.set_orientation(Orientation())

    def _remove_overlay(self) -> None:
        if self._overlay is not None:
            self.scene().removeItem(self._overlay)
        self._overlay = None

    def _report_pointer(self) -> None:
        """Say what lies under the pointer; also when it rests and the film moves under it."""
        if self._pointer is not None:
            self.pointer_moved.emit(self._under_pointer())

    def _under_pointer(self) -> PointerInfo | None:
        if self._film is None or self._pointer is None:
            return None
        film, point = self._film.film, self.scene_point(self._pointer)
        row, column = floor(point.y() / film.aspect), floor(point.x())
        if not (0 <= row < film.height and 0 <= column < film.width):
            return None
        value = rendering.value_at(film, row, column, self._window, invert=self._is_inverted)
        return PointerInfo(row, column, value)

    def _mark_drop(self, is_near: bool) -> None:
        self._is_drop_near = is_near
        self.viewport().update()

    def _paint_texts(self, painter: QPainter, view: QRect) -> None:
        words = ViewTexts(self._theme, self.font())
        if self._film is None or self._window is None:
            self._paint_message(words, painter, view)
        else:
            plates = words.paint_marks(painter, view, self.warnings)
            if self._shows_corner_texts:
                texts = corner_texts(self._film.film, self._window, self.zoom, self.scale_words, self._reader_words)
                words.paint_corners(painter, view, texts, plates)
        words.paint_research_line(painter, view)
        if self._is_drop_near or self.hasFocus():
            painter.setPen(QColor(self._theme.accent if self._is_drop_near else self._theme.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(view).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_message(self, words: ViewTexts, painter: QPainter, view: QRect) -> None:
        if self._is_drop_near or self._message == INVITATION:
            words.paint_invitation(painter, view, INVITATION, is_drop_near=self._is_drop_near)
        else:
            words.paint_message(painter, view, self._message)
