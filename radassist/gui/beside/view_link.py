"""Lets two film views move together: zoom, place and turns always when linked, the window where that is wanted, too."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject

from radassist.domain.radiograph import Radiograph, Window
from radassist.gui.film.image_view import FilmView
from radassist.imaging.histogram import Histogram
from radassist.imaging.rendering import AnyWindow, linear_equivalent
from radassist.imaging.windowing import matched_window, sampled_histogram


class ViewLink(QObject):
    """Each view follows the other.

    Two films have scales of their own, so a window is carried over by shares of pixels and not by its numbers. The same
    film on both sides always has the same window.

    Attributes:
        moves: Zoom, place, turns and flips are shared.
        windows: The window and inversion of two films are shared.
    """

    def __init__(self, first: FilmView, second: FilmView, parent: QObject) -> None:
        super().__init__(parent)
        self.moves, self.windows = True, False
        self._views = (first, second)
        self._is_resting = False
        self._pictures: list[tuple[Radiograph, Histogram]] = []
        for leader, follower in ((first, second), (second, first)):
            leader.moved.connect(lambda leader=leader, follower=follower: self._follow(leader, follower))
            leader.window_changed.connect(
                lambda _, leader=leader, follower=follower: self._follow_window(leader, follower)
            )

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Neither view follows the other meanwhile: for changing the film in one of them."""
        before, self._is_resting = self._is_resting, True
        try:
            yield
        finally:
            self._is_resting = before

    def align(self) -> None:
        """Bring the second view to where the first is."""
        first, second = self._views
        self._follow(first, second)
        self._follow_window(first, second)

    def _follow(self, leader: FilmView, follower: FilmView) -> None:
        place = leader.place
        if self.moves and not self._is_resting and place is not None:
            with self.resting():
                follower.take_place(place)

    def _follow_window(self, leader: FilmView, follower: FilmView) -> None:
        film, other, shown = leader.radiograph, follower.radiograph, leader.shown_window
        if self._is_resting or film is None or other is None or shown is None or not (self.windows or film is other):
            return
        window = shown if film is other else self._matched(film, shown, other)
        with self.resting():
            follower.set_inverted(leader.is_inverted)
            if leader.is_settled:
                follower.set_window(window)
            else:
                follower.preview_window(window)

    def _matched(self, film: Radiograph, shown: AnyWindow, other: Radiograph) -> Window:
        return matched_window(linear_equivalent(film, shown), self._picture_of(film), self._picture_of(other))

    def _picture_of(self, film: Radiograph) -> Histogram:
        """Counted once for each of the two films at hand."""
        for known, picture in self._pictures:
            if known is film:
                return picture
        picture = sampled_histogram(film)
        self._pictures = [*self._pictures[-1:], (film, picture)]
        return picture
