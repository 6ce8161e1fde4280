"""By what rule an operating threshold is chosen. Plain values; imports no torch."""

from dataclasses import dataclass
from enum import StrEnum

from radassist.domain.errors import UserError


class Aim(StrEnum):
    """What a threshold is to reach."""

    SENSITIVITY = "sensitivity"
    SPECIFICITY = "specificity"
    YOUDEN = "youden"


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """The highest threshold that keeps a sensitivity, the lowest that keeps a specificity, or the best sum of both.

    Attributes:
        share: What must be reached, in (0, 1]; 0 for `YOUDEN`, which names none.
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


def parse_rule(text: str) -> ThresholdRule:
    """`sensitivity=0.95`, `specificity=0.95` or `youden`.

    Raises:
        UserError: If it is none of them.
    """
    name, _, share = text.partition("=")
    if text == Aim.YOUDEN:
        return ThresholdRule(Aim.YOUDEN)
    try:
        rule = ThresholdRule(Aim(name), float(share))
    except ValueError:
        rule = None
    if rule is None or rule.aim is Aim.YOUDEN or not 0 < rule.share <= 1:
        raise UserError(f"A threshold is chosen by sensitivity=0.95, specificity=0.95 or youden, not by {text!r}.")
    return rule
