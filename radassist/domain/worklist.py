"""The worklist: one item a film, and the only ways its state may change."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from radassist.domain.analysis import Analysis
from radassist.domain.errors import RadassistError
from radassist.domain.radiograph import Notice
from radassist.domain.study import FilmSource, Identity
from radassist.domain.threshold_rule import OperatingPoint


class ItemState(StrEnum):
    """Where a film stands. Every film ends in exactly one of scored, refused and failed."""

    WAITING = "waiting"
    RUNNING = "running"
    SCORED = "scored"
    REFUSED = "refused"
    FAILED = "failed"


FINAL_STATES = frozenset({ItemState.SCORED, ItemState.REFUSED, ItemState.FAILED})

_ALLOWED = {
    ItemState.WAITING: {ItemState.RUNNING},
    ItemState.RUNNING: {ItemState.WAITING, *FINAL_STATES},
    **{state: {ItemState.RUNNING, ItemState.WAITING} for state in FINAL_STATES},
}


class IllegalTransition(RadassistError):
    """A worklist item was asked to take a step its state does not allow: a bug, never a user's mistake."""


@dataclass(frozen=True, slots=True)
class WorklistItem:
    """One film on the worklist; a step gives a new item.

    Attributes:
        number: Order of arrival, from 0.
        identity: From the header, None for rasters or before it was read.
        reason: Why it was refused or failed, one sentence; empty otherwise.
        analysis: Only when scored; without feature maps, so that a long list stays small.
        notices: What was said about the film even though it was refused.
        arrived_at: When it came on the list, with time zone; None where nobody noted it.
    """

    number: int
    source: FilmSource
    identity: Identity | None = None
    state: ItemState = ItemState.WAITING
    reason: str = ""
    analysis: Analysis | None = None
    film_sha256: str = ""
    notices: tuple[Notice, ...] = ()
    arrived_at: datetime | None = None

    @property
    def seconds_to_score(self) -> float | None:
        """From the film's arrival to its score; None without either, or where the score was there before the film."""
        if self.analysis is None or self.arrived_at is None:
            return None
        seconds = (self.analysis.provenance.finished_at - self.arrived_at).total_seconds()
        return seconds if seconds >= 0 else None

    def started(self) -> "WorklistItem":
        """The item while it is decoded and scored."""
        return self._step(ItemState.RUNNING)

    def put_back(self) -> "WorklistItem":
        """The item after a cancelled run, or when another model shall answer: waiting again."""
        return self._step(ItemState.WAITING)

    def scored(self, analysis: Analysis, identity: Identity | None = None) -> "WorklistItem":
        """The item with its result; feature maps are dropped."""
        step = self._step(ItemState.SCORED)
        return replace(
            step,
            analysis=replace(analysis, feature_maps=()),
            identity=identity or self.identity,
            film_sha256=analysis.film_sha256,
            notices=analysis.notices,
        )

    def at(self, point: OperatingPoint) -> "WorklistItem":
        """The item with its score, where it has one, decided at `point`."""
        return replace(self, analysis=self.analysis.at(point)) if self.analysis else self

    def identified(self, identity: Identity | None) -> "WorklistItem":
        """The item with what its header says, unless its patient is known already."""
        is_known = self.identity is not None and bool(self.identity.patient_name)
        return self if is_known or identity is None else replace(self, identity=identity)

    def refused(self, reason: str) -> "WorklistItem":
        """The item for which no score may be given, and why."""
        return replace(self._step(ItemState.REFUSED), reason=reason)

    def failed(self, reason: str) -> "WorklistItem":
        """The item that could not be read or scored, and why."""
        return replace(self._step(ItemState.FAILED), reason=reason)

    def _step(self, state: ItemState) -> "WorklistItem":
        if state not in _ALLOWED[self.state]:
            raise IllegalTransition(f"{self.state} -> {state}")
        return replace(self, state=state, reason="", analysis=None, notices=())


@dataclass(frozen=True, slots=True)
class UnfinishedRun:
    """Films that were being scored when the program ended.

    Attributes:
        sources: All of them, in order of arrival.
        done: How many of them have a result.
    """

    sources: tuple[FilmSource, ...]
    done: int
