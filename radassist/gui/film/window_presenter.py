"""The acts of the Window level menu: presets, the file's own list, and the panel with the histogram."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from radassist.domain.radiograph import Radiograph
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.window_choices import OfferedView, window_choices
from radassist.gui.film.window_panel import WindowPanel
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.theme import Theme
from radassist.imaging import rendering
from radassist.imaging.rendering import AnyWindow
from radassist.imaging.windowing import ChestPreset, preset_window, sampled_histogram

_PRESET_ACTS = {
    "window_lung": ChestPreset.LUNG,
    "window_bone": ChestPreset.BONE,
    "window_soft": ChestPreset.SOFT,
    "window_contrast": ChestPreset.HIGH_CONTRAST,
}


class WindowPresenter(QObject):
    """Lets the film be shown through other windows, and shows the one in force.

    Attributes:
        panel: Histogram, numbers and list.
        offers: What else the list offers for the film in a view.
    """

    def __init__(self, window: MainWindow, presenter: Presenter, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._pictured: Radiograph | None = None
        self.offers: list[Callable[[FilmView], Iterable[OfferedView]]] = []
        self._menu = QMenu(window)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.panel = WindowPanel(theme, self._menu)
        self._dock = window.add_panel("Window level", self.panel, Qt.DockWidgetArea.LeftDockWidgetArea, "window")
        window.actions_by_id.connect(
            {
                "window_full": self._show_full_range,
                "window_default": partial(self._show_own, 0),
                "window_second": partial(self._show_own, 1),
                **{act: partial(self._show_preset, preset) for act, preset in _PRESET_ACTS.items()},
                "window_list": self._open_menu,
                "window_panel": self._toggle_panel,
            }
        )
        self._dock.visibilityChanged.connect(self._on_visibility)
        for view in (window.film_area.first, window.film_area.second):
            view.window_changed.connect(self._refresh)
        window.film_area.active_changed.connect(self._refresh)
        presenter.films.shown.connect(self._refresh)
        self.panel.edited.connect(self._on_edited)

    @property
    def _view(self) -> FilmView:
        return self._window.active_film

    def _show_full_range(self) -> None:
        film = self._view.radiograph
        if film:
            self._view.set_window(rendering.full_range(film))

    def _show_own(self, index: int) -> None:
        film = self._view.radiograph
        if film is None:
            return
        if index < len(film.windows):
            self._view.set_window(film.windows[index])
        else:
            self._window.show_message("This file offers no second window.")

    def _show_preset(self, preset: ChestPreset) -> None:
        film = self._view.radiograph
        if film:
            self._view.set_window(preset_window(sampled_histogram(film), preset, inverted=film.inverted))

    def _fill_menu(self) -> None:
        self._menu.clear()
        film, shown = self._view.radiograph, self._view.shown_window
        if film is None:
            return
        for choice in window_choices(film):
            action = self._menu.addAction(choice.text.replace("&", "&&"), partial(self._view.set_window, choice.window))
            action.setCheckable(True)
            action.setChecked(choice.window is shown)
        for offered in (each for offer in self.offers for each in offer(self._view)):
            text = offered.text.replace("&", "&&")
            if offered.apply is None:
                self._menu.addAction(text).setEnabled(False)
            else:
                self._menu.addAction(text, offered.apply)
        self._menu.addSeparator()
        self._menu.addActions([self._window.actions_by_id[act] for act in ("window_full", *_PRESET_ACTS)])

    def _open_menu(self) -> None:
        viewport = self._view.viewport()
        self._menu.popup(viewport.mapToGlobal(viewport.rect().center()))

    def _toggle_panel(self) -> None:
        self._dock.setVisible(self._dock.isHidden())
        if not self._dock.isHidden():
            self._dock.raise_()

    def _on_visibility(self) -> None:
        self._window.actions_by_id["window_panel"].setChecked(not self._dock.isHidden())
        self._refresh()

    def _on_edited(self, window: AnyWindow, is_settled: bool) -> None:
        if is_settled:
            self._view.set_window(window)
        else:
            self._view.preview_window(window)

    def _refresh(self) -> None:
        """Show film and window in force; costs nothing while the panel is hidden."""
        if self._dock.isHidden():
            return
        film = self._view.radiograph
        if film is not self._pictured:
            self._pictured = film
            self.panel.show_film(film, sampled_histogram(film) if film else None)
        inverted = film is not None and film.inverted != self._view.is_inverted
        self.panel.show_window(self._view.shown_window, inverted=inverted)
