import numpy as np
import pytest
import torch
from helpers.models import make_card
from hypothesis import given
from hypothesis import strategies as st

from radassist.domain.analysis import UNDETERMINED
from radassist.inference.calibration import calibrated_probabilities, label_set, make_prediction
from radassist.networks.card import Calibration, Conformal, OperatingPoint

logits = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=5)


def _conformal(*quantiles: float) -> Conformal:
    return Conformal(error_rate=0.1, quantiles=quantiles, fitted_on="calibration")


@given(logits, st.floats(0.05, 20))
def test_probabilities_are_torchs_softmax_of_logits_over_temperature(scores: list[float], temperature: float) -> None:
    expected = torch.softmax(torch.tensor(scores, dtype=torch.float64) / temperature, 0).numpy()
    found = calibrated_probabilities(np.array(scores), temperature)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-300)
    assert found.sum() == pytest.approx(1.0, abs=1e-12)


def test_huge_logits_neither_overflow_nor_lose_the_answer() -> None:
    np.testing.assert_array_equal(calibrated_probabilities(np.array([1e4, -1e4]), 0.05), [1.0, 0.0])


def test_a_batch_is_calibrated_row_by_row() -> None:
    batch = np.array([[0.0, 1.0], [2.0, -3.0]])
    rows = [calibrated_probabilities(row, 2.0) for row in batch]
    np.testing.assert_array_equal(calibrated_probabilities(batch, 2.0), rows)


@pytest.mark.parametrize(
    ("sixteenths", "possible"), [(15, (1,)), (14, (1,)), (13, ()), (8, ()), (5, ()), (4, (0,)), (1, (0,))]
)
def test_labels_stay_possible_up_to_and_including_their_quantile(sixteenths: int, possible: tuple[int, ...]) -> None:
    probabilities = (1 - sixteenths / 16, sixteenths / 16)
    assert label_set(probabilities, _conformal(4 / 16, 2 / 16)) == possible


def _prediction(margin: float, conformal: Conformal | None, threshold: float = 0.5):  # type: ignore[no-untyped-def]
    card = make_card(
        calibration=Calibration(temperature=2.0, fitted_on="calibration"),
        operating_point=OperatingPoint(threshold=threshold, rule="", chosen_on=""),
        conformal=conformal,
    )
    return make_prediction(np.array([0.0, margin]), card)


@pytest.mark.parametrize(("margin", "decision"), [(-4.0, "NORMAL"), (4.0, "PNEUMONIA"), (0.1, UNDETERMINED)])
def test_the_decision_is_the_only_label_that_cannot_be_excluded(margin: float, decision: str) -> None:
    assert _prediction(margin, _conformal(0.6, 0.6)).decision == decision


def test_no_label_left_is_undetermined_too() -> None:
    assert _prediction(0.0, _conformal(0.1, 0.1)).decision == UNDETERMINED


@pytest.mark.parametrize(("threshold", "decision"), [(0.7, "NORMAL"), (0.6, "PNEUMONIA")])
def test_without_conformal_figures_the_threshold_decides(threshold: float, decision: str) -> None:
    prediction = _prediction(1.0, None, threshold)
    assert prediction.positive_probability == pytest.approx(1 / (1 + np.exp(-0.5)))
    assert prediction.decision == prediction.label == decision


def test_the_scores_stay_raw() -> None:
    prediction = _prediction(1.25, None)
    assert prediction.scores == (0.0, 1.25)
    assert prediction.labels == ("NORMAL", "PNEUMONIA")


@pytest.mark.parametrize("margin", [-0.5, 0.5])
def test_a_decision_never_speaks_against_the_threshold(margin: float) -> None:
    """At these quantiles the conformal label alone would be the other one."""
    prediction = _prediction(margin, _conformal(0.9, 0.1) if margin > 0 else _conformal(0.1, 0.9))
    assert prediction.decision in (prediction.label, UNDETERMINED)
    assert prediction.decision == UNDETERMINED
