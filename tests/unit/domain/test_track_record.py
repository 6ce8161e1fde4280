"""A track record against counting by hand, scikit-learn and Bayes' rule in fractions."""

from fractions import Fraction

import numpy as np
import pytest
from sklearn.metrics import recall_score

from radassist.domain.errors import UserError
from radassist.domain.roc import Tally
from radassist.domain.threshold_rule import Aim, OperatingPoint, ThresholdRule
from radassist.domain.track_record import TrackRecord, missed_share, operating_point, predictive_value

RECORD = TrackRecord(positive=(0.2, 0.75, 0.85, 0.85, 0.95, 1.0), negative=(0.0, 0.05, 0.1, 0.82))


def make_record(seed: int = 0) -> TrackRecord:
    random = np.random.default_rng(seed)
    positive, negative = random.beta(5, 2, 70), random.beta(2, 5, 30)
    return TrackRecord(tuple(sorted(positive.tolist())), tuple(sorted(negative.tolist())))


def test_a_bin_counts_the_films_that_scored_like_this_one() -> None:
    found = RECORD.bin_of(0.8)
    assert (found.low, found.high, found.films, found.positive) == (0.8, 0.9, 3, 2)
    assert not found.is_telling


def test_certainty_belongs_to_the_last_bin_and_every_film_to_one() -> None:
    assert RECORD.bin_of(1.0) == RECORD.bin_of(0.9)
    assert sum(RECORD.bin_of(place / 10).films for place in range(10)) == RECORD.films == 10


def test_a_bin_without_films_has_no_share() -> None:
    assert RECORD.bin_of(0.35).share is None


def test_the_films_are_counted_at_a_threshold() -> None:
    assert RECORD.tally(0.82) == Tally(true_positive=4, false_positive=1, true_negative=3, false_negative=2)
    assert pytest.approx(0.6) == RECORD.prevalence


@pytest.mark.parametrize("share", [0.8, 0.9, 0.95, 1.0])
def test_a_threshold_keeps_the_sensitivity_or_specificity_it_was_asked_for_and_no_better_one_does(share: float) -> None:
    record = make_record()
    scores, truth = np.array(record.positive + record.negative), np.repeat([1, 0], [70, 30])
    high = record.threshold_by(ThresholdRule(Aim.SENSITIVITY, share))
    low = record.threshold_by(ThresholdRule(Aim.SPECIFICITY, share))
    assert recall_score(truth, scores >= high) >= share
    assert recall_score(truth, scores >= min(score for score in scores if score >= high) + 1e-9) < share
    assert recall_score(1 - truth, scores < low) >= share
    assert recall_score(1 - truth, scores < max(score for score in scores if score < low)) < share


def test_predictive_values_follow_bayes_at_any_prevalence() -> None:
    found = Tally(true_positive=45, false_positive=10, true_negative=40, false_negative=5)
    hits, alarms, prevalence = Fraction(45, 50), Fraction(10, 50), Fraction(1, 10)
    value, missed = predictive_value(found, 0.1), missed_share(found, 0.1)
    assert value is not None
    assert missed is not None
    assert value.value == pytest.approx(float(hits * prevalence / (hits * prevalence + alarms * (1 - prevalence))))
    clear = Fraction(5, 50) * prevalence, Fraction(40, 50) * (1 - prevalence)
    assert missed.value == pytest.approx(float(clear[0] / (clear[0] + clear[1])))
    assert value.low < value.value < value.high
    assert missed.low < missed.value < missed.high


def test_no_false_alarm_among_few_films_is_no_certainty() -> None:
    found = Tally(true_positive=95, false_positive=0, true_negative=20, false_negative=5)
    value = predictive_value(found, 0.05)
    assert value is not None
    assert value.value == 1.0
    assert value.low < 0.5


def test_where_nothing_is_called_there_is_no_value() -> None:
    assert predictive_value(Tally(0, 0, 10, 10), 0.5) is None
    assert predictive_value(Tally(0, 0, 0, 10), 0.5) is None


@pytest.mark.parametrize(
    ("positive", "negative"),
    [((), (0.1,)), ((0.1,), ()), ((0.2, 0.1), (0.1,)), ((0.1,), (1.2,)), ((float("nan"),), (0.1,))],
)
def test_what_is_no_record_is_not_taken_for_one(positive: tuple[float, ...], negative: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="rising probabilities"):
        TrackRecord(positive, negative)


def test_a_threshold_of_the_place_says_who_set_it() -> None:
    assert operating_point(ThresholdRule(Aim.VALUE, 0.7), None) == OperatingPoint(0.7, "set here: threshold=0.7")
    point = operating_point(ThresholdRule(Aim.SENSITIVITY, 0.8), RECORD)
    assert point == OperatingPoint(0.475, "set here: sensitivity=0.8")


def test_without_a_record_no_threshold_is_chosen_by_what_it_reaches() -> None:
    with pytest.raises(UserError, match="use its card's, or type one"):
        operating_point(ThresholdRule(Aim.YOUDEN), None)
