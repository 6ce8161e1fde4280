"""How far a score moves when the film is changed in ways that should not matter."""

from dataclasses import dataclass
from enum import StrEnum

from radassist.domain.analysis import Prediction

WIDE = 0.2
"""A strip at least this wide, in probability, warns: a fifth of the scale."""


class Variation(StrEnum):
    """In which way a film was changed."""

    FLIP = "flip"
    ROTATION = "rotation"
    WINDOW = "window"
    DEPTH = "depth"
    JPEG = "jpeg"
    CROP = "crop"


@dataclass(frozen=True, slots=True)
class VariantScore:
    """What the model says of the film after one change.

    Attributes:
        title: The change in words, for instance `turned 5° left`; goes on from "the film".
    """

    variation: Variation
    title: str
    prediction: Prediction


@dataclass(frozen=True, slots=True)
class RobustnessStrip:
    """The scores of a film and its variants; all probabilities are those of the positive label, in [0, 1].

    Attributes:
        original: Of the film as it is, by the same model and without the guard.
        variants: In the order they were made; changes that leave every pixel as it is are left out.
        done, total: Changes tried so far, and in all.
    """

    original: Prediction
    variants: tuple[VariantScore, ...]
    done: int
    total: int

    @property
    def lowest(self) -> float:
        """Lowest probability, the original's included."""
        return min(self._probabilities())

    @property
    def highest(self) -> float:
        """Highest probability, the original's included."""
        return max(self._probabilities())

    @property
    def width(self) -> float:
        """From the lowest to the highest probability, in [0, 1]."""
        return self.highest - self.lowest

    @property
    def is_complete(self) -> bool:
        """Whether every change was tried."""
        return self.done == self.total

    @property
    def overturning(self) -> tuple[VariantScore, ...]:
        """The variants that get another decision than the film itself."""
        return tuple(found for found in self.variants if found.prediction.decision != self.original.decision)

    @property
    def warns(self) -> bool:
        """Whether a reader must know: another decision, or a wide strip."""
        return bool(self.overturning) or self.width >= WIDE

    @property
    def sentence(self) -> str:
        """What the strip means, for a reader."""
        label = self.original.positive_label
        span = f"The probability of {label} stays between {self.lowest:.2f} and {self.highest:.2f}"
        if self.overturning:
            return self._overturned()
        if self.warns:
            return f"{span}: the decision holds, but the score moves more than it should."
        return f"{span} under {len(self.variants)} changes that should not matter; the decision holds."

    def _overturned(self) -> str:
        first, others = self.overturning[0], len(self.overturning) - 1
        more = f" and under {others} other change{'s' if others > 1 else ''}" if others else ""
        return (
            f"The decision changes from {self.original.decision} to {first.prediction.decision} when the film is "
            f"{first.title}{more}: do not rely on it."
        )

    def _probabilities(self) -> tuple[float, ...]:
        return self.original.positive_probability, *(found.prediction.positive_probability for found in self.variants)
