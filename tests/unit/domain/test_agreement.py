"""Agreement of two readers, against scikit-learn and by hand."""

import numpy as np
import pytest
from helpers.fakes import make_answer
from sklearn.metrics import accuracy_score, cohen_kappa_score

from radassist.domain.agreement import agreement, said
from radassist.domain.analysis import UNDETERMINED
from radassist.domain.reading import Opinion, SeenScore

LABELS = ("NORMAL", "PNEUMONIA")


@pytest.mark.parametrize("seed", range(5))
def test_kappa_and_share_are_those_of_scikit_learn(seed: int) -> None:
    random = np.random.default_rng(seed)
    one = random.choice([*LABELS, UNDETERMINED], size=60)
    other = np.where(random.random(60) < 0.6, one, random.choice([*LABELS, UNDETERMINED], size=60))
    found = agreement(zip(one, other, strict=True))
    assert found.films == 60
    assert found.share == pytest.approx(accuracy_score(one, other))
    assert found.kappa == pytest.approx(cohen_kappa_score(one, other))


def test_where_both_always_say_the_same_one_thing_kappa_is_not_defined() -> None:
    assert agreement([("NORMAL", "NORMAL")] * 4).kappa is None
    assert agreement([]).kappa is None and agreement([]).share is None


def test_kappa_of_complete_disagreement_is_negative() -> None:
    assert agreement([("a", "b"), ("b", "a")]).kappa == -1


def test_every_answer_comes_to_a_label() -> None:
    assert said(make_answer(opinion=Opinion.AGREE), LABELS) == "PNEUMONIA"
    assert said(make_answer(opinion=Opinion.DISAGREE), LABELS) == "NORMAL"
    assert said(make_answer(opinion=Opinion.UNDETERMINED), LABELS) == UNDETERMINED
    assert said(make_answer(opinion=Opinion.REVIEWED), LABELS) == ""
    assert said(make_answer(opinion=Opinion.LABEL, label="NORMAL", seen=None), LABELS) == "NORMAL"


def test_disagreeing_with_a_model_that_does_not_choose_comes_to_no_label() -> None:
    unsure = SeenScore("m", "ab", probability=0.5, threshold=0.5, decision=UNDETERMINED)
    assert said(make_answer(opinion=Opinion.DISAGREE, seen=unsure), LABELS) == ""
