import pytest

from radassist.domain.errors import UserError
from radassist.domain.threshold_rule import Aim, ThresholdRule, parse_rule


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
    "text", ["", "accuracy=0.9", "sensitivity", "sensitivity=2", "specificity=0", "youden=1", "sensitivity=nan"]
)
def test_another_rule_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(UserError, match=r"sensitivity=0\.95, specificity=0\.95 or youden"):
        parse_rule(text)


def test_a_rule_says_what_it_reaches() -> None:
    assert parse_rule("specificity=0.95").in_words == "lowest threshold with a specificity of at least 95.0%"
    assert "Youden 1950" in parse_rule("youden").in_words
