"""The act that searches an archive: asks, lists, retrieves, and opens what came."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from radassist.domain.archive import (
    Archive,
    ArchivePlace,
    Archives,
    FetchStep,
    FoundStudy,
    QueryTexts,
    make_query,
)
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.gui.archive.place_dialog import PlaceDialog
from radassist.gui.archive.search_dialog import SearchDialog, texts_from_setting, texts_to_setting
from radassist.gui.errors import sentence_for
from radassist.gui.jobs import Job, Lane, Steps
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

_SETTING = "archive/query"


class ArchivePresenter(QObject):
    """Connects *Search an archive* and the choice of one; off until one is chosen. One thing is asked at a time."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        self._dialog: SearchDialog | None = None
        self._job: Job | None = None
        window.actions_by_id.connect({"search_archive": self.ask, "choose_archive": self.choose})
        window.closing.connect(self.stop)

    def ask(self) -> None:
        """Open the search; where no archive was chosen yet, its choice."""
        place = self._place()
        if place is None:
            self.choose()
            return
        if self._dialog is not None:
            self._dialog.raise_()
            return
        texts = texts_from_setting(self._settings.text(_SETTING, ""))
        dialog = self._dialog = SearchDialog(str(place), texts, self._window, asks_password=bool(place.user))
        dialog.search_requested.connect(self.search)
        dialog.retrieve_requested.connect(self.retrieve)
        dialog.stop_requested.connect(self.stop)
        dialog.finished.connect(self._on_closed)
        dialog.show()

    def choose(self) -> None:
        """Ask which archive is searched."""
        archives = self._archives()
        if archives is None:
            self._window.message_bar.say("No archive can be searched now.")
            return
        dialog = PlaceDialog(self._place(), archives.choose, self._window)
        dialog.chosen.connect(lambda words: self._window.show_message(words))
        dialog.open()

    def search(self, texts: QueryTexts) -> None:
        """Look for studies."""
        archives, dialog = self._archives(), self._dialog
        if archives is None or dialog is None:
            return
        try:
            query = make_query(texts)
        except UserError as error:
            dialog.show_words(str(error))
            return
        self._settings.set_text(_SETTING, texts_to_setting(texts))
        password = dialog.password.text()

        def find(cancel: CancelToken) -> Iterator[tuple[FoundStudy, ...]]:
            yield archives.open(password).find(query, cancel)

        job = self._begin(find, "Asking the archive …")
        job.stepped.connect(partial(self._on_found, job))

    def retrieve(self, studies: Sequence[FoundStudy]) -> None:
        """Bring `studies` here and open their films."""
        archives, dialog = self._archives(), self._dialog
        if archives is None or dialog is None or not studies:
            return
        password = dialog.password.text()
        job = self._begin(lambda cancel: _fetch(archives.open(password), studies, cancel), "Retrieving …")
        paths: list[Path] = []
        job.stepped.connect(partial(self._on_step, job, paths))
        job.finished.connect(partial(self._open, paths))
        job.succeeded.connect(lambda _: self._say(job, _fetched_words(len(paths))))

    def stop(self) -> None:
        """Give up what is under way; films that have come are opened."""
        if self._job:
            self._job.cancel()

    def _begin(self, steps: Steps, words: str) -> Job:
        if self._dialog:
            self._dialog.show_busy(words)
        job = self._job = self._presenter.runner.start(steps, lane=Lane.ARCHIVE)
        job.failed.connect(partial(self._on_failed, job))
        job.cancelled.connect(lambda: self._say(job, "Stopped."))
        return job

    def _on_found(self, job: Job, studies: Sequence[FoundStudy]) -> None:
        if job is self._job and self._dialog:
            self._dialog.show_studies(studies)

    def _on_step(self, job: Job, paths: list[Path], step: FetchStep) -> None:
        if step.path:
            paths.append(step.path)
        if job is self._job and self._dialog:
            self._dialog.show_busy(_coming_words(step), step.done, step.total)

    def _on_failed(self, job: Job, error: BaseException) -> None:
        self._say(job, sentence_for(error))

    def _say(self, job: Job, words: str) -> None:
        """How it ended, in the dialog while that is there; the answer to an earlier question is dropped."""
        if job is not self._job:
            return
        self._job = None
        if self._dialog:
            self._dialog.show_words(words)

    def _open(self, paths: Sequence[Path]) -> None:
        """Put films on the worklist that are not there yet."""
        listed = {item.source.path for item in self._window.worklist_model.items()}
        new = [path for path in paths if path not in listed]
        if new:
            self._presenter.open_paths(new)

    def _on_closed(self) -> None:
        self.stop()
        self._dialog = None

    def _archives(self) -> Archives | None:
        return self._presenter.backing.archives if self._presenter.backing else None

    def _place(self) -> ArchivePlace | None:
        archives = self._archives()
        try:
            return archives.place() if archives else None
        except UserError as error:
            self._window.message_bar.say(str(error))
            return None


def _fetch(archive: Archive, studies: Sequence[FoundStudy], cancel: CancelToken) -> Iterator[FetchStep]:
    for study in studies:
        yield from archive.fetch(study, cancel)


def _coming_words(step: FetchStep) -> str:
    come = {0: "", 1: " 1 film has come."}.get(step.done, f" {step.done} films have come.")
    return f"Retrieving …{come}"


def _fetched_words(count: int) -> str:
    if not count:
        return "There are no films in what was chosen."
    return "1 film was retrieved and opened." if count == 1 else f"{count} films were retrieved and opened."
