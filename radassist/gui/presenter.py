"""Turns what the user asks for into jobs and view calls. The story of the window, with no layout and no pixels."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from radassist.domain.analysis import ModelFacts
from radassist.domain.cancellation import CancelToken
from radassist.domain.study import FilmSource, Instance
from radassist.domain.worklist import FINAL_STATES, ItemState, UnfinishedRun, WorklistItem
from radassist.gui.backing import Backing
from radassist.gui.ending import end_all
from radassist.gui.errors import sentence_for
from radassist.gui.film.film_presenter import FilmPresenter
from radassist.gui.film.images import grey_image
from radassist.gui.intents import Intents
from radassist.gui.jobs import Job, JobRunner, Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.queue.queue_presenter import QueuePresenter
from radassist.gui.queue.unfinished_presenter import UnfinishedPresenter
from radassist.gui.queue.watch_presenter import WatchPresenter
from radassist.gui.settings import WindowSettings
from radassist.workflow.headers import read_headers
from radassist.workflow.thumbnails import read_thumbnails

_MOST_THUMBNAILS = 1000
"""Films read only to be pictured in the list, at most."""

_CHUNK_SECONDS = 0.1
"""How often the worklist grows while a folder is being listed."""


class Presenter(QObject):
    """Owns the worklist's content and hands films to the film and queue presenters.

    Attributes:
        films: The film on the screen.
        queue: The batch that is running.
        unfinished: The batch that the program's last end cut short.
        watch: The folder that is watched.
        facts: Of the loaded model; None until it is loaded.
        is_changing_model: Whether another one is being loaded in its place.

    Signals:
        backed(): The real parts are there.
        opened(list): These paths are being opened.
    """

    backed = Signal()
    opened = Signal(list)

    def __init__(self, window: MainWindow, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._runner = JobRunner(self)
        self._backing: Backing | None = None
        self._early_paths: list[Path] = []
        self._listings: list[_Listing] = []
        self._namings: list[Job] = []
        self._pictured: set[int] = set()
        self._arrivals = 0
        self._is_closed = False
        self._have_ended = True
        self.facts: ModelFacts | None = None
        self.is_changing_model = False
        self.films = FilmPresenter(window, self._runner)
        self.queue = QueuePresenter(window.queue, window.worklist_model, self._runner)
        self.unfinished = UnfinishedPresenter(window.offer_bar, self._runner)
        self.watch = WatchPresenter(self._runner, self)
        self.intents = Intents(window, self, settings)
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
        return bool(self._listings)

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
        self.films.use(backing.screen)
        self.unfinished.use(backing.unfinished, backing.forget_unfinished)
        if backing.warning:
            self._window.message_bar.say(backing.warning)
        paths, self._early_paths = self._early_paths, []
        if paths:
            self.open_paths(paths)
        self.intents.refresh()
        self.backed.emit()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Put every film below `paths` on the worklist, as they are found."""
        if self._backing is None:
            self._early_paths += paths
            return
        if not paths:
            return
        self.opened.emit(list(paths))
        discover = self._backing.services.discover
        job = self._runner.start(lambda token: _in_chunks(discover(paths, token), token), lane=Lane.IO)
        listing = _Listing(job)
        self._listings.append(listing)
        job.stepped.connect(partial(self._on_found, listing))
        job.failed.connect(self.report)
        job.succeeded.connect(lambda _: self._on_listed(listing))
        job.finished.connect(partial(self._end_listing, listing))

    def add_items(
        self, items: Sequence[WorklistItem], thumbnails: Mapping[int, NDArray[np.uint8]] = MappingProxyType({})
    ) -> None:
        """Put `items`, numbered by whoever made them, on an empty worklist, with small pictures by item number."""
        self._arrivals = max((item.number for item in items), default=-1) + 1
        self._append(list(items))
        for number, grey in thumbnails.items():
            self._on_thumbnail(number, grey)

    def close_all(self) -> None:
        """Empty the worklist; whatever is still being listed, named or scored ends unheard."""
        for job in (*(listing.job for listing in self._listings), *self._namings):
            job.cancel()
        self._listings.clear()
        self._early_paths.clear()
        self.queue.cancel()
        self.films.close_film()
        self._window.worklist_model.clear()
        self._window.undo_stack.clear()
        self.queue.show_idle()
        self.intents.refresh()

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

    def export_csv(self, target: Path, *, identified: bool = False) -> None:
        """Write one row to `target` for each film that was scored, refused or failed, and say what is not in it.

        Args:
            target: Replaced if it exists.
            identified: With readers' notes, and with UIDs in place of salted keys.
        """
        if self._backing is None:
            return
        write = self._backing.write_identified if identified else self._backing.write_csv
        if write is None:
            self._window.message_bar.say("Nothing is kept now, so there are no notes to export.")
            return
        if hidden := self._window.worklist_model.hidden_count:
            self._window.message_bar.say(
                f"The table would tell you what the model says of {_counted(hidden, 'film')} you have not answered yet:"
                " answer them, or end blind-first reading, and export then."
            )
            return
        items = self._window.worklist_model.items()
        ended = [item for item in items if item.state in FINAL_STATES]
        labels = self.facts.labels if self.facts else ()

        def write_all() -> None:
            self._runner.settle(Lane.READING)  # the last answer may still be on its way to the store
            write(ended, target, labels)

        job = self._runner.start(one_step(write_all), lane=Lane.IO)
        job.succeeded.connect(lambda _: self._on_exported(target, len(ended), len(items) - len(ended)))
        job.failed.connect(self.report)

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
        self.intents.refresh()

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
        self.films.item_changed.connect(self._on_item_changed)
        self.films.thumbnail_made.connect(self._on_thumbnail)
        self.queue.thumbnail_made.connect(self._on_thumbnail)
        self.queue.problem.connect(self.report)
        self.queue.running_changed.connect(self.intents.refresh)
        self.queue.running_changed.connect(self._picture_films)
        self.unfinished.wanted.connect(self.continue_run)
        self.unfinished.problem.connect(self.report)
        self.watch.arrived.connect(self.take_in)
        self.watch.changed.connect(self.intents.refresh)
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

    def _on_exported(self, target: Path, written: int, missing: int) -> None:
        sentence = f"{_counted(written, 'row')} written to {target.name}"
        if missing:
            is_not = "is not scored yet and not" if missing == 1 else "are not scored yet and not"
            self._window.message_bar.say(f"{sentence}; {_counted(missing, 'film')} {is_not} in it.")
        else:
            self._window.show_message(f"{sentence}.")

    def _on_found(self, listing: "_Listing", instances: list[Instance]) -> None:
        if listing not in self._listings:
            return  # closed meanwhile
        listing.items += self._list(instances)

    def take_in(self, instances: Sequence[Instance]) -> None:
        """Put films on the worklist and score them at once, whether opened films wait or not."""
        self._name_patients(self._list(instances))
        self.start_queue()

    def _list(self, instances: Sequence[Instance]) -> list[WorklistItem]:
        now = datetime.now(UTC)
        items = [
            WorklistItem(number, instance.source, instance.identity, arrived_at=now)
            for number, instance in enumerate(instances, start=self._arrivals)
        ]
        self._arrivals += len(items)
        self._append(items)
        return items

    def _append(self, items: list[WorklistItem]) -> None:
        self._window.worklist_model.append(items)
        self._window.film.several_open = len(self._window.worklist_model.items()) > 1
        if self.films.number is None and items:
            self._window.worklist.select_first()
        self.queue.show_idle()
        self.intents.refresh()

    def _on_listed(self, listing: "_Listing") -> None:
        if listing not in self._listings:
            return
        if not listing.items:
            self._window.message_bar.say("There are no films there.")
            return
        self._name_patients(listing.items)
        if self._settings.score_on_opening:
            self.start_queue()

    def _end_listing(self, listing: "_Listing") -> None:
        if listing in self._listings:
            self._listings.remove(listing)
        self.intents.refresh()

    def _name_patients(self, items: Sequence[WorklistItem]) -> None:
        """Read the headers of `items`, so that the list names patients before their films are scored."""
        if self._backing is None or not items:
            return
        loader, numbers = self._backing.services.loader, {item.source: item.number for item in items}
        instances = [Instance(item.source) for item in items]
        job = self._runner.start(
            lambda token: _in_chunks(read_headers(instances, loader, token), token), lane=Lane.HEADERS
        )
        self._namings.append(job)
        job.stepped.connect(partial(self._on_named, numbers))
        job.failed.connect(self.report)
        job.finished.connect(lambda: self._namings.remove(job))

    def _picture_films(self) -> None:
        """Read films whose results were kept from an earlier time and that have no thumbnail yet."""
        if self._backing is None or self.queue.is_running:
            return
        bare = [
            item
            for item in self._window.worklist_model.items()
            if item.state is ItemState.SCORED and item.number not in self._pictured
        ]
        if not bare:
            return
        loader = self._backing.services.loader
        job = self._runner.start(
            lambda token: read_thumbnails(bare[:_MOST_THUMBNAILS], loader, token), lane=Lane.HEADERS
        )
        self._namings.append(job)
        job.stepped.connect(lambda pictured: self._on_thumbnail(*pictured))
        job.failed.connect(self.report)
        job.finished.connect(lambda: self._namings.remove(job))

    def _on_named(self, numbers: dict[FilmSource, int], instances: list[Instance]) -> None:
        model = self._window.worklist_model
        for instance in instances:
            number = numbers[instance.source]
            if number in model:
                model.replace(model.item(number).identified(instance.identity))

    def _on_item_changed(self, item: WorklistItem) -> None:
        self._window.worklist_model.replace(item)
        self.queue.show_idle()

    def _on_thumbnail(self, number: int, grey: NDArray[np.uint8]) -> None:
        if number in self._window.worklist_model:
            self._pictured.add(number)
            self._window.worklist_model.set_thumbnail(number, grey_image(grey))


class _Listing:
    """Films that one act of opening has found so far."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.items: list[WorklistItem] = []


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _in_chunks(instances: Iterator[Instance], token: CancelToken) -> Iterator[list[Instance]]:
    chunk: list[Instance] = []
    due = time.monotonic()
    for instance in instances:
        token.raise_if_cancelled()
        chunk.append(instance)
        if time.monotonic() >= due:
            yield chunk
            chunk, due = [], time.monotonic() + _CHUNK_SECONDS
    if chunk:
        yield chunk
