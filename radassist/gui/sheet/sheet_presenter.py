"""The act that makes a case sheet of the film on the screen."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage

from radassist.export.case_sheet import sheet_html
from radassist.export.files import replacing_bytes
from radassist.gui.jobs import Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.pictures.film_picture import FilmPicture, PictureChoice
from radassist.gui.pictures.picture_presenter import as_rgb
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.sheet.sheet_dialog import SheetDialog
from radassist.gui.sheet.sheet_maker import SheetInputs, make_sheet
from radassist.gui.sheet.sheet_pdf import pdf_of
from radassist.gui.widgets.save_dialog import FileKind, SaveDialog

_SETTING = "sheet/format"
_LONGEST_SIDE = 1400
_WORDS_SIDE = 560.0


class SheetPresenter(QObject):
    """Connects *Case sheet*; the kind of file is remembered, the patient must be asked for each time."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings, layer: MarkLayer) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings, self._layer = window, presenter, settings, layer
        self._picture = FilmPicture(window.film, layer, window.theme)
        window.actions_by_id.connect({"case_sheet": self.ask})

    def ask(self) -> None:
        """Ask what kind of sheet is wanted."""
        if self._window.film.radiograph is not None:
            dialog = SheetDialog(self._window, is_pdf=self._settings.text(_SETTING, "pdf") == "pdf")
            dialog.accepted_as.connect(self._choose_target)
            dialog.open()

    def save(self, target: Path, *, is_patient_wanted: bool) -> None:
        """Write the sheet to `target`, HTML or PDF by its name, in a thread."""
        inputs = self._inputs(is_patient_wanted=is_patient_wanted)
        if inputs is None:
            return
        backing, is_pdf = self._presenter.backing, target.suffix.lower() == ".pdf"

        def write() -> None:
            sheet = make_sheet(inputs, datetime.now(UTC))
            html = sheet_html(sheet)
            data = pdf_of(html, sheet.title) if is_pdf else html.encode("utf-8")
            with replacing_bytes(target) as file:
                file.write(data)
            if backing is not None:
                backing.record_export("sheet", inputs.film.facts.sha256, is_patient_wanted)

        job = self._presenter.runner.start(one_step(write), lane=Lane.IO)
        job.succeeded.connect(lambda _: self._window.show_message(f"The case sheet is written to {target.name}."))
        job.failed.connect(self._presenter.report)

    def _inputs(self, *, is_patient_wanted: bool) -> SheetInputs | None:
        view, known = self._window.film, self._presenter.films.current
        film = view.radiograph
        if film is None:
            return None
        own = known if known is not None and known.radiograph is film else None
        return SheetInputs(
            film=film,
            picture=as_rgb(_reduced(self._picture.make(PictureChoice(overlay=False), _WORDS_SIDE))),
            overlaid=as_rgb(_reduced(self._picture.make(PictureChoice(marks=False), _WORDS_SIDE)))
            if view.has_overlay
            else None,
            overlay_words=view.overlay_words,
            analysis=self._presenter.films.analysis if own else None,
            problem=own.problem if own else "",
            facts=self._presenter.facts,
            marks=self._layer.film_marks.marks,
            scale=self._layer.scale,
            is_patient_wanted=is_patient_wanted,
            is_key_image=own is not None and self._is_key_image(),
        )

    def _is_key_image(self) -> bool:
        number = self._presenter.films.number
        return number is not None and self._window.worklist_model.reading(number).is_key

    def _choose_target(self, is_pdf: bool, is_patient_wanted: bool) -> None:
        ending = "pdf" if is_pdf else "html"
        self._settings.set_text(_SETTING, ending)
        then = partial(self.save, is_patient_wanted=is_patient_wanted)
        kinds = (FileKind("Case sheet", (f".{ending}",)),)
        SaveDialog(self._window, self._settings, "Save case sheet", "case-sheet", kinds, then).open()


def _reduced(image: QImage) -> QImage:
    """No larger than paper can show."""
    if max(image.width(), image.height()) <= _LONGEST_SIDE:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(_LONGEST_SIDE, _LONGEST_SIDE, keep, smooth)
