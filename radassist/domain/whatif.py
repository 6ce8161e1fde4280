"""What a person hides of a film, and what the model says of the film without it."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True, eq=False)
class HiddenPart:
    """What stands in the place of all that is hidden, as the network gets it.

    Attributes:
        row, column: Film pixel of its upper left corner.
        grey: (h, w) uint8.
        mask: (h, w) bool; where the film is hidden.
    """

    row: int
    column: int
    grey: NDArray[np.uint8]
    mask: NDArray[np.bool_]


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
