"""Opens the tag browser for the film on the screen; its tags are read by a decoder child, never here."""

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject

from radassist.domain.cancellation import CancelToken
from radassist.domain.study import FilmSource
from radassist.domain.tags import TagList
from radassist.gui.jobs import Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.tags.tags_dialog import TagsDialog
from radassist.workflow.services import FilmLoader
from radassist.workflow.waiting import result_of


class TagsPresenter(QObject):
    """The act that opens the tag browser. Each dialog belongs to one file and gets that file's tags only."""

    def __init__(self, window: MainWindow, presenter: Presenter) -> None:
        super().__init__(window)
        self._window, self._presenter = window, presenter
        window.actions_by_id.connect({"tags": self.show_tags})

    def show_tags(self) -> None:
        """Open the tags of the file whose film is on the screen, be it readable as a film or not."""
        number, backing = self._presenter.films.number, self._presenter.backing
        if number is None or backing is None:
            return
        source = self._window.worklist_model.item(number).source
        dialog = TagsDialog(source.name, self._window)
        job = self._presenter.runner.start(
            lambda token: one_step(partial(_tags, backing.screen.loader, source, token)), lane=Lane.FILM
        )
        job.succeeded.connect(dialog.show_tags)
        job.failed.connect(dialog.show_failure)
        dialog.destroyed.connect(job.cancel)
        dialog.open()


def _tags(loader: FilmLoader, source: FilmSource, token: CancelToken) -> TagList:
    future: Future[TagList] = loader.read_tags(source)
    return result_of(future, token)
