"""How well scores tell two labels apart: the ROC curve, its area, and what a threshold costs. Numpy alone."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from radassist.domain.intervals import Z95, wilson_interval

Truth = NDArray[np.bool_]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with the ends of its 95 % interval: a share in [0, 1], or films among 100."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class RocCurve:
    """The curve from (0, 0) to (1, 1), one corner for each score that occurs.

    Attributes:
        false_alarms: (K,) share of the negative films called positive, in [0, 1], rising.
        hits: (K,) share of the positive films called positive, in [0, 1], rising.
    """

    false_alarms: Scores
    hits: Scores


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of films at one threshold."""

    true_positive: int
    false_positive: int
    true_negative: int
    false_negative: int

    @property
    def sensitivity(self) -> Estimate | None:
        """Share of the positive films called so, with Wilson's interval; None without positive films."""
        return share_of(self.true_positive, self.true_positive + self.false_negative)

    @property
    def specificity(self) -> Estimate | None:
        """Share of the negative films called so, with Wilson's interval; None without negative films."""
        return share_of(self.true_negative, self.true_negative + self.false_positive)

    @property
    def positive_predictive_value(self) -> Estimate | None:
        """Share of the films called positive that are, with Wilson's interval; holds for these films' prevalence."""
        return share_of(self.true_positive, self.true_positive + self.false_positive)

    @property
    def negative_predictive_value(self) -> Estimate | None:
        """Share of the films called negative that are, with Wilson's interval; holds for these films' prevalence."""
        return share_of(self.true_negative, self.true_negative + self.false_negative)

    @property
    def accuracy(self) -> Estimate | None:
        """Share of the films called right, with Wilson's interval."""
        right = self.true_positive + self.true_negative
        return share_of(right, right + self.false_positive + self.false_negative)

    def misses_per_100(self, prevalence: float) -> Estimate | None:
        """Positive films called negative among 100 films, in [0, 100].

        Args:
            prevalence: Share of films that are positive, in [0, 1].
        """
        return _cost(self.sensitivity, prevalence)

    def false_alarms_per_100(self, prevalence: float) -> Estimate | None:
        """Negative films called positive among 100 films, in [0, 100].

        Args:
            prevalence: Share of films that are positive, in [0, 1].
        """
        return _cost(self.specificity, 1 - prevalence)


def share_of(part: int, whole: int) -> Estimate | None:
    """The share `part` / `whole` in [0, 1] with Wilson's interval; None of nothing."""
    interval = wilson_interval(part, whole)
    return Estimate(part / whole, *interval) if interval else None


def called_positive(scores: Scores, threshold: float) -> Truth:
    """(N,) bool: positive from the threshold upwards, as `Prediction.label` has it."""
    called: Truth = scores >= threshold
    return called


def tally(positive: Truth, scores: Scores, threshold: float) -> Tally:
    """Count the films; both arrays are (N,), and a score equal to `threshold` is called positive."""
    called = called_positive(scores, threshold)
    return Tally(
        true_positive=int((positive & called).sum()),
        false_positive=int((~positive & called).sum()),
        true_negative=int((~positive & ~called).sum()),
        false_negative=int((positive & ~called).sum()),
    )


def roc_curve(positive: Truth, scores: Scores) -> RocCurve | None:
    """The curve of (N,) labels and scores (Fawcett 2006); None unless both labels are there."""
    if positive.all() or not positive.any():
        return None
    falling = np.argsort(-scores, kind="stable")
    ordered, is_positive = scores[falling], positive[falling]
    last_of_ties = np.flatnonzero(np.append(np.diff(ordered) != 0, True))
    hits = np.cumsum(is_positive)[last_of_ties]
    false_alarms = last_of_ties + 1 - hits
    return RocCurve(
        false_alarms=np.append(0.0, false_alarms / false_alarms[-1]),
        hits=np.append(0.0, hits / hits[-1]),
    )


def roc_area(positive: Truth, scores: Scores) -> Estimate | None:
    """Area under the ROC curve with DeLong's interval (DeLong et al. 1988); None below two films of each label.

    Both arguments are (N,). The variance comes from the placements of each film among those of the other label, by
    midranks (Sun and Xu 2014). Where the scores separate the labels wholly it is 0, and the interval has no width: it
    then tells nothing.
    """
    here, there = scores[positive], scores[~positive]
    if len(here) < 2 or len(there) < 2:
        return None
    of_positive = _placements(here, there)
    of_negative = 1 - _placements(there, here)
    area = float(of_positive.mean())
    deviation = sqrt(of_positive.var(ddof=1) / len(here) + of_negative.var(ddof=1) / len(there))
    return Estimate(value=area, low=max(0.0, area - Z95 * deviation), high=min(1.0, area + Z95 * deviation))


def _placements(scores: Scores, others: Scores) -> Scores:
    """For each score the share of `others` below it, ties counted half."""
    ordered = np.sort(others)
    below = np.searchsorted(ordered, scores, side="left")
    not_above = np.searchsorted(ordered, scores, side="right")
    shares: Scores = (below + not_above) / (2 * len(others))
    return shares


def _cost(right: Estimate | None, share: float) -> Estimate | None:
    """Films among 100 that are called wrong, of a kind that makes up `share` of them."""
    if right is None:
        return None
    return Estimate(*(100 * share * (1 - each) for each in (right.value, right.high, right.low)))
