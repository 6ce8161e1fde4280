"""Films through the stages of a cluster by Ray Data, in the order in which they end."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import pyarrow as pa

from radassist.cluster.plan import ScoringPlan
from radassist.cluster.rows import ended_item, sources_table
from radassist.cluster.session import Resources
from radassist.cluster.stages import ScoreStage, read_stage
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import RadassistError, UserError
from radassist.domain.worklist import WorklistItem

BATCH = 8
_MOST_FILMS_A_TASK = 256
_TASKS_A_CORE = 4
_BLOCK_BYTES = 32 * 2**20
_POLL_SECONDS = 0.1

_READING_SHARE, _SCORING_SHARE = 0.75, 0.25
"""Of a core. Together they are one, so that a cluster that shrinks to its last core still has room for both."""


class FilmsDoubled(RadassistError):
    """A cluster gave a film back twice: a bug that must never reach a table."""


def score_on_cluster(
    items: Sequence[WorklistItem], plan: ScoringPlan, resources: Resources, cancel: CancelToken
) -> Iterator[list[WorklistItem]]:
    """Read and score `items`, which wait: groups of them as they end, each item once; empty ones while none ends.

    What a machine had not finished when it was lost, the others do again.

    Raises:
        UserError: If a machine cannot do it; the sentence says why.
        FilmsDoubled: If a film comes back twice.
        Cancelled: If `cancel` is cancelled.
    """
    waiting = {item.number: item for item in items}
    dataset = _dataset(items, plan, resources)
    for table in _polled(lambda: dataset.iter_batches(batch_size=None, batch_format="pyarrow"), cancel):
        rows = [] if table is None else table.to_pylist()
        if any(row["number"] not in waiting for row in rows):
            raise FilmsDoubled("a film came back that was not waited for")
        yield [ended_item(waiting.pop(row["number"]), row) for row in rows]


def films_a_task(films: int, cores: int) -> int:
    """How many films one task reads: few enough for every core to have its share, and for a lost one to cost little."""
    return max(1, min(_MOST_FILMS_A_TASK, ceil(films / (cores * _TASKS_A_CORE))))


def _dataset(items: Sequence[WorklistItem], plan: ScoringPlan, resources: Resources) -> Any:
    import ray.data

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.target_max_block_size = _BLOCK_BYTES
    size = films_a_task(len(items), resources.cores)
    tables = [sources_table(items[first : first + size]) for first in range(0, len(items), size)]
    cards = 0 if plan.device == "cpu" else 1
    engines = resources.cards if cards else resources.cores
    return (
        ray.data.from_arrow(tables)
        .map_batches(read_stage, fn_args=(plan,), batch_size=None, batch_format="pyarrow", num_cpus=_READING_SHARE)
        .map_batches(
            ScoreStage,
            fn_constructor_args=(plan,),
            batch_size=BATCH,
            batch_format="pyarrow",
            num_cpus=_SCORING_SHARE,
            num_gpus=cards,
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=engines),
        )
    )


def _polled(tables: Callable[[], Iterator[pa.Table]], cancel: CancelToken) -> Iterator[pa.Table | None]:
    """What `tables` yields, from a thread of its own, and None now and then: waiting can be cancelled."""
    arrived: SimpleQueue[pa.Table | BaseException | None] = SimpleQueue()
    Thread(target=_pump, args=(tables, arrived), name="cluster-results", daemon=True).start()
    while True:
        cancel.raise_if_cancelled()
        try:
            got = arrived.get(timeout=_POLL_SECONDS)
        except Empty:
            yield None
            continue
        if got is None:
            return
        if isinstance(got, BaseException):
            raise _in_words(got)
        yield got


def _pump(tables: Callable[[], Iterator[pa.Table]], arrived: "SimpleQueue[pa.Table | BaseException | None]") -> None:
    try:
        for table in tables():
            arrived.put(table)
        arrived.put(None)
    except BaseException as error:  # noqa: BLE001  (as every executor does: even a bug must reach the one who waits)
        arrived.put(error)


def _in_words(error: BaseException) -> BaseException:
    """The sentence for a person within what Ray wrapped around it; `error` itself where there is none."""
    inner: BaseException | None = error
    while inner is not None:
        # Ray's wrapper says to be of the kind it wraps, but its text is a whole traceback.
        cause = getattr(inner, "cause", None) or inner.__cause__
        if isinstance(inner, UserError) and cause is None:
            return UserError(str(inner))
        inner = cause
    return error
