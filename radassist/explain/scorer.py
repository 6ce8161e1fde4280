"""What the parts that question a model need of it: scores of pictures, by the grey the network gets."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import Prediction

Grey = NDArray[np.uint8]


class Scorer(Protocol):
    """A loaded model, asked about pictures rather than films. Called by one thread at a time."""

    def score(self, pictures: Sequence[Grey]) -> list[Prediction]:
        """One prediction a picture, (H, W) uint8 as `rendering.to_grey8` makes them, in order; no guard is asked.

        Raises:
            UserError: If a picture cannot be scored.
        """
        ...
