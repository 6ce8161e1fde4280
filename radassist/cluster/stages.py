"""The two stages a film passes on a cluster: read by a task, scored by an engine. They run in processes of Ray."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future

import pyarrow as pa

from radassist.cluster.conditions import check_conditions, check_software
from radassist.cluster.plan import ScoringPlan
from radassist.cluster.rows import read_films, read_row, result_row, results_table, running_items
from radassist.domain.prepared import InputShape, PreparedFilm
from radassist.domain.worklist import WorklistItem
from radassist.imaging.decoding import DecoderPool
from radassist.inference import film_reader
from radassist.inference.predictor import load_predictor
from radassist.workflow.batch import answers_of
from radassist.workflow.outcome import conclude

_READ_AHEAD = 2


def read_stage(sources: pa.Table, plan: ScoringPlan) -> Iterator[pa.Table]:
    """Read films in a supervised child process of their own, as on a single machine: one row a film, in order.

    A film that kills the child, outgrows its memory or takes too long costs that film alone.

    Args:
        sources: With the columns `rows.SOURCES`.
        plan: Of the run.

    Raises:
        OtherConditions: If this machine would read films otherwise.
    """
    check_software(plan.conditions, plan.precision)
    with DecoderPool(workers=1, reader=film_reader.__name__) as pool:
        for item, reading in _readings(running_items(sources), plan.shape, pool):
            error = reading.exception()
            yield read_row(item, reading.result()) if error is None else read_row(conclude(item, error))


class ScoreStage:
    """The engine of a single machine, in an actor: films in, outcomes out.

    Raises:
        ModelUnavailable: If the model cannot be loaded on this machine.
        OtherConditions: If this machine would score films otherwise.
    """

    def __init__(self, plan: ScoringPlan) -> None:
        # One core: the others have engines and films to read of their own.
        self._predictor = load_predictor(plan.model, plan.device, plan.precision, cores=1)
        check_conditions(plan.conditions, self._predictor.facts, plan.precision)

    def __call__(self, films: pa.Table) -> pa.Table:
        """One row of `rows.RESULTS` a row of `rows.FILMS`."""
        read, ended = read_films(films)
        answers = answers_of([film for _, film in read], self._predictor) if read else []
        scored = (conclude(item, answer, film) for (item, film), answer in zip(read, answers, strict=True))
        return results_table([*ended, *map(result_row, scored)])


def _readings(
    items: Iterable[WorklistItem], shape: InputShape, pool: DecoderPool
) -> "Iterator[tuple[WorklistItem, Future[PreparedFilm]]]":
    """Each item with its film, some of which are being read before they are asked for."""
    ahead: deque[tuple[WorklistItem, Future[PreparedFilm]]] = deque()
    for item in items:
        ahead.append((item, pool.prepare(item.source, shape)))
        if len(ahead) > _READ_AHEAD:
            yield ahead.popleft()
    yield from ahead
