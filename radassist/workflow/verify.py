"""Scores the films of a table again and says whether the same numbers come out, and if not, what has changed."""

from collections.abc import Iterator, Mapping, Sequence
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
    told = _numbers(row, analysis) if row.status == item.state.value else {}
    off = _off(told, Decimal(0) if is_same_device else TOLERANCE)
    return RowCheck(
        row,
        changed,
        differences=(*void, *_other_ending(row, item), *off),
        is_exact=not any(now != then for then, now in told.values()),
    )


_DEVICE = "it was scored on another device"
_NONE = "nothing"


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
    now = item.analysis.prediction if item.analysis else None
    told = (
        ("prediction", row.prediction, now.label if now else ""),
        ("decision", row.decision, now.decision if now else ""),
    )
    return tuple(
        f"the {name} was {then or _NONE} and is {is_now or _NONE}" for name, then, is_now in told if then != is_now
    )


def _numbers(row: TableRow, analysis: Analysis | None) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """By column, the probability the row names and the one that came out now; None where there is none."""
    then = _by_column(row.probabilities, row.confidence)
    made = analysis.prediction if analysis else None
    now = {label: as_probability(p) for label, p in zip(made.labels, made.probabilities, strict=True)} if made else {}
    is_now = _by_column(now, as_probability(made.confidence) if made else None)
    return {name: (then.get(name), is_now.get(name)) for name in dict.fromkeys((*then, *is_now))}


def _by_column(probabilities: Mapping[str, Decimal], confidence: Decimal | None) -> dict[str, Decimal | None]:
    return {**{f"p_{label}": value for label, value in probabilities.items()}, "confidence": confidence}


def _off(told: dict[str, tuple[Decimal | None, Decimal | None]], tolerance: Decimal) -> tuple[str, ...]:
    return tuple(
        f"{name} was {_spelled(then)} and is {_spelled(now)}"
        for name, (then, now) in told.items()
        if then != now and (then is None or now is None or abs(then - now) > tolerance)
    )


def _spelled(value: Decimal | None) -> str:
    return _NONE if value is None else f"{value:f}"
