"""A reader's answer is whole, and says of itself whether it contradicts the score in view."""

from datetime import datetime

import pytest
from helpers.fakes import make_analysis, make_answer, make_film

from radassist.domain.reading import Opinion, SeenScore


def test_the_score_in_view_is_that_of_the_analysis():
    analysis = make_analysis(make_film(), probability=0.75)

    seen = SeenScore.of(analysis)

    assert (seen.decision, seen.probability, seen.threshold) == ("PNEUMONIA", 0.75, 0.5)
    assert (seen.model, seen.model_sha256) == (analysis.provenance.model, analysis.provenance.model_sha256)


@pytest.mark.parametrize(
    "parts",
    [
        {"film_sha256": ""},
        {"answered_at": datetime(2026, 1, 1)},
        {"opinion": Opinion.LABEL},
        {"opinion": Opinion.AGREE, "label": "NORMAL"},
        {"opinion": Opinion.AGREE, "seen": None},
        {"opinion": Opinion.DISAGREE, "seen": None},
    ],
)
def test_an_answer_that_contradicts_itself_is_none(parts):
    with pytest.raises(ValueError):
        make_answer(**parts)


@pytest.mark.parametrize(
    ("parts", "is_override"),
    [
        ({"opinion": Opinion.AGREE}, False),
        ({"opinion": Opinion.DISAGREE}, True),
        ({"opinion": Opinion.UNDETERMINED}, False),
        ({"opinion": Opinion.LABEL, "label": "NORMAL"}, True),
        ({"opinion": Opinion.LABEL, "label": "PNEUMONIA"}, False),
        ({"opinion": Opinion.LABEL, "label": "NORMAL", "seen": None}, False),
        ({"opinion": Opinion.DISAGREE, "seen": SeenScore("m", "ab", 0.5, 0.5, "UNDETERMINED")}, False),
    ],
)
def test_only_a_contradicted_decision_in_view_is_overridden(parts, is_override):
    assert make_answer(**parts).is_override is is_override


def test_a_film_read_without_a_score_in_view_was_read_blind():
    assert make_answer(opinion=Opinion.LABEL, label="NORMAL", seen=None).is_blind
    assert not make_answer(opinion=Opinion.LABEL, label="NORMAL", seen=None, shown_before=True).is_blind
    assert not make_answer().is_blind
