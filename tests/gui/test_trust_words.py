"""The tests of a map in print."""

from helpers.explanations import make_mark

from radassist.domain.explanation import SaliencyMethod, SaliencyWish, Subject
from radassist.gui.explain import trust_words

MARK = make_mark(Subject("aa", "fake", "bb"), SaliencyWish(SaliencyMethod.CAM, "PNEUMONIA"))


def test_the_belief_stands_before_its_reason() -> None:
    assert trust_words.answer(MARK) == f"Believable. {MARK.sentence}"


def test_every_number_says_which_way_is_good() -> None:
    lines = trust_words.numbers(MARK).splitlines()

    assert len(lines) == 4
    assert all("is good" in line for line in lines)
    assert "blurred first: 0.35 (low is good); uncovered first: 0.65 (high is good); in random order: 0.50" in lines[3]
