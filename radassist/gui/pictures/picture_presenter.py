"""The acts that take a picture of the film: into a file, or to the clipboard."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage

from radassist.export.pictures import write_picture
from radassist.gui.film.image_view import FilmView
from radassist.gui.jobs import Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.pictures.film_picture import FilmPicture, PictureChoice
from radassist.gui.pictures.picture_dialog import PictureDialog
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.widgets.save_dialog import FileKind, SaveDialog

_SETTING = "picture/choice"
_KINDS = (FileKind("PNG", (".png",)), FileKind("JPEG", (".jpg", ".jpeg")), FileKind("TIFF", (".tif", ".tiff")))


class PicturePresenter(QObject):
    """Connects *Save picture* and *Copy picture*; all but the patient's texts is remembered."""

    def __init__(
        self,
        window: MainWindow,
        presenter: Presenter,
        settings: WindowSettings,
        layer_on: Callable[[FilmView], MarkLayer],
    ) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings, self._layer_on = window, presenter, settings, layer_on
        window.actions_by_id.connect({"export_picture": self.ask, "copy_picture": self.copy_as_before})

    def ask(self) -> None:
        """Ask what the picture shall show."""
        film = self._window.active_film.radiograph
        if film is None:
            return
        is_burned_in = any(notice.code == "BURNED_IN" for notice in film.notices)
        dialog = PictureDialog(self._remembered(), self._picture().make, self._window, is_burned_in=is_burned_in)
        dialog.save_requested.connect(self._choose_target)
        dialog.copy_requested.connect(self.copy)
        dialog.open()

    def copy_as_before(self) -> None:
        """Put a picture as it was chosen last on the clipboard, without the patient's texts."""
        self.copy(self._remembered())

    def copy(self, choice: PictureChoice) -> None:
        """Put a picture on the clipboard."""
        if self._window.active_film.radiograph is None:
            return
        self._settings.set_text(_SETTING, choice.to_text())
        image = self._picture().make(choice)
        QGuiApplication.clipboard().setImage(image)
        self._window.show_message(f"A picture of {image.width()} × {image.height()} pixels is on the clipboard.")

    def save(self, choice: PictureChoice, target: Path) -> None:
        """Write a picture to `target`, in a thread."""
        film = self._window.active_film.radiograph
        if film is None:
            return
        self._settings.set_text(_SETTING, choice.to_text())
        pixels, digest, backing = as_rgb(self._picture().make(choice)), film.facts.sha256, self._presenter.backing

        def write() -> None:
            write_picture(pixels, target)
            if backing is not None:
                backing.record_export("picture", digest, choice.patient)

        job = self._presenter.runner.start(one_step(write), lane=Lane.IO)
        job.succeeded.connect(lambda _: self._window.show_message(f"The picture is written to {target.name}."))
        job.failed.connect(self._presenter.report)

    def _picture(self) -> FilmPicture:
        """Of the film touched last, where two hang side by side."""
        view = self._window.active_film
        return FilmPicture(view, self._layer_on(view), self._window.theme)

    def _remembered(self) -> PictureChoice:
        return PictureChoice.from_text(self._settings.text(_SETTING, ""))

    def _choose_target(self, choice: PictureChoice) -> None:
        SaveDialog(self._window, self._settings, "Save picture", "film", _KINDS, partial(self.save, choice)).open()


def as_rgb(image: QImage) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 copy of a picture."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()
