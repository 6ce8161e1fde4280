"""Where the lungs of a frontal film lie, as far as a plain estimate can tell, and what of a map falls where."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

SURE = 0.5
"""Confidence from which on the estimate is used without a reservation."""
FOUND = 0.43
"""Confidence below which there is no estimate."""
_MOST = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class LungFields:
    """An estimate of the two lung fields.

    Attributes:
        left_of_picture, right_of_picture: (h, w) bool on one grid that covers the whole film; the patient's right lung
            is usually on the left of the picture. Empty where the lungs were not found.
        confidence: How well darkness follows the shape of two lungs: a correlation in [-1, 1].
    """

    left_of_picture: NDArray[np.bool_]
    right_of_picture: NDArray[np.bool_]
    confidence: float

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Both fields, (h, w) bool."""
        return self.left_of_picture | self.right_of_picture

    @property
    def is_found(self) -> bool:
        """Whether there is an estimate."""
        return bool(self.left_of_picture.any() and self.right_of_picture.any())

    @property
    def sentence(self) -> str:
        """How far the estimate can be relied on."""
        if not self.is_found:
            return "The lungs were not found on this film."
        if self.confidence < SURE:
            return "The lung fields are a rough guess on this film: look at their outline."
        return "The lung fields are an estimate: look at their outline."


class Zone(StrEnum):
    """Parts of a film a map can fall on; each pixel belongs to the first that holds it."""

    LUNGS = "lungs"
    HEART = "heart"
    CORNERS = "corners"
    BORDERS = "borders"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class ZoneOutline:
    """One zone as lines on the film.

    Attributes:
        lines: Of points (row, column) in film pixels; those that end where they begin are closed.
    """

    zone: Zone
    lines: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class BodyZones:
    """The zones of a film that have a place of their own, to be drawn.

    Attributes:
        outlines: Large ones first; each lung by itself.
        confidence: That of the lung fields.
        sentence: How far they can be relied on.
    """

    outlines: tuple[ZoneOutline, ...]
    confidence: float
    sentence: str

    @property
    def has_lungs(self) -> bool:
        """Whether the lungs were found."""
        return any(outline.zone is Zone.LUNGS for outline in self.outlines)

    @property
    def is_rough(self) -> bool:
        """Whether the estimate carries a reservation."""
        return self.confidence < SURE


@dataclass(frozen=True, slots=True)
class ZoneShare:
    """How much of a map falls on a zone.

    Attributes:
        share: Of the sum of the map's positive values, in [0, 1].
        area: Of the film, in [0, 1]: the share an even map would have.
    """

    zone: Zone
    share: float
    area: float


@dataclass(frozen=True, slots=True)
class EvidenceLedger:
    """Where the positive part of a map lies.

    Attributes:
        shares: One a zone, in the order of `Zone`; they sum to 1. Empty where the map has no positive value, or the
            lungs were not found.
        confidence: That of the lung fields.
        has_evidence: Whether the map has a positive value.
    """

    shares: tuple[ZoneShare, ...]
    confidence: float
    has_evidence: bool

    def share_of(self, zone: Zone) -> float:
        """Share of one zone, in [0, 1]; 0 where there are no shares."""
        return sum(part.share for part in self.shares if part.zone is zone)

    @property
    def warns(self) -> bool:
        """Whether most of the map lies outside the lungs."""
        return bool(self.shares) and self.share_of(Zone.LUNGS) < _MOST

    @property
    def sentence(self) -> str:
        """What the ledger says, for a reader."""
        if not self.has_evidence:
            return "The map has no positive evidence."
        if not self.shares:
            return "The lungs were not found on this film, so it cannot be told where the map lies."
        inside = self.share_of(Zone.LUNGS)
        if not self.warns:
            return f"{_percent(inside)} of the map lies inside the estimated lung fields."
        most = max((part for part in self.shares if part.zone is not Zone.LUNGS), key=lambda part: part.share)
        return (
            f"{_percent(1 - inside)} of the map lies outside the estimated lung fields, "
            f"most of it {_PLACES[most.zone]} ({_percent(most.share)}): do not take it for a finding."
        )


_PLACES = {
    Zone.LUNGS: "in the lungs",
    Zone.HEART: "over the heart",
    Zone.CORNERS: "in the corners, where side markers are",
    Zone.BORDERS: "along the film's borders",
    Zone.ELSEWHERE: "elsewhere on the body",
}


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
