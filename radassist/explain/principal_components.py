"""The three directions in which the cells of a block differ most over a film, as three maps and as one in colour."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import FeatureMap

COMPONENTS = 3


@dataclass(frozen=True, slots=True, eq=False)
class PrincipalComponents:
    """Principal components of a block's cells.

    Attributes:
        maps: (3, h, w) float32: each cell's place along the first three directions, 0 at the mean of all cells.
            Directions that do not exist, as of a block of two channels, are 0 everywhere.
        directions: (3, channels) float32, unit vectors; the largest entry of each is positive.
        shares: Of the variance of all cells, one a direction, in [0, 1].
    """

    maps: NDArray[np.float32]
    directions: NDArray[np.float32]
    shares: tuple[float, ...]

    def colours(self) -> NDArray[np.uint8]:
        """(h, w, 3) uint8: red, green and blue are the three maps, each from its lowest value to its highest.

        A map without differences gives the middle of its colour.
        """
        low, high = self.maps.min(axis=(1, 2), keepdims=True), self.maps.max(axis=(1, 2), keepdims=True)
        span = np.where(high > low, high - low, 1)
        share = np.where(high > low, (self.maps - low) / span, 0.5)
        return np.ascontiguousarray(np.rint(share * 255).astype(np.uint8).transpose(1, 2, 0))


def principal_components(feature_map: FeatureMap) -> PrincipalComponents:
    """The components of a block's cells on one film, by singular value decomposition of cells by channels."""
    channels, height, width = feature_map.activations.shape
    cells = feature_map.activations.reshape(channels, -1).T.astype(np.float64)
    centred = cells - cells.mean(axis=0)
    _, spreads, directions = np.linalg.svd(centred, full_matrices=False)
    taken = directions[:COMPONENTS] * _signs(directions[:COMPONENTS])[:, None]
    taken = taken * (spreads[:COMPONENTS] > 0)[:, None]
    maps = _filled_up(taken @ centred.T).reshape(COMPONENTS, height, width)
    return PrincipalComponents(maps.astype(np.float32), _filled_up(taken).astype(np.float32), _shares(spreads))


def _signs(directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """A direction and its opposite are equally right; this takes the same one for the same film every time."""
    largest = np.abs(directions).argmax(axis=1)
    signs: NDArray[np.float64] = np.sign(directions[np.arange(len(directions)), largest])
    return signs


def _filled_up(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.pad(rows, ((0, COMPONENTS - len(rows)), (0, 0)))


def _shares(spreads: NDArray[np.float64]) -> tuple[float, ...]:
    variances = np.pad(spreads**2, (0, COMPONENTS))
    total = variances.sum()
    return tuple(float(variance / total) if total else 0.0 for variance in variances[:COMPONENTS])
