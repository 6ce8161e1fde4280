"""A batch on a cluster: every result is in a shard before it is told of, and what a shard holds is not scored again."""

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from radassist.cluster.pipeline import score_on_cluster
from radassist.cluster.plan import ScoringPlan
from radassist.cluster.session import ClusterUnavailable, Resources, joined
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.threshold_rule import OperatingPoint
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.workflow.batch import BatchEvent, BatchFinished, ended_event, summary_of
from radassist.workflow.resume import Reuse, Stamps, finish, recalled
from radassist.workflow.services import ResultsSink

SHARD_FILMS = 1000
SHARD_SECONDS = 2.0

Groups = Generator[list[WorklistItem], None, None]
"""Items that have ended, as they come; empty groups while none does."""

Score = Callable[[Sequence[WorklistItem]], Groups]
"""Ends the items it is given."""


def run_sharded(
    items: Sequence[WorklistItem],
    run: ResultsSink,
    score: Score,
    *,
    cancel: CancelToken,
    reuse: Reuse = Reuse.ALL,
) -> Iterator[BatchEvent]:
    """Score `items` as `run_kept` does, but by groups: recalled films first, and no result is told before it is kept.

    Args:
        items: Waiting.
        run: Where results are kept.
        score: Ends the items it is given; not called where all are known.
        cancel: Keeps what has ended.
        reuse: Which earlier results stand.

    Raises:
        StoreError: If results cannot be kept.
        UserError: If there is no cluster, or it cannot do it.
        Cancelled: If `cancel` is cancelled.
        FilmsLost: If `run` holds another sum than came back.
    """
    began = time.monotonic()
    run.add(items)
    counts: Counter[ItemState] = Counter()
    stamps: Stamps = {}
    for item in recalled(items, run, reuse, stamps, cancel):
        counts[item.state] += 1
        yield ended_event(item)
    known = len(items) - len(stamps)
    if stamps:
        waiting = [item for item in items if item.number in stamps]
        for group in gathered(score(waiting)):
            run.save([(item, stamps.pop(item.number)) for item in group])
            counts.update(item.state for item in group)
            yield from map(ended_event, group)
    finish(run, counts)
    yield BatchFinished(summary_of(len(items), counts, time.monotonic() - began, known))


def decided_at(point: OperatingPoint, score: Score) -> Score:
    """`score`, its films decided at `point`."""

    def score_and_decide(items: Sequence[WorklistItem]) -> Groups:
        with closing(score(items)) as groups:
            for group in groups:
                yield [item.at(point) for item in group]

    return score_and_decide


def score_at(address: str, items: Sequence[WorklistItem], plan: ScoringPlan, cancel: CancelToken) -> Groups:
    """`score_on_cluster` at the cluster of that address, which is joined for as long as it takes.

    Raises:
        ClusterUnavailable: If there is none, or it has not the device of the plan.
        UserError, FilmsDoubled, Cancelled: As `score_on_cluster`.
    """
    with joined(address) as resources:
        fitting = replace(plan, device=device_for(plan.device, resources))
        yield from score_on_cluster(items, fitting, resources, cancel)


def device_for(wanted: str, resources: Resources) -> str:
    """`cuda` or `cpu`, where `auto` is wanted as the cluster has it.

    Raises:
        ClusterUnavailable: If the cluster has none, or cannot be asked for it.
    """
    if wanted == "auto":
        return "cuda" if resources.cards else "cpu"
    if wanted == "cpu" or (wanted == "cuda" and resources.cards):
        return wanted
    raise ClusterUnavailable(f"The cluster has no device {wanted!r}; with --ray, try auto or cpu.")


def gathered(groups: Groups, films: int = SHARD_FILMS, seconds: float = SHARD_SECONDS) -> Groups:
    """Groups joined to ones of at least `films`, or of less where the first of them has waited for so many seconds."""
    held: list[WorklistItem] = []
    since = time.monotonic()
    with closing(groups):
        try:
            for group in groups:
                since = since if held else time.monotonic()
                held += group
                if held and (len(held) >= films or time.monotonic() - since >= seconds):
                    yield held
                    held = []
        except Cancelled:
            if held:
                yield held
            raise
    if held:
        yield held
