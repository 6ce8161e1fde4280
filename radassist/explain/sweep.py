"""The whole film hidden piece by piece, coarse first: which parts of it carry the score (Zeiler and Fergus 2014)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radassist.domain.cancellation import CancelToken
from radassist.domain.whatif import Box, Hiding
from radassist.explain.fill import hide
from radassist.explain.regions import region_mask
from radassist.explain.scorer import Grey, Scorer

LEVELS = (4, 8, 16)
"""Pieces along each side of the film."""

_LONGEST_SIDE = 768


@dataclass(frozen=True, slots=True, eq=False)
class SweepStep:
    """How far a sweep is.

    Attributes:
        done, total: Pieces hidden so far, and in all levels.
        drops: (n, n) float32 for the finest level begun: by how much the log odds of the positive label fall when a
            piece is hidden. Above 0 where the film speaks for it, below 0 where it speaks against. Pieces not
            reached yet have the value of the level before, NaN in the first.
        level: n, pieces along each side.
    """

    done: int
    total: int
    drops: NDArray[np.float32]
    level: int


def sweep(
    grey: Grey, scorer: Scorer, cancel: CancelToken, *, levels: tuple[int, ...] = LEVELS, hiding: Hiding = Hiding.AROUND
) -> Iterator[SweepStep]:
    """Hide each piece of a film, (H, W) uint8, and score the rest; one step a row of pieces.

    Large films are shrunk first, by a whole factor, to about the size the network can tell apart; the score they are
    compared with is that of the shrunk film.

    Args:
        grey: The film as `rendering.to_grey8` makes it.
        scorer: The model.
        cancel: Looked at before each row.
        levels: Pieces along each side, each a multiple of the one before.
        hiding: What stands in the place of a piece.

    Raises:
        Cancelled: If `cancel` is cancelled.
        UserError: If the film cannot be scored.
    """
    grey = _shrunk(grey)
    base = scorer.score([grey])[0].log_odds
    done, total = 0, sum(level**2 for level in levels)
    drops = np.full((1, 1), np.nan, np.float32)
    for level in levels:
        drops = np.kron(drops, np.ones((level // len(drops),) * 2, np.float32))
        for row in range(level):
            cancel.raise_if_cancelled()
            pictures = [_without(grey, row, column, level, hiding) for column in range(level)]
            drops[row] = [base - answer.log_odds for answer in scorer.score(pictures)]
            done += level
            yield SweepStep(done, total, drops.copy(), level)


def _without(grey: Grey, row: int, column: int, level: int, hiding: Hiding) -> Grey:
    height, width = grey.shape[0] / level, grey.shape[1] / level
    piece = Box(row * height, column * width, (row + 1) * height, (column + 1) * width)
    return hide(grey, region_mask(piece, grey.shape), hiding)


def _shrunk(grey: Grey) -> Grey:
    factor = max(grey.shape) // _LONGEST_SIDE
    return np.asarray(Image.fromarray(grey).reduce(factor)) if factor > 1 else grey
