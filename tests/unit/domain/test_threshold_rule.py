import pytest

from radassist.domain.errors import UserError
from radassist.domain.threshold_rule import (
    BY_CARD,
    Aim,
    ThresholdRule,
    parse_place_rule,
    parse_rule,
    rule_of,
    set_here,
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("sensitivity=0.95", ThresholdRule(Aim.SENSITIVITY, 0.95)),
        ("specificity=0.9", ThresholdRule(Aim.SPECIFICITY, 0.9)),
        ("youden", ThresholdRule(Aim.YOUDEN)),
    ],
)
def test_a_rule_is_read_and_written_in_the_same_words(text: str, rule: ThresholdRule) -> None:
    assert parse_rule(text) == rule
    assert str(rule) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "accuracy=0.9",
        "sensitivity",
        "sensitivity=2",
        "specificity=0",
        "youden=1",
        "sensitivity=nan",
        "threshold=0.5",
    ],
)
def test_another_rule_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(UserError, match=r"sensitivity=0\.95, specificity=0\.95 or youden"):
        parse_rule(text)


def test_a_rule_says_what_it_reaches() -> None:
    assert parse_rule("specificity=0.95").in_words == "lowest threshold with a specificity of at least 95.0%"
    assert "Youden 1950" in parse_rule("youden").in_words


@pytest.mark.parametrize("text", ["sensitivity=0.98", "youden", "threshold=0.5"])
def test_a_rule_set_at_the_place_of_use_is_read_back_from_a_table(text: str) -> None:
    rule = parse_place_rule(text)
    assert rule is not None
    assert set_here(rule) == f"set here: {text}"
    assert rule_of(set_here(rule)) == rule


def test_the_card_sets_no_rule() -> None:
    assert parse_place_rule("card") is None
    assert rule_of(BY_CARD) is None


@pytest.mark.parametrize("text", ["threshold=0", "threshold=1.5", "CARD", "threshold", ""])
def test_what_is_no_rule_of_a_place_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"card, sensitivity=0\.95"):
        parse_place_rule(text)
    with pytest.raises(UserError):
        rule_of(text)
