"""What a command line asks to be explained."""

import pytest
from helpers.explanations import FakeExplainer
from helpers.fakes import FACTS

from radassist.cli.explain_wish import KNOWN, ExplainWish, check_methods, plan_of
from radassist.cli.terminal import WrongUsage
from radassist.domain.explanation import SaliencyMethod
from radassist.workflow.explain_films import BlockView


def wish(*methods: str, blocks: tuple[str, ...] = ("all",), target: str | None = None) -> ExplainWish:
    return ExplainWish(list(methods), list(blocks), target, None, trust=False, robustness=False)


@pytest.mark.parametrize(
    ("text", "names"),
    [("cam, mean", ["mean", "cam"]), ("mean,,mean ", ["mean"]), ("pca,all", list(KNOWN)), ("", [])],
)
def test_methods_come_once_and_in_their_usual_order(text: str, names: list[str]) -> None:
    assert check_methods(text) == names


def test_a_method_that_nobody_knows_is_wrong_usage() -> None:
    with pytest.raises(WrongUsage, match="no method 'guesswork'"):
        check_methods("mean,guesswork")


def test_a_plan_speaks_of_the_positive_label_and_of_every_block_unless_told_otherwise() -> None:
    plan = plan_of(wish("mean", "grad-cam"), FACTS, FakeExplainer())
    assert (plan.target, plan.blocks) == ("PNEUMONIA", ("block1", "block2"))
    assert (plan.views, plan.methods) == ((BlockView.MEAN,), (SaliencyMethod.GRAD_CAM,))


def test_blocks_come_in_the_order_of_the_network() -> None:
    plan = plan_of(wish("mean", blocks=("block2", "block1"), target="NORMAL"), FACTS, FakeExplainer())
    assert (plan.target, plan.blocks) == ("NORMAL", ("block1", "block2"))
