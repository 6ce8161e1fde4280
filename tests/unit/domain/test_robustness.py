from dataclasses import replace

import pytest
from helpers.fakes import make_analysis, make_film

from radassist.domain.analysis import Prediction
from radassist.domain.robustness import RobustnessStrip, VariantScore, Variation


def prediction(probability: float, decision: str = "PNEUMONIA") -> Prediction:
    return replace(make_analysis(make_film(), probability=probability).prediction, decision=decision)


def strip(*variants: Prediction) -> RobustnessStrip:
    scores = tuple(VariantScore(Variation.ROTATION, "turned 5° left", found) for found in variants)
    return RobustnessStrip(prediction(0.9), scores, len(scores), len(scores))


def test_a_strip_spans_the_film_and_all_its_variants() -> None:
    found = strip(prediction(0.85), prediction(0.8))
    assert (found.lowest, found.highest) == (0.8, 0.9)
    assert found.width == pytest.approx(0.1)
    assert not found.warns
    assert "stays between 0.80 and 0.90 under 2 changes" in found.sentence


def test_another_decision_warns_and_is_named() -> None:
    found = strip(prediction(0.88), prediction(0.7, "UNDETERMINED"), prediction(0.3, "NORMAL"))
    assert [one.prediction.decision for one in found.overturning] == ["UNDETERMINED", "NORMAL"]
    assert found.warns
    assert "from PNEUMONIA to UNDETERMINED when the film is turned 5° left and under 1 other change:" in found.sentence


def test_a_wide_strip_warns_even_if_the_decision_holds() -> None:
    found = strip(prediction(0.6))
    assert found.warns
    assert "moves more than it should" in found.sentence


def test_a_strip_knows_whether_it_is_complete() -> None:
    assert strip(prediction(0.9)).is_complete
    assert not replace(strip(prediction(0.9)), total=5).is_complete
