"""A round in sentences that count."""

from radassist.domain.agreement import agreement
from radassist.domain.analysis import UNDETERMINED
from radassist.domain.reading_round import RoundFilm, RoundSummary
from radassist.gui.reading import round_words

FILMS = (
    RoundFilm(0, "a.dcm", "NORMAL", "PNEUMONIA", "PNEUMONIA", "PNEUMONIA", 0.75),
    RoundFilm(1, "b.dcm", "NORMAL", "NORMAL", UNDETERMINED, "PNEUMONIA", 0.1),
    RoundFilm(2, "c.dcm", "NORMAL", "NORMAL", "NORMAL", "PNEUMONIA", 0.1),
)


def test_sentences_say_how_many_and_which_way() -> None:
    summary = RoundSummary(FILMS)
    assert round_words.progress_words(summary, 24).startswith("3 of 24 films")
    assert round_words.changed_words(summary) == "2: 1 to the model's answer, 1 otherwise"
    assert round_words.changed_words(RoundSummary(FILMS[2:])) == "none"


def test_agreement_is_told_with_its_interval_and_kappa_or_that_there_is_none() -> None:
    words = round_words.agreement_words(agreement([("a", "a"), ("b", "b"), ("a", "b")]))
    assert words.startswith("2 of 3, 67\N{NO-BREAK SPACE}%") and words.endswith("kappa 0.40")
    assert round_words.agreement_words(agreement([("a", "a")])).endswith("not defined")
    assert round_words.agreement_words(agreement([])) == "no films"


def test_labels_are_words() -> None:
    said = [round_words.label_words(label, "PNEUMONIA") for label in ("PNEUMONIA", "NORMAL", UNDETERMINED, "")]
    assert said == ["suspected", "not suspected", "undetermined", "other"]
