"""Connects every act of the action table to what it does, and keeps exactly those enabled that make sense now."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from radassist.gui.actions.spec import Menu, Need
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.pointer_line import pointer_line
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.widgets import dialogs
from radassist.gui.widgets.peek_key import PeekKey
from radassist.gui.worklist.worklist_order import Order
from radassist.gui.worklist.worklist_studies import Level

_ZOOM_STEP = 1.25
_OPACITY_STEP = 0.1


class Intents(QObject):
    """The acts of one window, connected."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        self._peek = PeekKey(Qt.Key.Key_G, self._toggle_overlay, self)
        window.actions_by_id.connect(self._acts())
        self._connect_panels()
        self._show_checks()
        self.refresh()

    def watch_keys(self, application: QApplication) -> None:
        """See the release of the peek key wherever the keyboard is."""
        application.installEventFilter(self._peek)

    def refresh(self) -> None:
        """Enable the acts that make sense now and show what is switched on."""
        queue = self._presenter.queue
        film = self._presenter.films.current
        has_maps = film is not None and film.analysis is not None and bool(film.analysis.feature_maps)
        met = {
            Need.ITEMS: self._window.worklist_model.rowCount() > 0,
            Need.FILM: film is not None,
            Need.MAPS: has_maps,
            Need.IDLE_QUEUE: not queue.is_running and bool(queue.waiting()),
            Need.RUNNING_QUEUE: queue.is_running,
            Need.FAILED: not queue.is_running and bool(queue.failed()),
        }
        self._window.actions_by_id.set_met(met)
        self._show_checks()

    def _acts(self) -> dict[str, Callable[[], object]]:
        return {
            **self._file_acts(),
            **self._film_acts(),
            **self._block_acts(),
            **self._queue_acts(),
            **self._view_acts(),
        }

    def _file_acts(self) -> dict[str, Callable[[], object]]:
        return {
            "open_files": self._open_files,
            "open_folder": self._open_folder,
            "clear": self._presenter.close_all,
            "quit": self._window.close,
        }

    def _film_acts(self) -> dict[str, Callable[[], object]]:
        worklist, on_film = self._window.worklist, self._on_active_film
        return {
            "next_film": partial(worklist.step, 1),
            "previous_film": partial(worklist.step, -1),
            "next_study": partial(worklist.step_group, 1),
            "previous_study": partial(worklist.step_group, -1),
            "next_series": partial(worklist.step_group, 1, Level.SERIES),
            "previous_series": partial(worklist.step_group, -1, Level.SERIES),
            "first_film": worklist.select_first,
            "last_film": worklist.select_last,
            "fit": on_film(FilmView.fit),
            "actual_size": on_film(FilmView.actual_size),
            "zoom_in": on_film(lambda film: film.zoom_by(_ZOOM_STEP)),
            "zoom_out": on_film(lambda film: film.zoom_by(1 / _ZOOM_STEP)),
            "rotate_left": on_film(lambda film: film.rotate(-90)),
            "rotate_right": on_film(lambda film: film.rotate(90)),
            "flip_horizontally": on_film(FilmView.flip_horizontally),
            "flip_vertically": on_film(FilmView.flip_vertically),
            "reset": on_film(FilmView.reset),
            "invert": on_film(FilmView.toggle_invert),
        }

    def _on_active_film(self, act: Callable[[FilmView], object]) -> Callable[[], object]:
        """`act` on the film that was touched last, where two hang side by side."""
        return lambda: act(self._window.active_film)

    def _block_acts(self) -> dict[str, Callable[[], object]]:
        blocks = self._window.blocks
        return {
            "toggle_overlay": self._on_overlay_key,
            "next_block": partial(blocks.select_next_block, 1),
            "previous_block": partial(blocks.select_next_block, -1),
            "more_opaque": partial(blocks.change_opacity, _OPACITY_STEP),
            "less_opaque": partial(blocks.change_opacity, -_OPACITY_STEP),
        }

    def _queue_acts(self) -> dict[str, Callable[[], object]]:
        queue = self._presenter.queue
        return {
            "start_queue": self._presenter.start_queue,
            "pause_queue": lambda: queue.set_paused(not queue.is_paused),
            "cancel_queue": queue.cancel,
            "retry_failed": self._presenter.retry_failed,
            "watch_folder": self._toggle_watching,
            "score_on_opening": self._toggle_score_on_opening,
        }

    def _view_acts(self) -> dict[str, Callable[[], object]]:
        worklist = self._window.worklist
        return {
            "suspicion_order": partial(worklist.set_order, Order.SUSPICION),
            "arrival_order": partial(worklist.set_order, Order.ARRIVAL),
            "study_order": partial(worklist.set_order, Order.STUDY),
            "find": worklist.focus_filter,
            "corner_texts": self._toggle_corner_texts,
            "full_screen": self._toggle_full_screen,
        }

    def _connect_panels(self) -> None:
        window, queue = self._window, self._window.queue
        window.blocks.overlay_changed.connect(partial(window.overlays.offer, window.blocks))
        window.blocks.overlay_changed.connect(lambda _: self._show_checks())
        window.blocks.opacity_changed.connect(window.film.set_overlay_opacity)
        window.film.set_overlay_opacity(window.blocks.opacity)
        window.film.pointer_moved.connect(lambda info: window.set_pointer_line(pointer_line(info)))
        window.film.step_requested.connect(window.worklist.step)
        for view in (window.film_area.first, window.film_area.second):
            view.menu_requested.connect(self._film_menu)
        queue.start_requested.connect(self._presenter.start_queue)
        queue.retry_requested.connect(self._presenter.retry_failed)
        self._presenter.changed.connect(self.refresh)
        self._presenter.films.shown.connect(self.refresh)
        self._presenter.opened.connect(self._remember_folder)

    def _show_checks(self) -> None:
        actions = self._window.actions_by_id
        actions["toggle_overlay"].setChecked(self._window.blocks.overlay_visible)
        actions["pause_queue"].setChecked(self._presenter.queue.is_paused)
        actions["score_on_opening"].setChecked(self._settings.score_on_opening)
        actions["watch_folder"].setChecked(self._presenter.watch.is_watching)
        actions["corner_texts"].setChecked(self._window.film.corner_texts_visible)
        actions["full_screen"].setChecked(self._window.isFullScreen())

    def _open_files(self) -> None:
        self._presenter.open_paths(dialogs.choose_films(self._window, self._settings))

    def _open_folder(self) -> None:
        folder = dialogs.choose_folder(self._window, self._settings)
        if folder:
            self._presenter.open_paths([folder])

    def _remember_folder(self, paths: list[Path]) -> None:
        """Dialogs begin where films were opened last, in whatever way."""
        # By its name alone: to ask a share that is gone what the path is would hold the window up.
        self._settings.last_folder = str(paths[0].parent if paths[0].suffix else paths[0])

    def _film_menu(self, place: QPoint) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions = self._window.actions_by_id
        if actions["delete_mark"].isEnabled():
            menu.addAction(actions["delete_mark"])
            menu.addSeparator()
        measuring = menu.addMenu(Menu.MEASURE.value)
        for spec in actions.specs:
            if spec.menu in (Menu.FILM, Menu.WINDOW, Menu.BLOCKS):
                menu.addAction(actions[spec.id])
            elif spec.menu is Menu.MEASURE:
                measuring.addAction(actions[spec.id])
        menu.popup(place)

    def _on_overlay_key(self) -> None:
        self._peek.pressed()
        self._toggle_overlay()

    def _toggle_overlay(self) -> None:
        self._window.blocks.set_overlay_visible(not self._window.blocks.overlay_visible)
        self._show_checks()

    def _toggle_score_on_opening(self) -> None:
        self._settings.score_on_opening = not self._settings.score_on_opening
        self._show_checks()

    def _toggle_watching(self) -> None:
        if self._presenter.watch.is_watching:
            self._presenter.watch.stop()
        elif folder := dialogs.choose_folder(self._window, self._settings, "Score films as they arrive in"):
            self._presenter.watch_folder(folder)
        self._show_checks()

    def _toggle_corner_texts(self) -> None:
        is_wanted = not self._window.film.corner_texts_visible
        for view in (self._window.film_area.first, self._window.film_area.second):
            view.set_corner_texts_visible(is_wanted)
        self._show_checks()

    def _toggle_full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)
        self._show_checks()
