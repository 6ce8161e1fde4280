"""A batch that forgets nothing: every result is kept before it is told, and what is known is not scored again."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import wait
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial

from radassist.domain.analysis import Analysis, ModelFacts
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import StoreError
from radassist.domain.study import FileStamp
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.imaging.stamps import digest_of, stamp_of
from radassist.workflow.batch import (
    BatchEvent,
    BatchFinished,
    EndedEvent,
    FilmEvent,
    FilmsLost,
    ItemFailed,
    ItemScored,
    PauseGate,
    ended_event,
    run_batch,
    run_in_steps,
    summary_of,
)
from radassist.workflow.services import ResultsSink, Services
from radassist.workflow.waiting import result_of

_SOON_SECONDS = 0.1
"""A model that is there by then was there."""
_CHUNK = 100
"""Films recalled and written down in one transaction."""


class Reuse(Enum):
    """Which earlier results of unchanged films stand."""

    ALL = auto()
    NOT_FAILED = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True, eq=False)
class ResultsUnsaved:
    """A result cannot be kept now: the batch has paused itself and tries again when its gate opens."""

    error: StoreError


@dataclass(frozen=True, slots=True)
class ModelAwaited:
    """The model is being loaded, or changed; the first film is read when it is there."""


KeptEvent = BatchEvent | ResultsUnsaved | ModelAwaited
_Ended = tuple[WorklistItem, FileStamp | None]
Stamps = dict[int, FileStamp | None]
"""The stamp a film's file had before it was read, by the number of its item."""


def run_kept(
    items: Sequence[WorklistItem],
    services: Services,
    *,
    cancel: CancelToken,
    gate: PauseGate | None = None,
    reuse: Reuse = Reuse.ALL,
    ended: Sequence[WorklistItem] = (),
) -> Iterator[KeptEvent]:
    """`run_batch` over a store: recalled films come first, and no film is told of before its result is on the disk.

    Where a result cannot be kept, the batch pauses if it has a `gate`; else it ends. Without `services.begin_run` it is
    `run_batch` itself, once the model is there.

    Args:
        items: As for `run_batch`.
        services: As for `run_batch`.
        cancel: As for `run_batch`.
        gate: As for `run_batch`.
        reuse: Which earlier results stand.
        ended: Films that belong to the same worklist and have ended; those of this model are kept beside the others.

    Raises:
        StoreError: If results cannot be kept; those of every film that was told of are.
        ModelUnavailable, Cancelled: As `run_batch`.
        FilmsLost: If the store holds another sum than the batch.
    """
    yield from _awaited(services, cancel)
    if services.begin_run is None:
        yield from run_batch(items, services, cancel=cancel, gate=gate)
        return
    began = time.monotonic()
    predictor = services.make_predictor()
    facts = predictor.facts  # those of the beginning hold to the end
    # The model may have been changed since the queue was asked for: answers of the one before are none of this run.
    ended = [item for item in ended if item.analysis is None or _is_by(facts, item.analysis)]
    run = _begun(services.begin_run(facts), items, ended)
    counts = Counter(item.state for item in ended)
    stamps: Stamps = {}
    for item in recalled(items, run, reuse, stamps, cancel):
        counts[item.state] += 1
        yield ended_event(item)
    known = len(items) - len(stamps)
    loaded = replace(services, make_predictor=lambda: predictor)
    for events in run_in_steps([item for item in items if item.number in stamps], loaded, cancel=cancel, gate=gate):
        kept = [_of_this_model(event, facts) for event in events if not isinstance(event, BatchFinished)]
        fresh = [event.item for event in kept if isinstance(event, EndedEvent)]
        yield from _saved(run, [(item, stamps.pop(item.number)) for item in fresh], cancel, gate)
        counts.update(item.state for item in fresh)
        yield from kept
    finish(run, counts)
    counts.subtract(item.state for item in ended)
    yield BatchFinished(summary_of(len(items), counts, time.monotonic() - began, known))


def _awaited(services: Services, cancel: CancelToken) -> Iterator[ModelAwaited]:
    """Wait for the model; a batch that began between two models would have films of both."""
    if services.model_ready is None:
        return
    ready = services.model_ready()
    wait([ready], timeout=_SOON_SECONDS)
    if not ready.done():
        yield ModelAwaited()
    result_of(ready, cancel)


def _begun(run: ResultsSink, items: Sequence[WorklistItem], ended: Sequence[WorklistItem]) -> ResultsSink:
    run.add([*items, *ended])
    if ended:
        run.save([(item, None) for item in ended])
    return run


def recalled(
    items: Sequence[WorklistItem], run: ResultsSink, reuse: Reuse, stamps: Stamps, cancel: CancelToken
) -> Iterator[WorklistItem]:
    """The items that are known, already saved with this run; the others' stamps go into `stamps`.

    Raises:
        StoreError: If they cannot be looked up or saved.
        Cancelled: If `cancel` is cancelled.
    """
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
    run: ResultsSink, ended: Sequence[_Ended], cancel: CancelToken, gate: PauseGate | None
) -> Iterator[ResultsUnsaved]:
    """Save `ended`, pausing and trying again as long as that fails; given up only when the batch is cancelled."""
    while ended:
        try:
            run.save(ended)
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


def _of_this_model(event: FilmEvent, facts: ModelFacts) -> FilmEvent:
    """`event`, decided at the threshold the run began with; a failure where another model gave the answer."""
    if not isinstance(event, ItemScored) or event.item.analysis is None:
        return event
    if _is_by(facts, event.item.analysis):
        return replace(event, item=event.item.at(facts.point))
    name = event.item.source.name
    item = event.item.started().failed(f"{name} was scored by another model than the queue began with. Score it again.")
    return ItemFailed(item, event.thumbnail)


def _is_by(facts: ModelFacts, analysis: Analysis) -> bool:
    return analysis.provenance.model_sha256 == facts.sha256


def finish(run: ResultsSink, counts: Counter[ItemState]) -> None:
    """Close `run`, in which so many films ended in each state.

    Raises:
        FilmsLost: If it holds another sum.
        StoreError: If it cannot be read or closed.
    """
    if run.counts() != dict(counts):
        raise FilmsLost(f"the store holds {run.counts()}, the batch ended with {dict(counts)}")
    run.finish()
