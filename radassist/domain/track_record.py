"""What became of the films a model was validated on: what a score, or a threshold, was worth there."""

from dataclasses import dataclass

import numpy as np

from radassist.domain.errors import UserError
from radassist.domain.roc import Estimate, Scores, Tally, share_of, tally
from radassist.domain.threshold_rule import Aim, OperatingPoint, ThresholdRule, set_here

BINS = 10
FEWEST_FILMS = 20
"""Films of a bin below which its share tells nothing."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class PastBin:
    """Films of validation that scored alike.

    Attributes:
        low, high: Ends of their probabilities, in [0, 1]; `high` belongs to the bin only where it is 1.
        films: How many there were.
        positive: How many of them showed the finding.
    """

    low: float
    high: float
    films: int
    positive: int

    @property
    def is_telling(self) -> bool:
        """Whether there were films enough to speak of a share."""
        return self.films >= FEWEST_FILMS

    @property
    def share(self) -> Estimate | None:
        """Share of films with the finding, with Wilson's interval; None without films."""
        return share_of(self.positive, self.films)


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """Calibrated probabilities of the positive label, in [0, 1] and rising, that a model gave to its validation films.

    Attributes:
        positive: To films that show the finding; at least one.
        negative: To films that do not; at least one.
    """

    positive: tuple[float, ...]
    negative: tuple[float, ...]

    def __post_init__(self) -> None:
        for scores in (self.positive, self.negative):
            if not scores or list(scores) != sorted(scores) or not 0 <= scores[0] <= scores[-1] <= 1:
                raise ValueError("a track record needs rising probabilities in [0, 1] of both labels")

    @property
    def films(self) -> int:
        """How many films there were."""
        return len(self.positive) + len(self.negative)

    @property
    def prevalence(self) -> float:
        """Share of films that show the finding, in (0, 1)."""
        return len(self.positive) / self.films

    def bin_of(self, probability: float) -> PastBin:
        """The tenth of the scale in which `probability`, in [0, 1], lies."""
        place = min(int(probability * BINS), BINS - 1)
        positive, negative = (_count(scores, place) for scores in (self.positive, self.negative))
        return PastBin(place / BINS, (place + 1) / BINS, positive + negative, positive)

    def tally(self, threshold: float) -> Tally:
        """The films counted at `threshold`."""
        scores = np.array(self.positive + self.negative)
        return tally(np.arange(self.films) < len(self.positive), scores, threshold)

    def threshold_by(self, rule: ThresholdRule) -> float:
        """The threshold that `rule` asks for on these films.

        It lies halfway between two films' probabilities, so that rounding decides nothing.

        Raises:
            ValueError: If the rule names a threshold instead.
        """
        levels = np.unique(self.positive + self.negative)
        thresholds = np.concatenate(([levels[0] / 2], (levels[:-1] + levels[1:]) / 2, [(levels[-1] + 1) / 2]))
        sensitivity = 1 - np.searchsorted(self.positive, thresholds) / len(self.positive)
        specificity = np.searchsorted(self.negative, thresholds) / len(self.negative)
        return round(float(thresholds[_chosen(rule, sensitivity, specificity)]), 6)


def operating_point(rule: ThresholdRule, record: TrackRecord | None) -> OperatingPoint:
    """The threshold that `rule` asks for at the place of use.

    Raises:
        UserError: If it takes a track record, and the model has none.
    """
    if rule.aim is Aim.VALUE:
        return OperatingPoint(rule.share, set_here(rule))
    if record is None:
        raise UserError(
            "This model does not tell what became of the films it was validated on, so no threshold can be chosen by"
            " what it reaches: use its card's, or type one."
        )
    return OperatingPoint(record.threshold_by(rule), set_here(rule))


def predictive_value(found: Tally, prevalence: float) -> Estimate | None:
    """Of the films called positive, the share that are (PPV, Bayes); None where nothing would be called positive.

    The ends are those at both lower and at both upper ends of Wilson's intervals of sensitivity and specificity; since
    both rarely err together, they hold at least 95 %.

    Args:
        found: Counts with films of both labels.
        prevalence: Share of films that are positive where the model is used, in [0, 1].
    """
    return _posterior(found.sensitivity, _complement(found.specificity), prevalence)


def missed_share(found: Tally, prevalence: float) -> Estimate | None:
    """Of the films called negative, the share that are positive (1 - NPV); otherwise as `predictive_value`."""
    return _posterior(_complement(found.sensitivity), found.specificity, prevalence)


def _posterior(of_positive: Estimate | None, of_negative: Estimate | None, prevalence: float) -> Estimate | None:
    """Share of positive films among those of a kind that makes up these shares of positive and negative ones."""
    if of_positive is None or of_negative is None:
        return None
    pairs = (
        (of_positive.value, of_negative.value),
        (of_positive.low, of_negative.high),
        (of_positive.high, of_negative.low),
    )
    shares = [_bayes(prevalence * hits, (1 - prevalence) * alarms) for hits, alarms in pairs]
    return None if None in shares else Estimate(*(share for share in shares if share is not None))


def _bayes(positive: float, negative: float) -> float | None:
    return positive / (positive + negative) if positive + negative else None


def _complement(share: Estimate | None) -> Estimate | None:
    return Estimate(1 - share.value, 1 - share.high, 1 - share.low) if share else None


def _count(scores: tuple[float, ...], place: int) -> int:
    return sum(min(int(score * BINS), BINS - 1) == place for score in scores)


def _chosen(rule: ThresholdRule, sensitivity: Scores, specificity: Scores) -> int:
    """Index among rising thresholds: sensitivity falls along them from 1, specificity rises to 1."""
    match rule.aim:
        case Aim.SENSITIVITY:
            return int(np.nonzero(sensitivity >= rule.share - _ROUNDING)[0][-1])
        case Aim.SPECIFICITY:
            return int(np.nonzero(specificity >= rule.share - _ROUNDING)[0][0])
        case Aim.YOUDEN:
            return int(np.argmax(sensitivity + specificity))
        case Aim.VALUE:
            raise ValueError("a threshold that is named is not chosen")
