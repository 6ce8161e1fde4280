import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    confusion_matrix,
    precision_score,
    recall_score,
    roc_auc_score,
)

from radassist.domain.roc import Scores, Truth
from radassist.training.metrics import auc, brier, confusion, expected_calibration_error, reliability
from radassist.training.metrics import wilson as wilson_share


@pytest.fixture
def sample() -> tuple[Truth, Scores]:
    random = np.random.default_rng(3)
    positive = random.random(240) < 0.6
    scores = np.clip(0.35 * positive + random.random(240) * 0.65, 0, 1).round(2)
    return positive, scores


def test_area_under_the_curve_equals_scikit_learn_with_ties(sample: tuple[Truth, Scores]) -> None:
    area = auc(*sample)
    assert area is not None
    assert area.value == pytest.approx(roc_auc_score(*sample), abs=1e-12)


def test_delong_interval_equals_the_variance_of_the_pairwise_definition(sample: tuple[Truth, Scores]) -> None:
    positive, scores = sample
    here, there = scores[positive][:, None], scores[~positive][None]
    wins = (here > there) + 0.5 * (here == there)
    rows, columns = wins.mean(axis=1), wins.mean(axis=0)
    variance = rows.var(ddof=1) / len(rows) + columns.var(ddof=1) / len(columns)
    area = auc(positive, scores)
    assert area is not None
    assert area.low == pytest.approx(wins.mean() - 1.959964 * variance**0.5, abs=1e-6)
    assert area.high == pytest.approx(min(1.0, wins.mean() + 1.959964 * variance**0.5), abs=1e-6)


def test_delong_interval_agrees_with_the_bootstrap(sample: tuple[Truth, Scores]) -> None:
    positive, scores = sample
    random = np.random.default_rng(0)
    draws = [random.integers(0, len(scores), len(scores)) for _ in range(400)]
    low, high = np.quantile([roc_auc_score(positive[draw], scores[draw]) for draw in draws], [0.025, 0.975])
    area = auc(positive, scores)
    assert area is not None
    assert area.low == pytest.approx(low, abs=0.015)
    assert area.high == pytest.approx(high, abs=0.015)


def test_there_is_no_area_with_one_label() -> None:
    assert auc(np.ones(5, bool), np.linspace(0, 1, 5)) is None


@pytest.mark.parametrize(("successes", "total"), [(0, 10), (10, 10), (234, 240), (1, 3)])
def test_wilson_interval_equals_scipy(successes: int, total: int) -> None:
    share = wilson_share(successes, total)
    wanted = binomtest(successes, total).proportion_ci(method="wilson")
    assert share is not None
    assert (share.low, share.high) == pytest.approx((wanted.low, wanted.high), abs=1e-9)


def test_a_share_of_nothing_is_unknown() -> None:
    assert wilson_share(0, 0) is None


def test_confusion_figures_equal_scikit_learn(sample: tuple[Truth, Scores]) -> None:
    positive, scores = sample
    called = scores >= 0.5
    counts = confusion(positive, called)
    table = confusion_matrix(positive, called)
    assert [[counts.true_negative, counts.false_positive], [counts.false_negative, counts.true_positive]] == (
        table.tolist()
    )
    pairs = [
        (counts.sensitivity, recall_score(positive, called)),
        (counts.specificity, recall_score(~positive, ~called)),
        (counts.positive_predictive_value, precision_score(positive, called)),
        (counts.negative_predictive_value, precision_score(~positive, ~called)),
        (counts.accuracy, accuracy_score(positive, called)),
    ]
    for metric, wanted in pairs:
        assert metric is not None
        assert metric.value == pytest.approx(wanted, abs=1e-12)


def test_brier_score_equals_scikit_learn(sample: tuple[Truth, Scores]) -> None:
    assert brier(*sample) == pytest.approx(brier_score_loss(*sample), abs=1e-12)


def test_reliability_bins_equal_scikit_learn(sample: tuple[Truth, Scores]) -> None:
    positive, scores = sample
    # Off the borders of the bins, whose sides the two put differently.
    scores = np.clip(scores + 0.003, 0, 1)
    frequencies, means = calibration_curve(positive, scores, n_bins=10)
    parts = reliability(positive, scores)
    assert [part.frequency for part in parts] == pytest.approx(frequencies.tolist())
    assert [part.probability for part in parts] == pytest.approx(means.tolist())
    assert sum(part.films for part in parts) == len(scores)


def test_calibration_error_of_a_known_case_is_the_known_number() -> None:
    positive = np.array([True, True, False, False])
    probabilities = np.array([0.95, 0.95, 0.95, 0.05])
    assert expected_calibration_error(positive, probabilities) == pytest.approx(0.75 * (0.95 - 2 / 3) + 0.25 * 0.05)
