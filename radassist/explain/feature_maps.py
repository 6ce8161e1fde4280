"""From a block's many channels to one map of raw values, and the range to show it in. Nothing here colours."""

from typing import cast

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import FeatureMap, Reduction

Grid = NDArray[np.float32]

_NOISE = 1e-6
"""Share of a map's largest value below which differences are rounding of float32 sums, not signal."""


def reduce_map(feature_map: FeatureMap, reduction: Reduction, channel: int = 0) -> Grid:
    """One value a cell, (h, w) float32, in the network's own units: nothing is scaled, clipped or cut off at 0.

    Args:
        feature_map: (channels, h, w) activations.
        reduction: `MEAN` and `MAX` go over all channels; `CHANNEL` takes one.
        channel: Which one, from 0; ignored by the others.

    Raises:
        IndexError: If `reduction` is `CHANNEL` and the block has no such channel.
    """
    activations = feature_map.activations
    if reduction is Reduction.CHANNEL:
        if not 0 <= channel < len(activations):
            raise IndexError(f"{feature_map.block.name} has channels 0 to {len(activations) - 1}, not {channel}")
        return cast(Grid, activations[channel])
    if reduction is Reduction.MAX:
        return cast(Grid, activations.max(axis=0))
    return cast(Grid, activations.mean(axis=0, dtype=np.float64).astype(np.float32))


def display_range(grid: Grid) -> tuple[float, float]:
    """The values of the first and the last colour: lowest and highest finite value of `grid`, (h, w).

    A map without differences gets a range around its one value, and a map without a finite value (0, 1), so that the
    range is finite and its end always above its start.
    """
    low, high = _extremes(grid)
    if high > low:
        return low, high
    margin = max(1.0, abs(low)) / 2
    return low - margin, low + margin


def has_signal(grid: Grid) -> bool:
    """Whether every cell is a number and they differ by more than rounding; colours would mean nothing otherwise."""
    low, high = _extremes(grid)
    return bool(np.isfinite(grid).all()) and high - low > _NOISE * max(abs(low), abs(high))


def _extremes(grid: Grid) -> tuple[float, float]:
    finite = grid[np.isfinite(grid)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.5, 0.5)
