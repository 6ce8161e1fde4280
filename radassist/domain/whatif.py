"""What a person hides of a film, step by step with undo, and what the model says of the film without it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from radassist.domain.analysis import Prediction

Point = tuple[float, float]
"""(row, column) in film pixels; pixel (0, 0) covers rows and columns 0 to 1."""


@dataclass(frozen=True, slots=True)
class Box:
    """Everything between two rows and two columns, in film pixels; pixels that are touched are inside."""

    top: float
    left: float
    bottom: float
    right: float


@dataclass(frozen=True, slots=True)
class Lasso:
    """The inside of a closed line through `points`; the last is joined to the first."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Brush:
    """A stroke through `points`, `radius` film pixels to each side, with round ends."""

    points: tuple[Point, ...]
    radius: float


Region = Box | Lasso | Brush


class Hiding(StrEnum):
    """What stands in the place of what is hidden."""

    BLUR = "blur"
    AROUND = "around"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Edit:
    """One region, hidden in one way."""

    region: Region
    hiding: Hiding = Hiding.AROUND


@dataclass(frozen=True, slots=True)
class EditStack:
    """What is hidden of a film, in order.

    Attributes:
        edits: In force, the oldest first.
        undone: Taken back, the last one taken back at the end.
    """

    edits: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()

    def with_edit(self, edit: Edit) -> "EditStack":
        """One more; what was undone is gone."""
        return EditStack((*self.edits, edit))

    def undo(self) -> "EditStack":
        """Without the newest edit; as it is where there is none."""
        return replace(self, edits=self.edits[:-1], undone=(*self.undone, *self.edits[-1:]))

    def redo(self) -> "EditStack":
        """With the edit that was undone last; as it is where there is none."""
        return replace(self, edits=(*self.edits, *self.undone[-1:]), undone=self.undone[:-1])


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The model's answer to a film as it is, and to the film with something hidden.

    Attributes:
        before, after: By the model's own figures; the guard is not asked, since an edited film is no film.
        edits: What is hidden in `after`.
        hidden_share: Of the film's area, in [0, 1].
    """

    before: Prediction
    after: Prediction
    edits: tuple[Edit, ...]
    hidden_share: float

    @property
    def change(self) -> float:
        """Of the positive probability, in [-1, 1]; below 0 where hiding made the film look less suspect."""
        return self.after.positive_probability - self.before.positive_probability

    @property
    def log_odds_change(self) -> float:
        """The same in natural log odds, which still tell changes apart where probabilities stand at 0 or 1."""
        return self.after.log_odds - self.before.log_odds
