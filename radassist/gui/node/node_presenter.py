"""Receives films while the window is open, if the user wants it, and hands scored ones back for their results."""

from collections.abc import Sequence
from functools import partial
from queue import SimpleQueue

from PySide6.QtCore import QObject, QTimer

from radassist.domain.node_choice import NodeChoice
from radassist.domain.study import FilmSource, Instance
from radassist.domain.worklist import FINAL_STATES, WorklistItem
from radassist.gui.jobs import Job, Lane
from radassist.gui.main_window import MainWindow
from radassist.gui.node.node_dialog import NodeDialog
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.workflow.reception import Listening, Received, Told, receive

_SETTING = "network/node"
_LOOK_MS = 500


class NodePresenter(QObject):
    """Connects the act `receive_films`; off until the user switches it on."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        self._choice = NodeChoice.from_text(settings.text(_SETTING, ""))
        self._job: Job | None = None
        self._offered: SimpleQueue[WorklistItem] = SimpleQueue()
        self._awaited: set[FilmSource] = set()
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._offer_ended)
        window.actions_by_id.connect({"receive_films": self.open})
        presenter.backed.connect(self._begin)

    @property
    def is_receiving(self) -> bool:
        """Whether it listens, or is about to."""
        return self._job is not None

    def open(self) -> None:
        """Ask how films are to be received."""
        self._show_state()  # the click has ticked the act
        dialog = NodeDialog(self._choice, self._window)
        dialog.chosen.connect(self.use)
        dialog.open()

    def use(self, choice: NodeChoice) -> None:
        """Receive as `choice` says from now on, in place of what was before."""
        self._choice = choice
        self._settings.set_text(_SETTING, choice.to_text())
        self._settings.save()
        if self._job:
            self._job.cancel()
            self._job = None
            self._window.show_message("No films are received any more.")
        self._begin()

    def _begin(self) -> None:
        backing = self._presenter.backing
        if self._choice.is_on and backing and backing.open_reception and not self._job:
            begin, offered = partial(backing.open_reception, self._choice, backing.services), self._offered
            job = self._job = self._presenter.runner.start(lambda token: receive(begin, offered, token), lane=Lane.NODE)
            job.stepped.connect(self._on_event)
            job.failed.connect(self._presenter.report)
            job.finished.connect(partial(self._on_finished, job))
        self._show_state()

    def _on_event(self, event: Listening | Received | Told) -> None:
        if isinstance(event, Listening):
            self._window.show_message(f"Films are received as {event.place}.")
        elif isinstance(event, Told):
            self._window.message_bar.say(event.sentence)
        else:
            self._take_in(event.films)

    def _take_in(self, films: Sequence[Instance]) -> None:
        """List and score what came; a film that comes again has its row, and only its results are looked at anew."""
        listed = {item.source for item in self._window.worklist_model.items()}
        self._awaited |= {film.source for film in films}
        self._presenter.take_in([film for film in films if film.source not in listed])
        self._look.start()

    def _offer_ended(self) -> None:
        """Hand over the films that have ended; those that were closed before that are awaited no more."""
        listed = [item for item in self._window.worklist_model.items() if item.source in self._awaited]
        ended = [item for item in listed if item.state in FINAL_STATES]
        for item in ended:
            self._offered.put(item)
        self._awaited = {item.source for item in listed} - {item.source for item in ended}
        if not self._awaited:
            self._look.stop()

    def _on_finished(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._show_state()

    def _show_state(self) -> None:
        self._window.actions_by_id["receive_films"].setChecked(self.is_receiving)
