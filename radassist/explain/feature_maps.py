"""From a block's many channels to one map of raw values, and the range to show it in. Nothing here colours."""

from collections.abc import Sequence
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
        reduction: `MEAN`, `MAX` and `L2`, the root of the sum of squares, go over all channels; `CHANNEL` takes one.
        channel: Which one, from 0; ignored by the others.

    Raises:
        IndexError: If `reduction` is `CHANNEL` and the block has no such channel.
        ValueError: If `reduction` is `PCA` or `CLASS`, for which there are `principal_components` and `weighted_map`.
    """
    if reduction in (Reduction.PCA, Reduction.CLASS):
        raise ValueError(f"{reduction.value} needs more than the activations alone")
    activations = feature_map.activations
    if reduction is Reduction.CHANNEL:
        if not 0 <= channel < len(activations):
            raise IndexError(f"{feature_map.block.name} has channels 0 to {len(activations) - 1}, not {channel}")
        return cast(Grid, activations[channel])
    if reduction is Reduction.MAX:
        return cast(Grid, activations.max(axis=0))
    if reduction is Reduction.L2:
        return cast(Grid, np.sqrt(np.einsum("cij,cij->ij", activations, activations, dtype=np.float64)).astype("f4"))
    return cast(Grid, activations.mean(axis=0, dtype=np.float64).astype(np.float32))


def weighted_map(feature_map: FeatureMap, weights: NDArray[np.floating]) -> Grid:
    """The sum of all channels, each times its weight: (h, w) float32, raw.

    Args:
        feature_map: (channels, h, w) activations.
        weights: (channels,); with `explain.cam.grad_cam_weights` the sum is Grad-CAM before its cut at 0.
    """
    return cast(Grid, np.einsum("c,cij->ij", weights, feature_map.activations, dtype=np.float64).astype(np.float32))


def standardised(grid: Grid) -> Grid:
    """`grid` moved and scaled to mean 0 and standard deviation 1, so that maps of other units compare; 0 where flat."""
    if not has_signal(grid):
        return np.zeros_like(grid)
    values = grid.astype(np.float64)
    return cast(Grid, ((values - values.mean()) / values.std()).astype(np.float32))


def difference(first: Grid, second: Grid) -> Grid:
    """`first` minus `second`, two maps that cover the same film, on the finer of their grids.

    Each cell takes the value of the cell that lies over its middle; nothing is blended. The values are as raw as those
    that were given: maps of two blocks have units of their own, so `standardised` ones say more.
    """
    height, width = (max(sizes) for sizes in zip(first.shape, second.shape, strict=True))
    return on_grid(first, (height, width)) - on_grid(second, (height, width))


def on_grid(grid: Grid, size: tuple[int, int]) -> Grid:
    """The values of `grid` (h, w) at the middles of the cells of a grid of `size` over the same film."""
    rows, columns = (
        ((np.arange(cells) + 0.5) * own / cells).astype(np.intp) for own, cells in zip(grid.shape, size, strict=True)
    )
    return grid[np.ix_(rows, columns)]


def shared_range(grids: Sequence[Grid]) -> tuple[float, float]:
    """`display_range` of several maps taken together: one scale for all of them."""
    return display_range(np.array([end for grid in grids for end in _extremes(grid)], np.float32))


def display_range(grid: Grid) -> tuple[float, float]:
    """The values of the first and the last colour: lowest and highest finite value of `grid`.

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
