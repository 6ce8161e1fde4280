"""Runs and readings that leave a line in the audit trail for every film."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from radassist.domain.analysis import ModelFacts
from radassist.domain.errors import StoreError
from radassist.domain.prepared import InputShape, PreparedFilm
from radassist.domain.presentation import PresentationState
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FileStamp, FilmSource, Identity
from radassist.domain.tags import TagList
from radassist.domain.worklist import FINAL_STATES, ItemState, WorklistItem
from radassist.export.audit import Act, AuditTrail
from radassist.workflow.services import FilmLoader, ResultsSink

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AuditedRuns:
    """Begins runs that are recorded: to be called in place of `begin`."""

    begin: Callable[[ModelFacts], ResultsSink]
    trail: AuditTrail

    def __call__(self, facts: ModelFacts) -> ResultsSink:
        """A recorded run of the loaded model."""
        run = self.begin(facts)
        record_model(self.trail, Act.STARTED, facts)
        return AuditedRun(run, self.trail)


def record_model(trail: AuditTrail, act: Act, facts: ModelFacts) -> None:
    """Record `act` with the model that answers and its threshold in force; raises as `AuditTrail.record`."""
    trail.record(
        act,
        model=facts.model,
        model_sha256=facts.sha256,
        threshold=facts.threshold,
        threshold_set_by=facts.threshold_by,
    )


class AuditedRun:
    """A `ResultsSink` that records what it keeps, after it is kept."""

    def __init__(self, run: ResultsSink, trail: AuditTrail) -> None:
        self._run, self._trail = run, trail
        self._recalled: set[int] = set()
        self._before: dict[int, WorklistItem] = {}

    def add(self, items: Sequence[WorklistItem]) -> None:
        """As the run's."""
        self._run.add(items)
        self._before |= {item.number: item for item in items if item.state in FINAL_STATES}

    def recall(self, item: WorklistItem, stamp: FileStamp, digest: Callable[[], str | None]) -> WorklistItem | None:
        """As the run's."""
        ended = self._run.recall(item, stamp, digest)
        if ended:
            self._recalled.add(item.number)
        return ended

    def save(self, ended: Sequence[tuple[WorklistItem, FileStamp | None]]) -> None:
        """As the run's, and one line an item; one that had ended when it was added has its line already."""
        self._run.save(ended)
        now = [item for item, _ in ended if item is not self._before.get(item.number)]
        recalled = [item for item in now if item.number in self._recalled]
        fresh = [item for item in now if item.number not in self._recalled]
        self._trail.record_ended(recalled, recalled=True)
        self._trail.record_ended(fresh)

    def items(self) -> Iterator[WorklistItem]:
        """As the run's."""
        return self._run.items()

    def counts(self) -> dict[ItemState, int]:
        """As the run's."""
        return self._run.counts()

    def finish(self) -> None:
        """As the run's."""
        self._run.finish()


class AuditedLoader:
    """A `FilmLoader` for the screen: every film that was read through it is recorded as opened."""

    def __init__(self, loader: FilmLoader, trail: AuditTrail) -> None:
        self._loader, self._trail = loader, trail

    def submit(self, source: FilmSource, *, urgent: bool = False) -> "Future[Radiograph]":
        """As the loader's."""
        future = self._loader.submit(source, urgent=urgent)
        future.add_done_callback(partial(_record_opened, self._trail))
        return future

    def prepare(self, source: FilmSource, shape: InputShape) -> "Future[PreparedFilm]":
        """As the loader's, unrecorded: nobody sees such a film."""
        return self._loader.prepare(source, shape)

    def identify(self, source: FilmSource) -> "Future[Identity | None]":
        """As the loader's."""
        return self._loader.identify(source)

    def read_tags(self, source: FilmSource) -> "Future[TagList]":
        """As the loader's."""
        return self._loader.read_tags(source)

    def read_presentation(self, source: FilmSource) -> "Future[PresentationState]":
        """As the loader's."""
        return self._loader.read_presentation(source)

    def close(self) -> None:
        """As the loader's."""
        self._loader.close()


def _record_opened(trail: AuditTrail, future: "Future[Radiograph]") -> None:
    if future.cancelled() or future.exception():
        return
    try:
        trail.record_film(Act.OPENED, future.result().facts.sha256)
    except StoreError as error:  # a film that can be looked at is looked at
        _LOG.error("a film that was opened could not be recorded", exc_info=error)
