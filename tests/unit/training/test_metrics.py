import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

from radassist.domain.roc import Scores, Truth, roc_area
from radassist.training.metrics import as_metric, auc, brier, expected_calibration_error, reliability


@pytest.fixture
def sample() -> tuple[Truth, Scores]:
    random = np.random.default_rng(3)
    positive = random.random(240) < 0.6
    scores = np.clip(0.35 * positive + random.random(240) * 0.65, 0, 1).round(2)
    return positive, scores


def test_a_card_keeps_the_area_with_both_ends_of_its_interval(sample: tuple[Truth, Scores]) -> None:
    metric, area = auc(*sample), roc_area(*sample)
    assert metric is not None and area is not None
    assert (metric.value, metric.low, metric.high) == (area.value, area.low, area.high)


def test_what_no_film_tells_is_no_figure() -> None:
    assert as_metric(None) is None
    assert auc(np.ones(5, bool), np.linspace(0, 1, 5)) is None


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
