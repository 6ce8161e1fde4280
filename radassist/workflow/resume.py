"""A batch that forgets nothing: every result is kept before it is told, and what is known is not scored again."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial

from radassist.domain.analysis import ModelFacts
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import StoreError
from radassist.domain.study import FileStamp
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.imaging.stamps import digest_of, stamp_of
from radassist.workflow.batch import (
    BatchEvent,
    BatchFinished,
    BatchSummary,
    EndedEvent,
    FilmsLost,
    ItemFailed,
    PauseGate,
    ended_event,
    run_batch,
    summary_of,
)
from radassist.workflow.services import ResultsSink, Services

_CHUNK = 100
"""Films recalled and written down in one transaction."""


class Reuse(Enum):
    """Which earlier results of unchanged films stand."""

    ALL = auto()
    NOT_FAILED = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where a batch keeps its results.

    Attributes:
        begin: Makes the run for the model that is loaded.
    """

    begin: Callable[[ModelFacts], ResultsSink]
    reuse: Reuse = Reuse.ALL


@dataclass(frozen=True, slots=True, eq=False)
class ResultsUnsaved:
    """A result cannot be kept now: the batch has paused itself and tries again when its gate opens."""

    error: StoreError


KeptEvent = BatchEvent | ResultsUnsaved
_Stamps = dict[int, FileStamp | None]


def run_kept(
    items: Sequence[WorklistItem],
    services: Services,
    keeping: Keeping,
    *,
    cancel: CancelToken,
    gate: PauseGate | None = None,
) -> Iterator[KeptEvent]:
    """`run_batch` over a store: recalled films come first, and no film is told of before its result is on the disk.

    Where a result cannot be kept, the batch pauses if it has a `gate`; else it ends.

    Raises:
        StoreError: If results cannot be kept; what was told of is.
        ModelUnavailable, Cancelled: As `run_batch`.
        FilmsLost: If the store holds another sum than the batch.
    """
    began = time.monotonic()
    predictor = services.make_predictor()
    run = keeping.begin(predictor.facts)
    run.add(items)
    counts: Counter[ItemState] = Counter()
    stamps: _Stamps = {}
    for item in _recalled(items, run, keeping.reuse, stamps, cancel):
        counts[item.state] += 1
        yield ended_event(item)
    recalled = counts.total()
    loaded = replace(services, make_predictor=lambda: predictor)
    for event in run_batch([item for item in items if item.number in stamps], loaded, cancel=cancel, gate=gate):
        if isinstance(event, EndedEvent):
            ended = _of_this_model(event, predictor.facts)
            yield from _saved(run, ended.item, stamps.pop(ended.item.number), cancel, gate)
            counts[ended.item.state] += 1
            yield ended
        elif not isinstance(event, BatchFinished):
            yield event
    summary = _finish(run, len(items), counts, time.monotonic() - began)
    yield BatchFinished(replace(summary, recalled=recalled))


def _recalled(
    items: Sequence[WorklistItem], run: ResultsSink, reuse: Reuse, stamps: _Stamps, cancel: CancelToken
) -> Iterator[WorklistItem]:
    """The items that are known, already saved with this run; the others' stamps go into `stamps`."""
    for first in range(0, len(items), _CHUNK):
        known = []
        for item in items[first : first + _CHUNK]:
            cancel.raise_if_cancelled()
            # Looked at before the film is read: if it changes meanwhile, the stamp is old and will not be found again.
            stamp = stamp_of(item.source)
            ended = _recall(item, stamp, run, reuse)
            if ended is None:
                stamps[item.number] = stamp
            else:
                known.append((ended, stamp))
        if known:
            run.save(known)
        yield from (item for item, _ in known)


def _recall(item: WorklistItem, stamp: FileStamp | None, run: ResultsSink, reuse: Reuse) -> WorklistItem | None:
    if stamp is None or reuse is Reuse.NOTHING:
        return None
    ended = run.recall(item, stamp, partial(digest_of, item.source))
    return None if ended and ended.state is ItemState.FAILED and reuse is Reuse.NOT_FAILED else ended


def _saved(
    run: ResultsSink, item: WorklistItem, stamp: FileStamp | None, cancel: CancelToken, gate: PauseGate | None
) -> Iterator[ResultsUnsaved]:
    """Save `item`, pausing and trying again as long as that fails; given up only when the batch is cancelled."""
    while True:
        try:
            run.save([(item, stamp)])
            return
        except StoreError as error:
            if gate is None:
                raise
            if not cancel.is_cancelled:
                gate.pause()
            yield ResultsUnsaved(error)
        if cancel.is_cancelled:
            return
        gate.wait(cancel)


def _of_this_model(event: EndedEvent, facts: ModelFacts) -> EndedEvent:
    """`event`, unless another model than the run began with gave the answer: then the film has failed."""
    analysis = event.item.analysis
    if analysis is None or analysis.provenance.model_sha256 == facts.sha256:
        return event
    name = event.item.source.name
    item = event.item.started().failed(f"{name} was scored by another model than the queue began with. Score it again.")
    return ItemFailed(item, event.thumbnail)


def _finish(run: ResultsSink, found: int, counts: Counter[ItemState], seconds: float) -> BatchSummary:
    if run.counts() != dict(counts):
        raise FilmsLost(f"the store holds {run.counts()}, the batch ended with {dict(counts)}")
    run.finish()
    return summary_of(found, counts, seconds)
