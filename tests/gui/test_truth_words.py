from helpers.truths import LABELS, MIXED, audit_of

from radassist.domain.roc import Estimate, Tally, roc_area, tally
from radassist.gui.truth import truth_words as words


def test_the_headline_counts_the_films_by_their_truth() -> None:
    assert words.headline(audit_of(*MIXED)) == (
        "5 films with label and score: 3 PNEUMONIA, 2 NORMAL. Scored by model-a."
    )


def test_all_that_found_no_partner_is_named_and_only_that() -> None:
    assert words.left_out(audit_of(*MIXED)) == "labels.csv. Nothing was left out."
    said = words.left_out(audit_of(*MIXED, unknown_rows=1200, by_name=2))
    assert "rows that name no single film of the list: 1,200" in said and "by file name alone: 2" in said
    assert "without a label" not in said


def test_a_perfect_separation_gets_no_interval() -> None:
    audit = audit_of((0.9, True), (0.8, True), (0.1, False), (0.2, False))
    said = words.area_words(roc_area(audit.truth(), audit.probabilities()))
    assert said.startswith("AUC 1.000; no interval") and "1.000 to" not in said
    assert words.area_words(Estimate(0.9, 0.8, 0.95)) == "AUC 0.900 (95 % interval 0.800 to 0.950)"
    assert "two films of each label" in words.area_words(None)


def test_what_no_film_tells_is_not_given_a_number() -> None:
    assert words.share_words(None) == words.cost_words(None) == words.NONE
    assert words.cost_words(Estimate(2.0, 1.0, 4.5)) == "2.0 (95 % interval 1.0 to 4.5)"


def test_the_counts_say_what_they_count() -> None:
    audit = audit_of(*MIXED)
    said = words.counts_words(tally(audit.truth(), audit.probabilities(), 0.5), LABELS)
    assert said == "PNEUMONIA: 2 found, 1 missed\nNORMAL: 1 left alone, 1 false alarm"


def test_numbers_of_films_and_names_are_put_into_sentences() -> None:
    assert words.disagreement_words(2, 5).startswith("Disagreements at this threshold: 2 of 5")
    assert words.disagreement_words(0, 1) == "No disagreement at this threshold among 1 film"
    assert words.exported_words(1, "t.csv") == "1 film with truth written to t.csv."


def test_one_false_alarm_is_one() -> None:
    assert "1 false alarm" in words.counts_words(Tally(3, 1, 2, 0), LABELS)
    assert "1 false alarms" not in words.counts_words(Tally(3, 1, 2, 0), LABELS)
