"""Turns what the user asks for into jobs and view calls. The story of the window, with no layout and no pixels."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from radassist.domain.analysis import ModelFacts
from radassist.domain.study import Instance
from radassist.domain.worklist import FINAL_STATES, UnfinishedRun, WorklistItem
from radassist.gui.backing import Backing
from radassist.gui.ending import end_all
from radassist.gui.errors import sentence_for
from radassist.gui.film.film_presenter import FilmPresenter
from radassist.gui.intake import Intake
from radassist.gui.jobs import JobRunner, Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.queue.queue_presenter import QueuePresenter
from radassist.gui.queue.unfinished_presenter import UnfinishedPresenter
from radassist.gui.queue.watch_presenter import WatchPresenter
from radassist.gui.settings import WindowSettings
from radassist.gui.widgets.scope_box import Scope


class Presenter(QObject):
    """Joins worklist, film and queue, and hands each of them the real parts.

    Attributes:
        intake: How films come onto the worklist.
        films: The film on the screen.
        queue: The batch that is running.
        unfinished: The batch that the program's last end cut short.
        watch: The folder that is watched.
        facts: Of the loaded model; None until it is loaded.
        is_changing_model: Whether another one is being loaded in its place.
        is_setting_threshold: Whether the model is being told another threshold.

    Signals:
        backed(): The real parts are there.
        opened(list): These paths are being opened.
        changed(): What can be done now may be something else than before.
    """

    backed = Signal()
    opened = Signal(list)
    changed = Signal()

    def __init__(self, window: MainWindow, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._runner = JobRunner(self)
        self._backing: Backing | None = None
        self._early_paths: list[Path] = []
        self._is_closed = False
        self._have_ended = True
        self.facts: ModelFacts | None = None
        self.is_changing_model = False
        self.is_setting_threshold = False
        self.intake = Intake(window.worklist_model, self._runner, self)
        self.films = FilmPresenter(window, self._runner)
        self.queue = QueuePresenter(window.queue, window.worklist_model, self._runner)
        self.unfinished = UnfinishedPresenter(window.offer_bar, self._runner)
        self.watch = WatchPresenter(self._runner, self)
        self._connect()

    @property
    def backing(self) -> Backing | None:
        """The real parts; None until they are made."""
        return self._backing

    @property
    def runner(self) -> JobRunner:
        """Where jobs of the window run."""
        return self._runner

    @property
    def is_listing(self) -> bool:
        """Whether files are still being looked for."""
        return self.intake.is_listing

    def start(self, make_backing: Callable[[], Backing]) -> None:
        """Make the real parts in a thread, then load the model and open what was asked for meanwhile."""
        job = self._runner.start(one_step(make_backing), lane=Lane.IO)
        job.succeeded.connect(self.use)
        job.failed.connect(self.report)

    def use(self, backing: Backing) -> None:
        """Work with `backing` from now on; one that comes when the window is closed is closed, too."""
        if self._is_closed:
            backing.services.loader.close()
            backing.close()
            return
        self._backing = backing
        self._load_model(backing)
        self.intake.use(backing.services)
        self.films.use(backing.screen)
        self.unfinished.use(backing.unfinished, backing.forget_unfinished)
        if backing.warning:
            self._window.message_bar.say(backing.warning)
        paths, self._early_paths = self._early_paths, []
        if paths:
            self.open_paths(paths)
        self.changed.emit()
        self.backed.emit()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Put every film below `paths` on the worklist, as they are found."""
        if self._backing is None:
            self._early_paths += paths
            return
        if paths:
            self.opened.emit(list(paths))
            self.intake.find(paths)

    def add_items(
        self, items: Sequence[WorklistItem], thumbnails: Mapping[int, NDArray[np.uint8]] = MappingProxyType({})
    ) -> None:
        """Put `items`, numbered by whoever made them, on an empty worklist, with small pictures by item number."""
        self.intake.add(items, thumbnails)

    def take_in(self, instances: Sequence[Instance]) -> None:
        """Put films on the worklist and score them at once, whether opened films wait or not."""
        self.intake.take_in(instances)
        self.start_queue()

    def close_all(self) -> None:
        """Empty the worklist; whatever is still being listed, named or scored ends unheard."""
        self.intake.stop()
        self._early_paths.clear()
        self.queue.cancel()
        self.films.close_film()
        self._window.worklist_model.clear()
        self._window.undo_stack.clear()
        self.queue.show_idle()
        self.changed.emit()

    def continue_run(self, run: UnfinishedRun) -> None:
        """Put the films of a queue that was cut short on the worklist again, and score those without a result."""
        self.take_in([Instance(source) for source in run.sources])

    def watch_folder(self, folder: Path) -> None:
        """Score the films of `folder` as they arrive, until `watch.stop`."""
        if self._backing:
            self.watch.start(folder, self._backing.services.discover)

    def retry_failed(self) -> None:
        """Score every film again that failed."""
        if self._backing:
            self.queue.retry_failed(self._backing.services)

    def start_queue(self) -> None:
        """Score every film that waits."""
        if self._backing:
            self.queue.start(self._backing.services)

    def set_model(self, facts: ModelFacts) -> None:
        """Say which model answers from now on."""
        self.facts = facts
        self._window.worklist_model.decide_as(facts)
        self._window.findings.set_model(facts)
        self._window.set_model_line(f"{facts.title} · {facts.device}")

    def ask_again(self) -> None:
        """Let the model that is loaded now answer for every film; no earlier model's answer stays on the screen."""
        model = self._window.worklist_model
        for item in model.items():
            if item.state in FINAL_STATES:
                model.replace(item.put_back())
        self.films.forget_answers()
        self.queue.show_idle()
        if self._settings.score_on_opening:
            self.start_queue()
        self.changed.emit()

    def films_in(self, scope: Scope) -> list[WorklistItem]:
        """The films of `scope` that are on the list, each once and in its order."""
        model, worklist, shown = self._window.worklist_model, self._window.worklist, self.films.number
        in_list = {Scope.SELECTED: worklist.selected_numbers, Scope.LISTED: worklist.listed_numbers}
        numbers = (shown,) if scope is Scope.FILM else in_list[scope]
        return [model.item(number) for number in numbers if number is not None and number in model]

    def hides_any(self, items: Sequence[WorklistItem]) -> bool:
        """Whether the score of one of `items` is kept from the reader."""
        return any(self._window.worklist_model.reading(item.number).hides_score for item in items)

    def report(self, error: BaseException) -> None:
        """Tell the user of `error`, which ended a job, in one sentence."""
        self._window.message_bar.say(sentence_for(error))

    def shut_down(self) -> bool:
        """Stop every job and thread within some three seconds; safe to call twice, and waits only once.

        Returns:
            Whether all of them ended. One that hangs, on a folder of a network that is gone for instance, is left.
        """
        if not self._is_closed:
            self._is_closed = True
            self._window.undo_stack.clear()  # one that is destroyed with steps on it still tells of each
            self._have_ended = end_all(self._backing, self._runner)
        return self._have_ended

    def _connect(self) -> None:
        window = self._window
        window.paths_dropped.connect(self.open_paths)
        window.film.paths_dropped.connect(self.open_paths)
        window.worklist.paths_dropped.connect(self.open_paths)
        window.worklist.item_selected.connect(self.films.show)
        self.intake.listed.connect(self._on_listed)
        self.intake.found.connect(self._on_found)
        self.intake.ended.connect(self.changed)
        self.intake.problem.connect(self.report)
        self.films.item_changed.connect(self._on_item_changed)
        self.films.thumbnail_made.connect(self.intake.set_thumbnail)
        self.queue.thumbnail_made.connect(self.intake.set_thumbnail)
        self.queue.problem.connect(self.report)
        self.queue.running_changed.connect(self.changed)
        self.queue.running_changed.connect(self._on_queue_running)
        self.unfinished.wanted.connect(self.continue_run)
        self.unfinished.problem.connect(self.report)
        self.watch.arrived.connect(self.take_in)
        self.watch.changed.connect(self.changed)
        self.watch.problem.connect(self.report)

    def _load_model(self, backing: Backing) -> None:
        self._window.set_model_line("Loading the model …")
        job = self._runner.start(one_step(backing.load_model), lane=Lane.IO)
        job.succeeded.connect(self.set_model)
        job.failed.connect(self._on_no_model)

    def _on_no_model(self, error: BaseException) -> None:
        self._window.set_model_line("No model")
        self._window.findings.show_problem("No model", sentence_for(error))
        self.report(error)

    def _on_listed(self) -> None:
        self._window.film.several_open = self._window.worklist_model.rowCount() > 1
        if self.films.number is None and self._window.worklist_model.rowCount():
            self._window.worklist.select_first()
        self.queue.show_idle()
        self.changed.emit()

    def _on_found(self, is_any: bool) -> None:
        if not is_any:
            self._window.message_bar.say("There are no films there.")
        elif self._settings.score_on_opening:
            self.start_queue()

    def _on_queue_running(self) -> None:
        if not self.queue.is_running:
            self.intake.picture_scored()

    def _on_item_changed(self, item: WorklistItem) -> None:
        self._window.worklist_model.replace(item)
        self.queue.show_idle()
