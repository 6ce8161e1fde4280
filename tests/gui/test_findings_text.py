from dataclasses import replace

import pytest
from helpers.fakes import FACTS, make_analysis, make_film

from radassist.domain.analysis import UNDETERMINED, Prediction
from radassist.domain.radiograph import Notice
from radassist.domain.threshold_rule import OperatingPoint
from radassist.gui.findings import findings_text
from radassist.gui.findings.findings_text import Suspicion, percent, probability_and_threshold, suspicion_of


def prediction(probability: float, decision: str = "", *, threshold: float = 0.37) -> Prediction:
    by_threshold = "PNEUMONIA" if probability >= threshold else "NORMAL"
    return Prediction(
        labels=("NORMAL", "PNEUMONIA"),
        scores=(0.0, 1.0),
        probabilities=(1 - probability, probability),
        threshold=threshold,
        decision=decision or by_threshold,
    )


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_suspected_film_names_what_is_suspected() -> None:
    assert findings_text.headline(prediction(0.83)) == "Suspected: PNEUMONIA"
    assert findings_text.meaning(prediction(0.83)) == "Pneumonia suspected by the model."


def test_a_film_that_is_not_suspected_is_not_called_normal() -> None:
    answer = prediction(0.02)
    assert findings_text.headline(answer) == "Not suspected"
    assert findings_text.meaning(answer) == "Pneumonia not suspected by the model. That does not rule it out."
    assert "normal" not in (findings_text.headline(answer) + findings_text.meaning(answer)).lower()


def test_an_undetermined_film_is_to_be_read_as_usual() -> None:
    answer = prediction(0.5, UNDETERMINED)
    assert findings_text.headline(answer) == "Undetermined: read as usual"
    assert "does not choose between NORMAL and PNEUMONIA" in findings_text.meaning(answer)


@pytest.mark.parametrize(("probability", "decision"), [(0.45, "NORMAL"), (0.30, "PNEUMONIA")])
def test_a_decision_against_the_threshold_is_shown_as_undetermined(probability: float, decision: str) -> None:
    assert suspicion_of(prediction(probability, decision)) is Suspicion.UNDETERMINED


def test_the_numbers_are_said_in_sentences() -> None:
    assert plain(findings_text.numbers(prediction(0.83))) == (
        "Probability of pneumonia 83 %, calibrated. At or above 37 % this model calls a film suspected. "
        "Classes: NORMAL 17 %, PNEUMONIA 83 %."
    )


def test_where_the_model_does_not_decide_the_numbers_do_not_say_that_it_does() -> None:
    words = plain(findings_text.numbers(prediction(0.52, UNDETERMINED)))
    assert "calls a film suspected" not in words
    assert "threshold is 37 %, but neither answer is certain enough" in words


def test_a_number_never_breaks_from_its_sign() -> None:
    assert " %" not in findings_text.numbers(prediction(0.83))


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.0, 0, "0 %"),
        (1.0, 0, "100 %"),
        (0.83, 0, "83 %"),
        (0.9996, 0, ">99 %"),
        (0.0004, 0, "<1 %"),
        (0.99996, 2, ">99.99 %"),
        (0.37, 2, "37.00 %"),
    ],
)
def test_only_certainty_is_written_as_0_or_100_percent(share: float, decimals: int, text: str) -> None:
    assert plain(percent(share, decimals)) == text


@pytest.mark.parametrize("probability", [0.3699, 0.36999, 0.3701, 0.374, 0.366])
def test_rounding_never_makes_probability_and_threshold_look_alike(probability: float) -> None:
    shown, threshold = probability_and_threshold(prediction(probability))
    assert shown != threshold
    numbers = [float(text.split("\N{NO-BREAK SPACE}")[0]) for text in (shown, threshold)]
    assert (numbers[0] >= numbers[1]) is (probability >= 0.37)


def test_a_probability_exactly_at_the_threshold_is_suspected_and_shown_equal() -> None:
    answer = prediction(0.37)
    assert suspicion_of(answer) is Suspicion.SUSPECTED
    assert len(set(probability_and_threshold(answer))) == 1


def test_the_bar_is_told_in_one_sentence() -> None:
    assert plain(findings_text.spoken(prediction(0.04))) == (
        "Not suspected. Probability of pneumonia 4 %, operating threshold 37 %."
    )


@pytest.mark.parametrize(
    ("code", "warning"),
    [("LOSSY", False), ("AGE_UNKNOWN", False), ("PROJECTION", False), ("AGE", True), ("NEVER_HEARD_OF", True)],
)
def test_a_notice_counts_as_a_warning_unless_it_is_known_to_be_harmless(code: str, warning: bool) -> None:
    assert findings_text.is_warning(Notice(code, "A sentence.")) is warning


def test_the_small_print_says_under_which_conditions_the_score_was_made() -> None:
    analysis = make_analysis(make_film())
    rows = dict(findings_text.details(analysis, FACTS))
    assert rows["Model"] == "Fake model (fake)"
    assert rows["Weights"] == "abababababab"
    assert rows["Trained on"] == "Nobody."
    assert rows["Device"] == "CPU (fake)"
    assert rows["Input"] == "v1 fake 32 x 32"
    assert rows["Time"] == "read 4.0 ms, scored 2.5 ms"
    assert rows["Finished"].startswith(analysis.provenance.finished_at.astimezone().strftime("%Y-%m-%d %H:%M:%S"))


def test_a_score_of_another_model_gets_no_words_of_the_loaded_one() -> None:
    rows = dict(findings_text.details(make_analysis(make_film()), replace(FACTS, sha256="cd" * 32)))
    assert rows["Model"] == "fake"
    assert "Trained on" not in rows


def test_before_a_film_is_scored_the_loaded_model_is_named() -> None:
    assert dict(findings_text.model_details(FACTS))["Model"] == "Fake model (fake)"
    assert findings_text.model_details(None) == ()


def test_who_set_the_threshold_is_said_where_it_was_not_the_card() -> None:
    moved = prediction(0.83).at(OperatingPoint(0.37, "set here: sensitivity=0.98"))
    said = findings_text.numbers(moved).replace("\N{NO-BREAK SPACE}", " ")
    assert "At or above 37 % (set here: sensitivity 98 %) this model calls a film suspected." in said
    assert "set here" not in findings_text.numbers(prediction(0.83))


@pytest.mark.parametrize(
    ("set_by", "words"),
    [
        ("card", "card"),
        ("set here: youden", "set here: youden"),
        ("set here: specificity=0.975", "set here: specificity 97.50 %"),
    ],
)
def test_the_rule_of_a_threshold_is_put_into_words(set_by: str, words: str) -> None:
    assert findings_text.set_by_words(set_by).replace("\N{NO-BREAK SPACE}", " ") == words
