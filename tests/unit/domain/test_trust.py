from dataclasses import replace

import pytest

from radassist.domain.explanation import SaliencyMethod, SaliencyWish, Subject
from radassist.domain.trust import Belief, Curve, Mark, ShuffleStep, TrustMark

FALLS, RISES, FLAT = Curve((1.0, 0.5, 0.0)), Curve((0.0, 0.9, 1.0)), Curve((1.0, 1.0, 1.0))
HONEST = TrustMark(
    subject=Subject("ab" * 32, "tiny", "cd" * 32),
    wish=SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA", "block2"),
    cascade=(ShuffleStep("head", 0.4), ShuffleStep("block2", 0.1)),
    shuffled=0.1,
    shift=0.95,
    noise=0.9,
    edges=0.1,
    deletion=FALLS,
    insertion=RISES,
    random=FLAT,
)


def test_the_area_is_that_of_the_trapezoidal_rule() -> None:
    assert FALLS.area == 0.5
    assert Curve((0.0, 1.0, 1.0)).area == 0.75


def test_an_honest_map_is_believable() -> None:
    assert (HONEST.under_shuffling, HONEST.under_small_changes) == (Mark.CHANGES, Mark.HOLDS)
    assert HONEST.under_deletion is Mark.CHANGES
    assert HONEST.belief is Belief.BELIEVABLE
    assert "the score rests on what it points at" in HONEST.sentence


@pytest.mark.parametrize(
    ("changes", "belief", "words"),
    [
        ({"shuffled": 0.9}, Belief.DOUBTFUL, "a network that has learnt nothing:"),
        ({"shuffled": 0.9, "edges": 0.8}, Belief.DOUBTFUL, "it follows the film's edges"),
        ({"noise": 0.3}, Belief.DOUBTFUL, "when the film moves by a pixel"),
        ({"shift": 0.3, "shuffled": 0.3}, Belief.DOUBTFUL, "learnt nothing"),
        ({"shift": 0.7}, Belief.UNCLEAR, "does not repeat well"),
        ({"shuffled": 0.55}, Belief.UNCLEAR, "part of it stays"),
        ({"edges": 0.7}, Belief.UNCLEAR, "it follows the film's edges"),
        ({"insertion": FALLS, "deletion": RISES}, Belief.UNCLEAR, "rests on other parts"),
        ({"insertion": FLAT, "deletion": FLAT}, Belief.BELIEVABLE, "blurring cannot tell."),
    ],
)
def test_each_reason_against_a_map_is_told(changes: dict, belief: Belief, words: str) -> None:
    mark = replace(HONEST, **changes)
    assert mark.belief is belief
    assert words in mark.sentence


def test_a_map_that_repeats_badly_is_not_called_independent_of_the_weights_by_a_division_by_nothing() -> None:
    mark = replace(HONEST, shift=0.0, noise=0.0, shuffled=0.0)
    assert mark.under_shuffling is Mark.CHANGES
    assert mark.belief is Belief.DOUBTFUL


def test_a_curve_has_the_same_area_backwards() -> None:
    assert RISES.backwards.probabilities == RISES.probabilities[::-1]
    assert RISES.backwards.area == RISES.area
