"""The act that saves results as DICOM objects: of the film on the screen as it is seen, or of the films listed."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from radassist.domain.cancellation import CancelToken
from radassist.domain.dicom_results import DicomKind, ReaderView, WordedMark
from radassist.domain.film_scale import scale_of_file
from radassist.domain.measurement import FilmMarks
from radassist.domain.radiograph import LookupTable, Radiograph, Window
from radassist.domain.worklist import WorklistItem
from radassist.gui.backing import Backing
from radassist.gui.jobs import Job, Lane
from radassist.gui.main_window import MainWindow
from radassist.gui.measure.mark_book import MarkBook
from radassist.gui.measure.mark_words import mark_lines
from radassist.gui.presenter import Presenter
from radassist.gui.results.dicom_dialog import DicomDialog, ResultChoice
from radassist.gui.settings import WindowSettings
from radassist.gui.widgets import dialogs
from radassist.gui.widgets.job_progress import JobProgress
from radassist.gui.widgets.scope_box import Scope
from radassist.imaging.measuring import measure
from radassist.workflow.dicom_results import DicomResultWriter, ResultStep, ResultWish, write_results

_SETTING = "results/dicom"
_NO_SCORE = "There is no scored film whose results could be saved."
_HIDDEN = (
    "The objects would tell you what the model says of films you have not answered yet: answer them, or end blind-first"
    " reading, and save them then."
)
_NAME_DIGITS = 16


@dataclass(frozen=True, slots=True, eq=False)
class SeenFilm:
    """How a film is looked at; its marks get their words in the worker, since regions are measured over pixels.

    Attributes:
        window: As of a `ReaderView`.
        is_inverted: Likewise.
    """

    marks: FilmMarks
    window: Window | LookupTable | None = None
    is_inverted: bool = False

    def __call__(self, film: Radiograph) -> ReaderView:
        """With the words that stand beside the marks of `film`."""
        scale = self.marks.by_hand or scale_of_file(film)
        worded = [WordedMark(mark, mark_lines(mark, measure(film, mark, scale))) for mark in self.marks.marks]
        return ReaderView(self.window, self.is_inverted, tuple(worded))


class DicomPresenter(QObject):
    """Connects *Save results as DICOM*; what was chosen last is remembered."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings, book: MarkBook) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings, self._book = window, presenter, settings, book
        window.actions_by_id.connect({"dicom_results": self.ask})

    def ask(self) -> None:
        """Ask which results of which films are wanted, then for a folder."""
        films = {scope: len(self._items(scope)) for scope in Scope}
        if not any(films.values()):
            self._window.message_bar.say(_NO_SCORE)
            return
        choice = ResultChoice.from_text(self._settings.text(_SETTING, ""))
        dialog = DicomDialog(choice, films, self._window)
        dialog.save_requested.connect(self._choose_folder)
        dialog.open()

    def save(self, choice: ResultChoice, folder: Path) -> Job | None:
        """Write the objects into `folder`, in a thread; None where there is nothing that may be written."""
        backing, items = self._presenter.backing, self._items(choice.scope)
        make_writer = backing.make_dicom_writer if backing else None
        if backing is None or make_writer is None or not items:
            return None
        if self._presenter.hides_any(items):
            self._window.message_bar.say(_HIDDEN)
            return None
        self._settings.set_text(_SETTING, choice.to_text())
        wishes = [self._wish(item) for item in items]
        write = partial(_write, wishes, choice.kinds, folder, backing, make_writer)
        job = self._presenter.runner.start(write, lane=Lane.EXPORT)
        progress = JobProgress(job, "Saving results as DICOM …", self._window)
        written: list[bool] = []
        job.stepped.connect(lambda step: progress.show_step(step.done, step.total))
        job.stepped.connect(lambda step: written.append(step.written))
        job.succeeded.connect(lambda _: self._tell(sum(written), len(items), folder))
        job.cancelled.connect(lambda: self._window.message_bar.say(_stopped(sum(written), len(items))))
        job.failed.connect(self._presenter.report)
        return job

    def _items(self, scope: Scope) -> list[WorklistItem]:
        return [item for item in self._presenter.films_in(scope) if item.analysis]

    def _wish(self, item: WorklistItem) -> ResultWish:
        stem, marks = item.film_sha256[:_NAME_DIGITS], self._book.of(item.film_sha256)
        view = self._window.film
        if view.radiograph is None or view.radiograph.facts.sha256 != item.film_sha256:
            return ResultWish(item, stem, SeenFilm(marks))
        seen = SeenFilm(marks, view.shown_window, view.is_inverted)
        return ResultWish(item, stem, seen, self._window.overlays.raw)

    def _choose_folder(self, choice: ResultChoice) -> None:
        folder = dialogs.choose_folder(self._window, self._settings, "Save DICOM results in")
        if folder:
            self.save(choice, folder)

    def _tell(self, written: int, wanted: int, folder: Path) -> None:
        films = "1 film" if written == 1 else f"{written} films"
        sentence = f"Results of {films} are in {folder.name}."
        if written < wanted:
            left = wanted - written
            has_none = "is no DICOM film and has none" if left == 1 else "are no DICOM films and have none"
            self._window.message_bar.say(f"{sentence} {left} {has_none}.")
        else:
            self._window.show_message(sentence)


def _stopped(written: int, wanted: int) -> str:
    return f"Stopped: the results of {written} of {wanted} films were written."


def _write(
    wishes: Sequence[ResultWish],
    kinds: Collection[DicomKind],
    folder: Path,
    backing: Backing,
    make_writer: Callable[[], DicomResultWriter],
    cancel: CancelToken,
) -> Iterator[ResultStep]:
    for step in write_results(wishes, kinds, folder, backing.services, make_writer(), cancel):
        if step.written:
            backing.record_export("dicom", step.film_sha256, True)
        yield step
