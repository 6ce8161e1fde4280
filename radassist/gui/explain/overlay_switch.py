"""Several panels can lay a map over the film; the one that is in front does."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTabWidget, QWidget

from radassist.domain.dicom_results import MapOverFilm
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.overlay import AnyOverlay


class OverlaySwitch(QObject):
    """Knows the newest overlay of every panel and shows that of the front one.

    What is read beside the film is what lies over it.
    """

    def __init__(self, tabs: QTabWidget, film: FilmView) -> None:
        super().__init__(tabs)
        self._tabs, self._film = tabs, film
        self._overlays: dict[QWidget, AnyOverlay | None] = {}
        tabs.currentChanged.connect(lambda _: self._show())

    @property
    def raw(self) -> MapOverFilm | None:
        """The values of the map that lies over the film now; None where none does."""
        overlay = self._overlays.get(self._tabs.currentWidget())
        return overlay.raw if overlay else None

    @property
    def has_maps_in_front(self) -> bool:
        """Whether what is in front is one that lays maps over the film, now or at other times."""
        return self._tabs.currentWidget() in self._overlays

    def offer(self, panel: QWidget, overlay: AnyOverlay | None) -> None:
        """What `panel` would lay over the film from now on; None for nothing."""
        self._overlays[panel] = overlay
        if panel is self._tabs.currentWidget():
            self._show()

    def _show(self) -> None:
        front = self._tabs.currentWidget()
        self._film.set_overlay(self._overlays.get(front) if front else None)
