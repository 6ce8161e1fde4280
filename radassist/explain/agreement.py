"""How much two maps agree, whatever their units: rank correlation; and the edges of a film, to compare maps with."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.stats import rankdata

Grid = NDArray[np.float32]


def rank_correlation(one: Grid, other: Grid) -> float:
    """Spearman's correlation of two maps of equal shape, in [-1, 1]; 0 where one of them is the same everywhere."""
    ranks = np.stack([rankdata(one.ravel()), rankdata(other.ravel())])
    ranks -= ranks.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(ranks, axis=1)
    return float(ranks[0] @ ranks[1] / (lengths[0] * lengths[1])) if lengths.all() else 0.0


def edges(picture: NDArray[np.uint8], size: tuple[int, int]) -> Grid:
    """Sobel magnitude of a picture (H, W) uint8, averaged over the cells of a map of `size` (h, w).

    What a map looks like that shows the film's outlines and nothing the network learnt.
    """
    grey = picture.astype(np.float64)
    magnitude = np.hypot(ndimage.sobel(grey, 0), ndimage.sobel(grey, 1))
    rows, columns = (np.arange(cells + 1) * side // cells for cells, side in zip(size, grey.shape, strict=True))
    sums = np.add.reduceat(np.add.reduceat(magnitude, rows[:-1], axis=0), columns[:-1], axis=1)
    return np.asarray(sums / np.outer(np.diff(rows), np.diff(columns)), np.float32)
