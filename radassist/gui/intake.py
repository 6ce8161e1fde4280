"""How films come onto the worklist: found on the disk, named by their headers, pictured."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from radassist.domain.cancellation import CancelToken
from radassist.domain.study import FilmSource, Instance
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.gui.film.images import grey_image
from radassist.gui.jobs import Job, JobRunner, Lane
from radassist.gui.worklist.worklist_model import WorklistTableModel
from radassist.workflow.headers import read_headers
from radassist.workflow.services import Services
from radassist.workflow.thumbnails import read_thumbnails

_MOST_THUMBNAILS = 1000
"""Films read only to be pictured in the list, at most."""

_CHUNK_SECONDS = 0.1
"""How often the worklist grows while a folder is being listed."""


class Intake(QObject):
    """Puts films on the worklist and sees to it that their rows tell who they are.

    Signals:
        listed(): Films came onto the worklist.
        found(bool): An act of opening has put all its films there; whether there was any.
        ended(): An act of opening is over, in whatever way.
        problem(object): The exception that ended a job.
    """

    listed = Signal()
    found = Signal(bool)
    ended = Signal()
    problem = Signal(object)

    def __init__(self, model: WorklistTableModel, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._runner = model, runner
        self._services: Services | None = None
        self._listings: list[_Listing] = []
        self._readings: list[Job] = []
        self._pictured: set[int] = set()
        self._arrivals = 0

    @property
    def is_listing(self) -> bool:
        """Whether files are still being looked for."""
        return bool(self._listings)

    def use(self, services: Services) -> None:
        """Find and read films with `services` from now on."""
        self._services = services

    def find(self, paths: Sequence[Path]) -> None:
        """Put every film below `paths` on the worklist, as they are found; nothing happens before `use`."""
        if self._services is None:
            return
        discover = self._services.discover
        job = self._runner.start(lambda token: _in_chunks(discover(paths, token), token), lane=Lane.IO)
        listing = _Listing(job)
        self._listings.append(listing)
        job.stepped.connect(partial(self._on_found, listing))
        job.failed.connect(self.problem)
        job.succeeded.connect(lambda _: self._on_listed(listing))
        job.finished.connect(partial(self._end_listing, listing))

    def take_in(self, instances: Sequence[Instance]) -> None:
        """Put films on the worklist that were found already."""
        self._name_patients(self._list(instances))

    def add(
        self, items: Sequence[WorklistItem], thumbnails: Mapping[int, NDArray[np.uint8]] = MappingProxyType({})
    ) -> None:
        """Put `items`, numbered by whoever made them, on an empty worklist.

        Args:
            items: With whatever answers they have.
            thumbnails: (h, w) grey of the films, by item number.
        """
        self._arrivals = max((item.number for item in items), default=-1) + 1
        self._append(list(items))
        for number, grey in thumbnails.items():
            self.set_thumbnail(number, grey)

    def stop(self) -> None:
        """Find, name and picture nothing more; what is under way ends unheard."""
        for job in (*(listing.job for listing in self._listings), *self._readings):
            job.cancel()
        self._listings.clear()

    def set_thumbnail(self, number: int, grey: NDArray[np.uint8]) -> None:
        """Show (h, w) `grey` beside film `number`, if it is still on the list."""
        if number in self._model:
            self._pictured.add(number)
            self._model.set_thumbnail(number, grey_image(grey))

    def picture_scored(self) -> None:
        """Read films whose results were kept from an earlier time and that have no thumbnail yet."""
        bare = [
            item for item in self._model.items() if item.state is ItemState.SCORED and item.number not in self._pictured
        ]
        if bare and self._services is not None:
            loader = self._services.loader
            job = self._read(lambda token: read_thumbnails(bare[:_MOST_THUMBNAILS], loader, token))
            job.stepped.connect(lambda pictured: self.set_thumbnail(*pictured))

    def _on_found(self, listing: "_Listing", instances: list[Instance]) -> None:
        if listing not in self._listings:
            return  # stopped meanwhile
        listing.items += self._list(instances)

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
        self._model.append(items)
        self.listed.emit()

    def _on_listed(self, listing: "_Listing") -> None:
        if listing not in self._listings:
            return
        self._name_patients(listing.items)
        self.found.emit(bool(listing.items))

    def _end_listing(self, listing: "_Listing") -> None:
        if listing in self._listings:
            self._listings.remove(listing)
        self.ended.emit()

    def _name_patients(self, items: Sequence[WorklistItem]) -> None:
        """Read the headers of `items`, so that the list names patients before their films are scored."""
        if self._services is None or not items:
            return
        loader, numbers = self._services.loader, {item.source: item.number for item in items}
        instances = [Instance(item.source) for item in items]
        job = self._read(lambda token: _in_chunks(read_headers(instances, loader, token), token))
        job.stepped.connect(partial(self._on_named, numbers))

    def _read(self, steps: Callable[[CancelToken], Iterator[object]]) -> Job:
        """Read films for the list alone, behind those that somebody waits for."""
        job = self._runner.start(steps, lane=Lane.HEADERS)
        self._readings.append(job)
        job.failed.connect(self.problem)
        job.finished.connect(lambda: self._readings.remove(job))
        return job

    def _on_named(self, numbers: dict[FilmSource, int], instances: list[Instance]) -> None:
        for instance in instances:
            number = numbers[instance.source]
            if number in self._model:
                self._model.replace(self._model.item(number).identified(instance.identity))


class _Listing:
    """Films that one act of opening has found so far."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.items: list[WorklistItem] = []


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
