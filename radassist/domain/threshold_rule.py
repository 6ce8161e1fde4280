"""By what rule an operating threshold is chosen, and the one that is in force. Plain values; imports no torch."""

from dataclasses import dataclass
from enum import StrEnum

from radassist.domain.errors import UserError

BY_CARD = "card"
"""Who set a threshold: the card of the model."""

_SET_HERE = "set here: "


class Aim(StrEnum):
    """What a threshold is to reach; `VALUE` names the threshold itself."""

    SENSITIVITY = "sensitivity"
    SPECIFICITY = "specificity"
    YOUDEN = "youden"
    VALUE = "threshold"


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """The highest threshold that keeps a sensitivity, the lowest that keeps a specificity, the best sum, or a number.

    Attributes:
        share: What must be reached, in (0, 1]; 0 for `YOUDEN`, which names none. For `VALUE` the threshold, in (0, 1].
    """

    aim: Aim
    share: float = 0.0

    def __str__(self) -> str:
        return str(self.aim) if self.aim is Aim.YOUDEN else f"{self.aim}={self.share}"

    @property
    def in_words(self) -> str:
        """For a card, without the films it was applied to."""
        match self.aim:
            case Aim.SENSITIVITY:
                return f"highest threshold with a sensitivity of at least {self.share:.1%}"
            case Aim.SPECIFICITY:
                return f"lowest threshold with a specificity of at least {self.share:.1%}"
            case Aim.YOUDEN:
                return "threshold with the largest sum of sensitivity and specificity (Youden 1950)"
            case Aim.VALUE:
                return f"threshold of {self.share:g}"


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """The threshold in force.

    Attributes:
        threshold: On the probability of the positive label, in [0, 1].
        set_by: `BY_CARD`, or the rule that was set at the place of use, as `set_here` writes it.
    """

    threshold: float
    set_by: str = BY_CARD


def set_here(rule: ThresholdRule) -> str:
    """Who set a threshold that was chosen by `rule` at the place of use, for tables: `set here: sensitivity=0.98`."""
    return f"{_SET_HERE}{rule}"


def rule_of(set_by: str) -> ThresholdRule | None:
    """The rule that was set at the place of use; None for a threshold of the card.

    Raises:
        UserError: If `set_by` is none of what an `OperatingPoint` says.
    """
    if set_by == BY_CARD:
        return None
    if not set_by.startswith(_SET_HERE):
        raise UserError(f"Nobody can tell who set a threshold by the words {set_by!r}.")
    return parse_place_rule(set_by.removeprefix(_SET_HERE))


def parse_rule(text: str) -> ThresholdRule:
    """`sensitivity=0.95`, `specificity=0.95` or `youden`.

    Raises:
        UserError: If it is none of them.
    """
    rule = _parsed(text)
    if rule is None or rule.aim is Aim.VALUE:
        raise UserError(f"A threshold is chosen by sensitivity=0.95, specificity=0.95 or youden, not by {text!r}.")
    return rule


def parse_place_rule(text: str) -> ThresholdRule | None:
    """As `parse_rule`, and besides `threshold=0.5`, or None for `card`, the model's own.

    Raises:
        UserError: If it is none of them.
    """
    rule = _parsed(text)
    if rule is None and text != BY_CARD:
        choices = "card, sensitivity=0.95, specificity=0.95, youden or threshold=0.5"
        raise UserError(f"The threshold in force is chosen by {choices}, not by {text!r}.")
    return rule


def _parsed(text: str) -> ThresholdRule | None:
    name, _, share = text.partition("=")
    if text == Aim.YOUDEN:
        return ThresholdRule(Aim.YOUDEN)
    try:
        rule = ThresholdRule(Aim(name), float(share))
    except ValueError:
        return None
    return None if rule.aim is Aim.YOUDEN or not 0 < rule.share <= 1 else rule
