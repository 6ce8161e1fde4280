import numpy as np
import pytest
from sklearn import metrics

from radassist.domain.roc import Scores, Truth, called_positive, roc_area, roc_curve, tally


@pytest.fixture
def sample() -> tuple[Truth, Scores]:
    """Films with many equal scores."""
    random = np.random.default_rng(5)
    positive = random.random(300) < 0.4
    return positive, np.clip(0.3 * positive + random.random(300) * 0.7, 0, 1).round(2)


def test_the_curve_is_that_of_scikit_learn(sample) -> None:
    curve = roc_curve(*sample)
    false_alarms, hits, _ = metrics.roc_curve(*sample, drop_intermediate=False)
    np.testing.assert_allclose(curve.false_alarms, false_alarms)
    np.testing.assert_allclose(curve.hits, hits)


def test_the_area_is_that_of_scikit_learn_and_lies_in_its_interval(sample) -> None:
    area = roc_area(*sample)
    assert area.value == pytest.approx(metrics.roc_auc_score(*sample), abs=1e-12)
    assert area.low < area.value < area.high


def test_delong_interval_equals_the_variance_of_the_pairwise_definition(sample: tuple[Truth, Scores]) -> None:
    positive, scores = sample
    here, there = scores[positive][:, None], scores[~positive][None]
    wins = (here > there) + 0.5 * (here == there)
    rows, columns = wins.mean(axis=1), wins.mean(axis=0)
    variance = rows.var(ddof=1) / len(rows) + columns.var(ddof=1) / len(columns)
    area = roc_area(positive, scores)
    assert area is not None
    assert area.low == pytest.approx(wins.mean() - 1.959964 * variance**0.5, abs=1e-6)
    assert area.high == pytest.approx(min(1.0, wins.mean() + 1.959964 * variance**0.5), abs=1e-6)


def test_delong_interval_agrees_with_the_bootstrap(sample: tuple[Truth, Scores]) -> None:
    positive, scores = sample
    random = np.random.default_rng(0)
    draws = [random.integers(0, len(scores), len(scores)) for _ in range(400)]
    low, high = np.quantile([metrics.roc_auc_score(positive[draw], scores[draw]) for draw in draws], [0.025, 0.975])
    area = roc_area(positive, scores)
    assert area is not None
    assert area.low == pytest.approx(low, abs=0.015)
    assert area.high == pytest.approx(high, abs=0.015)


def test_without_both_labels_there_is_neither_curve_nor_area() -> None:
    scores = np.array([0.1, 0.9])
    for positive in (np.array([True, True]), np.array([False, False])):
        assert roc_curve(positive, scores) is None and roc_area(positive, scores) is None
    assert roc_area(np.array([True, False]), scores) is None


@pytest.mark.parametrize("threshold", [0.0, 0.37, 0.5, 0.73, 1.0])
def test_the_counts_are_those_of_scikit_learn_at_every_threshold(sample, threshold: float) -> None:
    positive, scores = sample
    found = tally(positive, scores, threshold)
    quiet, alarms, missed, hits = metrics.confusion_matrix(positive, scores >= threshold, labels=[False, True]).ravel()
    assert (found.true_negative, found.false_positive, found.false_negative, found.true_positive) == (
        quiet,
        alarms,
        missed,
        hits,
    )
    assert found.sensitivity.value == pytest.approx(metrics.recall_score(positive, scores >= threshold))
    assert found.specificity.value == pytest.approx(metrics.recall_score(~positive, scores < threshold))
    assert found.accuracy.value == pytest.approx(metrics.accuracy_score(positive, scores >= threshold))


def test_predictive_values_are_those_of_scikit_learn(sample) -> None:
    positive, scores = sample
    found = tally(positive, scores, 0.5)
    for value, wanted in (
        (found.positive_predictive_value, metrics.precision_score(positive, scores >= 0.5)),
        (found.negative_predictive_value, metrics.precision_score(~positive, scores < 0.5)),
    ):
        assert value.value == pytest.approx(wanted, abs=1e-12)
        assert value.low < value.value < value.high


def test_a_score_at_the_threshold_is_called_positive() -> None:
    assert called_positive(np.array([0.3, 0.5]), 0.5).tolist() == [False, True]


def test_at_the_prevalence_of_the_films_the_bill_is_what_happened_to_them(sample) -> None:
    positive, scores = sample
    found, prevalence = tally(positive, scores, 0.5), float(positive.mean())
    misses, alarms = found.misses_per_100(prevalence), found.false_alarms_per_100(prevalence)
    assert misses.value == pytest.approx(100 * found.false_negative / 300)
    assert alarms.value == pytest.approx(100 * found.false_positive / 300)
    assert misses.low < misses.value < misses.high and alarms.low < alarms.value < alarms.high


def test_where_nobody_is_ill_nobody_is_missed() -> None:
    found = tally(np.array([True, False]), np.array([0.1, 0.9]), 0.5)
    assert found.misses_per_100(0.0).value == 0 and found.false_alarms_per_100(0.0).value == 100


def test_shares_of_no_films_are_none() -> None:
    found = tally(np.array([True]), np.array([0.9]), 0.5)
    assert found.specificity is None and found.negative_predictive_value is None
    assert found.false_alarms_per_100(0.5) is None
