"""What the past of a score is told as, with every number from a record made by hand."""

from dataclasses import replace

import pytest
from helpers.fakes import FACTS, make_analysis, make_film
from scipy.stats import binomtest

from radassist.domain.analysis import UNDETERMINED, Analysis
from radassist.domain.radiograph import Notice
from radassist.domain.track_record import TrackRecord
from radassist.gui.findings.past_words import _of_100, past_words

RECORD = TrackRecord(positive=(0.35, *(0.85,) * 28, *(0.95,) * 31), negative=(*(0.05,) * 36, 0.32, 0.82, 0.84, 0.93))
KNOWING = replace(FACTS, record=RECORD)


def words(probability: float, prevalence: float | None = None) -> list[str]:
    said = past_words(make_analysis(make_film(), probability=probability), KNOWING, prevalence)
    return said.replace("\N{NO-BREAK SPACE}", " ").splitlines()


def ends(part: int, whole: int) -> tuple[float, float]:
    """Wilson's interval by scipy."""
    interval = binomtest(part, whole).proportion_ci(method="wilson")
    return interval.low, interval.high


def test_the_films_that_scored_alike_are_counted() -> None:
    assert words(0.83)[0] == (
        "Of 30 validation films scored 80–90 %, 28 had pneumonia (93 %, 95 % interval 79 to 98 %); "
        "of all 100, 60 % had it."
    )


def test_a_few_films_are_too_few_and_none_are_none() -> None:
    assert words(0.31)[0] == "Only 2 validation films scored 30–40 %, 1 had pneumonia: too few to tell."
    assert words(0.65)[0] == "No validation film scored 60–70 %."


def test_a_suspicion_is_worth_its_predictive_value_at_the_prevalence() -> None:
    # 59 of 60 positive and 3 of 40 negative films lie at or above 0.5.
    low, high = ends(59, 60), ends(3, 40)
    for prevalence, used, where in ((None, 0.6, "60 % of all films have it, as in validation"), (0.05, 0.05, "5.0 %")):
        least, most = (
            100 * used * hits / (used * hits + (1 - used) * alarms)
            for hits, alarms in ((low[0], high[1]), (low[1], high[0]))
        )
        said = f"Of 100 films at or above the threshold, {least:.0f} to {most:.0f} would have pneumonia where {where}"
        assert words(0.83, prevalence)[1].startswith(said)


def test_a_film_that_is_not_suspected_is_told_how_many_such_films_are_missed() -> None:
    missed, clear = ends(1, 60), ends(37, 40)
    least, most = (
        100 * 0.6 * some / (0.6 * some + 0.4 * rest) for some, rest in ((missed[0], clear[1]), (missed[1], clear[0]))
    )
    assert words(0.03)[1].startswith(
        f"Of 100 films below the threshold, {least:.1f} to {most:.0f} would have pneumonia"
    )


@pytest.mark.parametrize(("share", "said"), [(0.0994, "9.9"), (0.0996, "10"), (0.104, "10"), (0.2, "20")])
def test_ten_films_are_told_without_a_decimal(share: float, said: str) -> None:
    assert _of_100(share) == said


def test_where_the_model_does_not_choose_no_call_is_valued() -> None:
    open_answer = make_analysis(make_film(), probability=0.83)
    open_answer = replace(open_answer, prediction=replace(open_answer.prediction, decision=UNDETERMINED))
    assert "threshold" not in past_words(open_answer, KNOWING, None)


def test_the_past_says_nothing_of_a_film_unlike_those_of_validation() -> None:
    said = past_words(make_analysis(make_film(notices=(Notice("UNLIKE_TRAINING", "x"),))), KNOWING, None)
    assert said == "The validation films say nothing of this score, since the film is unlike them."


@pytest.mark.parametrize("facts", [None, FACTS, replace(KNOWING, sha256="cd" * 32)])
def test_no_model_or_another_has_no_past(facts) -> None:
    analysis: Analysis = make_analysis(make_film())
    assert past_words(analysis, facts, None) == ""
