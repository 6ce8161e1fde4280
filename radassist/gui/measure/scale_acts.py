"""The acts that need to know how long a film pixel is: life size, and what was measured as a file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from radassist.domain.errors import UserError
from radassist.export.measurements import MeasuredFilm, write_measurements
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.true_size import size_of, true_size_zoom
from radassist.gui.jobs import Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.widgets.save_dialog import FileKind, SaveDialog
from radassist.imaging.measuring import measure

_KINDS = (FileKind("CSV, a row a number", (".csv",)), FileKind("JSON", (".json",)))


class ScaleActs(QObject):
    """Connects *True size* and *Save measurements*."""

    def __init__(
        self,
        window: MainWindow,
        presenter: Presenter,
        settings: WindowSettings,
        layer_on: Callable[[FilmView], MarkLayer],
    ) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings, self._layer_on = window, presenter, settings, layer_on
        window.actions_by_id.connect({"true_size": self.show_true_size, "export_measurements": self.ask_target})

    def show_true_size(self) -> None:
        """Zoom until lengths on the screen are those of the film's scale, as far as the screen knows its own size."""
        film = self._window.active_film
        if film.radiograph is None:
            return
        scale = self._layer_on(film).scale
        try:
            zoom = true_size_zoom(scale, size_of(film.screen()))
        except UserError as problem:
            self._window.message_bar.say(str(problem))
            return
        film.zoom_by(zoom / film.zoom)
        self._window.show_message(f"True size, {scale.basis.value}: as large as the screen believes itself to be.")

    def ask_target(self) -> None:
        """Ask where the measurements shall be written."""
        SaveDialog(self._window, self._settings, "Save measurements", "measurements", _KINDS, self.save).open()

    def save(self, target: Path) -> None:
        """Write the measurements of the film on the screen to `target`."""
        film, layer = self._window.active_film.radiograph, self._layer_on(self._window.active_film)
        if film is None:
            return
        scale = layer.scale
        measured = tuple((mark, measure(film, mark, scale)) for mark in layer.film_marks.marks)
        told = MeasuredFilm(film.facts.sha256, (film.width, film.height), scale, measured)
        job = self._presenter.runner.start(one_step(partial(self._write, told, target)), lane=Lane.IO)
        job.succeeded.connect(lambda _: self._window.show_message(f"Measurements are written to {target.name}."))
        job.failed.connect(self._presenter.report)

    def _write(self, told: MeasuredFilm, target: Path) -> None:
        write_measurements(told, target)
        if self._presenter.backing is not None:
            self._presenter.backing.record_export("measurements", told.sha256, False)
