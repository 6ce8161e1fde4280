"""Scores the films of a table again and says whether the same numbers come out, and if not, what has changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from radassist.domain.analysis import Analysis, ModelFacts
from radassist.domain.cancellation import CancelToken
from radassist.domain.worklist import WorklistItem
from radassist.export.result_rows import as_probability
from radassist.export.table_reader import TableRow
from radassist.imaging.stamps import stamp_of
from radassist.workflow.batch import EndedEvent, run_batch
from radassist.workflow.services import Services

TOLERANCE = Decimal("0.0001")
"""How far a probability may be off where the row was scored on another device. On the same one it must be equal."""


@dataclass(frozen=True, slots=True)
class RowCheck:
    """What came of one row.

    Attributes:
        changed: What is not as it was when the row was written, in words.
        differences: The values that are not proved, in words; empty where the row is.
        is_exact: Whether every number is equal to the last digit of the table.
    """

    row: TableRow
    changed: tuple[str, ...]
    differences: tuple[str, ...]
    is_exact: bool

    @property
    def is_proved(self) -> bool:
        """Whether the row says what scoring its film says now."""
        return not self.differences


def verify_rows(rows: Sequence[TableRow], services: Services, cancel: CancelToken) -> Iterator[RowCheck]:
    """Check `rows`, all of one model, in the order their films end.

    Raises:
        ModelUnavailable, Cancelled: As `run_batch`.
    """
    facts = services.make_predictor().facts
    items = [WorklistItem(number, row.source) for number, row in enumerate(rows)]
    for event in run_batch(items, services, cancel=cancel):
        if isinstance(event, EndedEvent):
            yield check_row(rows[event.item.number], event.item, facts)


def check_row(row: TableRow, item: WorklistItem, facts: ModelFacts) -> RowCheck:
    """Compare what `row` says with `item`, the same film as it ended now with the model of `facts`."""
    analysis = item.analysis
    changed = (*_changed_file(row, item), *(_changed_conditions(row, analysis, facts) if analysis else ()))
    # A changed file or model makes any agreement chance; another device alone does not.
    void = tuple(change for change in changed if change != _DEVICE)
    is_same_device = _DEVICE not in changed
    off = _off(row, analysis) if analysis else {}
    return RowCheck(
        row,
        changed,
        differences=(*void, *_other_ending(row, item), *_numbers(off, Decimal(0) if is_same_device else TOLERANCE)),
        is_exact=not any(now != then for then, now in off.values()),
    )


_DEVICE = "it was scored on another device"


def _changed_file(row: TableRow, item: WorklistItem) -> tuple[str, ...]:
    if stamp_of(row.source) is None:
        return () if row.status == "failed" else ("the file is missing",)
    if row.sha256 and item.film_sha256 and row.sha256 != item.film_sha256:
        return ("the file has changed",)
    return ()


def _changed_conditions(row: TableRow, analysis: Analysis, facts: ModelFacts) -> tuple[str, ...]:
    if row.status != "scored":
        return ()
    told = (
        ("the model has other weights", row.model_sha256, facts.sha256),
        ("the preprocessing is another", row.preprocessing, facts.preprocessing),
        ("the threshold is another", row.threshold, as_probability(facts.threshold)),
        (_DEVICE, row.device, analysis.provenance.device),
    )
    return tuple(words for words, then, now in told if then != now)


def _other_ending(row: TableRow, item: WorklistItem) -> tuple[str, ...]:
    if row.status != item.state.value:
        return (f"it was {row.status} and is {item.state.value}",)
    decision = item.analysis.prediction.decision if item.analysis else row.decision
    return () if decision == row.decision else (f"the decision was {row.decision} and is {decision}",)


def _off(row: TableRow, analysis: Analysis) -> dict[str, tuple[Decimal, Decimal]]:
    """By label, the probability the row names and the one that came out now."""
    prediction = analysis.prediction
    now = dict(zip(prediction.labels, map(as_probability, prediction.probabilities), strict=True))
    return {label: (then, now.get(label, Decimal(-1))) for label, then in row.probabilities.items()}


def _numbers(off: dict[str, tuple[Decimal, Decimal]], tolerance: Decimal) -> tuple[str, ...]:
    return tuple(
        f"p_{label} was {then:f} and is {now:f}" for label, (then, now) in off.items() if abs(then - now) > tolerance
    )
