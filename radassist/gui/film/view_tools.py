"""What a drag of the mouse does on the film: one tool for each act."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QRubberBand, QWidget

from radassist.domain.radiograph import LookupTable, Radiograph, Window
from radassist.gui.film.mouse_choice import MouseAct
from radassist.imaging import rendering

_PIXELS_PER_RANGE = 500.0
_PIXELS_PER_DOUBLING = 150.0
_PIXELS_PER_FILM = 40
_MANUAL = "Manual"


class ToolView(Protocol):
    """What a tool needs of the view it works on. Positions are viewport pixels."""

    @property
    def radiograph(self) -> Radiograph | None:
        """The film on the screen."""

    @property
    def shown_window(self) -> Window | LookupTable | None:
        """What it is shown through."""

    def set_window(self, window: Window | LookupTable) -> None:
        """Show the film through `window`."""

    def preview_window(self, window: Window | LookupTable) -> None:
        """As `set_window`, while it is still changing."""

    def pan_by(self, delta: QPoint) -> None:
        """Move the film."""

    def zoom_by(self, factor: float, anchor: QPoint | None = None) -> None:
        """Zoom about a position."""

    def film_region(self, region: QRect) -> tuple[slice, slice] | None:
        """Rows and columns under a part of the viewport; None where there is no film."""

    def step_films(self, count: int) -> None:
        """Ask for another film: forward, or back when negative."""

    def hold_lens(self, held: bool) -> None:
        """Ask for the magnifier under the pointer, or for its end."""

    def viewport(self) -> QWidget:
        """What the mouse moves over."""


class Tool(ABC):
    """One drag, from the press of a button to its release.

    Attributes:
        cursor: Pointer shape while it works.
        outlives_film: Whether it goes on when another film comes.
    """

    cursor = Qt.CursorShape.ArrowCursor
    outlives_film = False

    def __init__(self, view: ToolView, start: QPoint) -> None:
        self._view, self._start = view, start

    @abstractmethod
    def move(self, position: QPoint) -> None:
        """The pointer is at `position` now."""

    @abstractmethod
    def finish(self) -> None:
        """The button was released."""

    @abstractmethod
    def cancel(self) -> None:
        """Put everything back as it was at the press."""


class WindowTool(Tool):
    """Right widens the window, left narrows it; down raises the level, up lowers it."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, view: ToolView, start: QPoint) -> None:
        super().__init__(view, start)
        film, shown = view.radiograph, view.shown_window
        if film is None or shown is None:
            raise ValueError("there is no film to window")
        self._before = shown
        self._base = rendering.linear_equivalent(film, shown)
        self._range = rendering.full_range(film)
        # One stray bright pixel can make the range many times wider than what the file means to show.
        usual = rendering.linear_equivalent(film, film.windows[0]).width
        self._values_per_pixel = min(self._range.width, 4 * usual) / _PIXELS_PER_RANGE

    def move(self, position: QPoint) -> None:
        """Preview the window that lies as far from the first as `position` from the press."""
        delta = (position - self._start).toPointF() * self._values_per_pixel
        spread, middle = self._range.width, self._range.center
        width = min(max(self._base.width + delta.x(), 1.0), max(4 * spread, self._base.width))
        reach = max(spread, abs(self._base.center - middle))
        center = min(max(self._base.center + delta.y(), middle - reach), middle + reach)
        self._view.preview_window(replace(self._base, center=center, width=width, name=_MANUAL))

    def finish(self) -> None:
        """Keep the window."""
        if self._view.shown_window is not None:
            self._view.set_window(self._view.shown_window)

    def cancel(self) -> None:
        """Show what was shown before, be it a table."""
        self._view.set_window(self._before)


class PanTool(Tool):
    """The film follows the hand."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: ToolView, start: QPoint) -> None:
        super().__init__(view, start)
        self._last = start

    def move(self, position: QPoint) -> None:
        """Carry the film along."""
        self._view.pan_by(position - self._last)
        self._last = position

    def finish(self) -> None:
        """The film lies where it was carried."""

    def cancel(self) -> None:
        """Carry the film back."""
        self.move(self._start)


class ZoomTool(Tool):
    """Up enlarges, down makes smaller, about the point where the button went down."""

    cursor = Qt.CursorShape.SizeVerCursor

    def __init__(self, view: ToolView, start: QPoint) -> None:
        super().__init__(view, start)
        self._last = start

    def move(self, position: QPoint) -> None:
        """Twice the size for every 150 pixels up."""
        self._view.zoom_by(2 ** ((self._last.y() - position.y()) / _PIXELS_PER_DOUBLING), self._start)
        self._last = position

    def finish(self) -> None:
        """The zoom stays."""

    def cancel(self) -> None:
        """Zoom back."""
        self.move(self._start)


class RegionTool(Tool):
    """Draws a rectangle and takes the window from the darkest to the brightest value in it."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: ToolView, start: QPoint) -> None:
        super().__init__(view, start)
        self._region = QRect(start, start)
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, view.viewport())

    def move(self, position: QPoint) -> None:
        """Draw the rectangle."""
        self._region = QRect(self._start, position).normalized()
        self._band.setGeometry(self._region)
        self._band.show()

    def finish(self) -> None:
        """Take the window of what lies in the rectangle."""
        self._close()
        film, region = self._view.radiograph, self._view.film_region(self._region)
        if film is not None and region is not None:
            window = rendering.full_range(replace(film, pixels=film.pixels[region]))
            # Padding alone, or one value throughout, says nothing of how to show the rest.
            if window.width > 1:
                self._view.set_window(replace(window, name="Region"))

    def cancel(self) -> None:
        """Take the rectangle away."""
        self._close()

    def _close(self) -> None:
        self._band.hide()
        self._band.deleteLater()


class LensTool(Tool):
    """The magnifier lies under the pointer for as long as the button is held."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: ToolView, start: QPoint) -> None:
        super().__init__(view, start)
        view.hold_lens(True)

    def move(self, position: QPoint) -> None:
        """The lens follows the pointer by itself."""

    def finish(self) -> None:
        """Take the lens away."""
        self._view.hold_lens(False)

    def cancel(self) -> None:
        """Take the lens away."""
        self._view.hold_lens(False)


class FilmsTool(Tool):
    """Down goes on through the films, up goes back: a film for every 40 pixels."""

    cursor = Qt.CursorShape.SizeVerCursor
    outlives_film = True

    def __init__(self, view: ToolView, start: QPoint) -> None:
        super().__init__(view, start)
        self._gone = 0

    def move(self, position: QPoint) -> None:
        """Step as far as the hand has come."""
        wanted = int((position.y() - self._start.y()) / _PIXELS_PER_FILM)
        if wanted != self._gone:
            self._view.step_films(wanted - self._gone)
            self._gone = wanted

    def finish(self) -> None:
        """The film that was reached stays."""

    def cancel(self) -> None:
        """Go back to the film the hand came from."""
        self.move(self._start)


TOOLS: Mapping[MouseAct, type[Tool]] = MappingProxyType(
    {
        MouseAct.WINDOW: WindowTool,
        MouseAct.REGION: RegionTool,
        MouseAct.PAN: PanTool,
        MouseAct.ZOOM: ZoomTool,
        MouseAct.LENS: LensTool,
        MouseAct.FILMS: FilmsTool,
    }
)
