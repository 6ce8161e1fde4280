"""Shows the core sample under the pointer while that is wanted."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint

from radassist.gui.film.image_view import FilmView, PointerInfo
from radassist.gui.inside.core_column import CoreColumn
from radassist.gui.inside.core_sample import CoreDrill, film_rows
from radassist.gui.main_window import MainWindow
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

_WANTED = "blocks/core_sample"


class CorePresenter(QObject):
    """The drill is made anew when film, maps or choices change; a moving pointer only looks values up.

    Attributes:
        column: What stands beside the pointer.
    """

    def __init__(
        self,
        window: MainWindow,
        presenter: Presenter,
        settings: WindowSettings,
        layer_on: Callable[[FilmView], MarkLayer],
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._layer_on = window, settings, layer_on
        self._drill: CoreDrill | None = None
        self._info: PointerInfo | None = None
        self.column = CoreColumn(window.theme, window.film.viewport())
        self._action = window.actions_by_id["core_sample"]
        self._action.setChecked(settings.text(_WANTED, "false") == "true")
        window.actions_by_id.connect({"core_sample": self._toggle})
        window.film.pointer_moved.connect(self._on_pointer)
        window.blocks.overlay_changed.connect(lambda _: self._forget())
        presenter.films.shown.connect(self._forget)

    def _toggle(self) -> None:
        self._settings.set_text(_WANTED, "true" if self._action.isChecked() else "false")
        self._show()

    def _forget(self) -> None:
        self._drill = None
        if self._window.film.radiograph is None:
            self._info = None
        self._show()

    def _on_pointer(self, info: PointerInfo | None) -> None:
        self._info = info
        self._show()

    def _show(self) -> None:
        maps, info, film = self._window.blocks.maps, self._info, self._window.film
        if not self._action.isChecked() or maps is None or info is None:
            self.column.hide()
            return
        if self._drill is None:
            self._drill = CoreDrill(maps, self._window.blocks.state())
        rows = (*film_rows(info, self._layer_on(film).scale), *self._drill.at(info.row, info.column))
        self.column.show_rows(rows, self._drill.what, film.pointer or QPoint())
