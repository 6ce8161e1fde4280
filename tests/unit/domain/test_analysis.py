"""What a prediction says of itself."""

from dataclasses import replace

import pytest

from radassist.domain.analysis import UNDETERMINED, Prediction
from radassist.domain.threshold_rule import OperatingPoint


def _prediction(positive: float, threshold: float, labels: tuple[str, ...] = ("NORMAL", "PNEUMONIA")) -> Prediction:
    rest = tuple((1 - positive) / (len(labels) - 1) for _ in labels[1:])
    probabilities = (rest[0], positive, *rest[1:])
    return Prediction(labels, (0.0,) * len(labels), probabilities, threshold, decision="UNDETERMINED")


@pytest.mark.parametrize(
    ("positive", "threshold", "label", "confidence"),
    [
        (0.9, 0.5, "PNEUMONIA", 0.9),
        (0.4, 0.3, "PNEUMONIA", 0.4),
        (0.3, 0.3, "PNEUMONIA", 0.3),
        (0.2, 0.3, "NORMAL", 0.8),
    ],
)
def test_the_threshold_chooses_the_label_and_its_own_probability_is_the_confidence(
    positive: float, threshold: float, label: str, confidence: float
) -> None:
    prediction = _prediction(positive, threshold)
    assert (prediction.label, prediction.confidence) == (label, pytest.approx(confidence))


def test_below_the_threshold_the_most_probable_of_the_others_is_the_label() -> None:
    prediction = Prediction(("NORMAL", "PNEUMONIA", "OTHER"), (0.0,) * 3, (0.2, 0.3, 0.5), 0.4, "UNDETERMINED")
    assert prediction.label == "OTHER"
    assert prediction.positive_label == "PNEUMONIA"


@pytest.mark.parametrize(("positive", "expected"), [(0.5, 0.0), (0.9, 2.1972246), (0.1, -2.1972246)])
def test_the_log_odds_are_those_of_the_positive_label(positive: float, expected: float) -> None:
    assert _prediction(positive, 0.5).log_odds == pytest.approx(expected)
    assert _prediction(positive, 0.5, ("NORMAL", "PNEUMONIA", "OTHER")).log_odds == pytest.approx(expected)


def test_the_log_odds_of_a_probability_that_was_rounded_to_an_end_are_finite() -> None:
    assert 500 < _prediction(1.0, 0.5).log_odds < 1000
    assert -1000 < _prediction(0.0, 0.5).log_odds < -500


@pytest.mark.parametrize(
    ("threshold", "possible", "decision"),
    [
        (0.5, None, "PNEUMONIA"),
        (0.7, None, "NORMAL"),
        (0.5, ("PNEUMONIA",), "PNEUMONIA"),
        (0.7, ("PNEUMONIA",), UNDETERMINED),
        (0.7, ("NORMAL",), "NORMAL"),
        (0.5, ("NORMAL", "PNEUMONIA"), UNDETERMINED),
        (0.5, (), UNDETERMINED),
    ],
)
def test_another_threshold_decides_anew_and_leaves_the_scores(
    threshold: float, possible: tuple[str, ...] | None, decision: str
) -> None:
    first = replace(_prediction(0.6, 0.5), possible=possible)
    moved = first.at(OperatingPoint(threshold, "set here: threshold=0.7"))
    assert (moved.decision, moved.threshold, moved.threshold_by) == (decision, threshold, "set here: threshold=0.7")
    assert (moved.probabilities, moved.scores, moved.possible) == (first.probabilities, first.scores, possible)
    assert moved.at(OperatingPoint(0.5)) == first.at(OperatingPoint(0.5))


def test_a_score_that_must_not_be_relied_on_is_decided_at_no_threshold() -> None:
    open_answer = replace(_prediction(0.9, 0.5), decision="PNEUMONIA").left_open()
    assert open_answer.decision == UNDETERMINED
    assert open_answer.at(OperatingPoint(0.1)).decision == UNDETERMINED
