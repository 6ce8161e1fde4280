"""Figures of a two-label classifier with their 95 % intervals, in numpy alone."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from radassist.domain.roc import Z95, Scores, Truth, roc_area
from radassist.networks.card import Metric


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of films; positive is the label of index 1."""

    true_positive: int
    false_positive: int
    true_negative: int
    false_negative: int

    @property
    def sensitivity(self) -> Metric | None:
        """Share of the positive films that were called so, Wilson interval; None without positive films."""
        return wilson(self.true_positive, self.true_positive + self.false_negative)

    @property
    def specificity(self) -> Metric | None:
        """Share of the negative films that were called so."""
        return wilson(self.true_negative, self.true_negative + self.false_positive)

    @property
    def positive_predictive_value(self) -> Metric | None:
        """Share of the films called positive that are; depends on how common the disease is here."""
        return wilson(self.true_positive, self.true_positive + self.false_positive)

    @property
    def negative_predictive_value(self) -> Metric | None:
        """Share of the films called negative that are; depends on how common the disease is here."""
        return wilson(self.true_negative, self.true_negative + self.false_negative)

    @property
    def accuracy(self) -> Metric | None:
        """Share of the films called right."""
        right = self.true_positive + self.true_negative
        return wilson(right, right + self.false_positive + self.false_negative)


def confusion(positive: Truth, called_positive: Truth) -> Confusion:
    """Count; both arguments are (N,) bool."""
    return Confusion(
        true_positive=int((positive & called_positive).sum()),
        false_positive=int((~positive & called_positive).sum()),
        true_negative=int((~positive & ~called_positive).sum()),
        false_negative=int((positive & ~called_positive).sum()),
    )


def wilson(successes: int, total: int) -> Metric | None:
    """A share with Wilson's score interval (Wilson 1927); None of nothing."""
    if total == 0:
        return None
    share, spread = successes / total, Z95**2 / total
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return Metric(value=share, low=max(0.0, centre - half), high=min(1.0, centre + half))


def auc(positive: Truth, scores: Scores) -> Metric | None:
    """Area under the ROC curve with DeLong's interval (`roc_area`); None below two films of each label."""
    area = roc_area(positive, scores)
    return Metric(value=area.value, low=area.low, high=area.high) if area else None


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
    """Bins with films in them, by rising probability of the positive label."""
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
