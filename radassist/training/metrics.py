"""Figures of a two-label classifier as model cards keep them, and how well its probabilities are calibrated."""

from dataclasses import dataclass

import numpy as np

from radassist.domain.roc import Estimate, Scores, Truth, roc_area
from radassist.networks.card import Metric


def as_metric(found: Estimate | None) -> Metric | None:
    """An estimate in the words of a model card."""
    return None if found is None else Metric(value=found.value, low=found.low, high=found.high)


def auc(positive: Truth, scores: Scores) -> Metric | None:
    """`roc_area` of (N,) labels and scores, as a model card keeps it."""
    return as_metric(roc_area(positive, scores))


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Films whose probability lies in one of the equally wide bins.

    Attributes:
        probability: Mean of the films' probabilities of the positive label.
        frequency: Share of them that is positive.
    """

    films: int
    probability: float
    frequency: float


def reliability(positive: Truth, probabilities: Scores, bins: int = 10) -> tuple[ReliabilityBin, ...]:
    """Bins with films in them, by rising probability of the positive label; both arrays are (N,)."""
    numbers = np.minimum((probabilities * bins).astype(int), bins - 1)
    return tuple(
        ReliabilityBin(int(inside.sum()), float(probabilities[inside].mean()), float(positive[inside].mean()))
        for inside in (numbers == number for number in range(bins))
        if inside.any()
    )


def expected_calibration_error(positive: Truth, probabilities: Scores, bins: int = 10) -> float:
    """Mean gap of `reliability` weighted by films (Naeini et al. 2015), in [0, 1]."""
    parts = reliability(positive, probabilities, bins)
    return sum(part.films * abs(part.probability - part.frequency) for part in parts) / len(positive)


def brier(positive: Truth, probabilities: Scores) -> float:
    """Mean squared error of the probability of the positive label (Brier 1950), in [0, 1]."""
    return float(np.mean((probabilities - positive) ** 2))
