"""From a film to what a score needs of it: the one preparation, for films on screen and for those of a batch.

Imports no network and no card: decoder children run it.
"""

import numpy as np
from numpy.typing import NDArray

from radassist.domain.prepared import InputShape, PreparedFilm
from radassist.domain.radiograph import Radiograph
from radassist.imaging.rendering import to_grey8
from radassist.imaging.thumbnail import thumbnail
from radassist.networks.resampling import squash

_SAMPLES_A_SIDE = 256
_DARK, _BRIGHT = 0.02, 0.98


def prepare(film: Radiograph, shape: InputShape) -> PreparedFilm:
    """What a network that takes `shape` needs to score `film`."""
    grey8 = to_grey8(film)
    return PreparedFilm(
        shape=shape,
        fed=squash(grey8, shape),
        height=film.height,
        width=film.width,
        contrast=contrast(grey8),
        thumbnail=thumbnail(film),
        identity=film.identity,
        facts=film.facts,
        notices=film.notices,
    )


def contrast(grey8: NDArray[np.uint8]) -> float:
    """Greys between the 2nd and the 98th percentile of (H, W) uint8, judged on a regular sample."""
    step = max(1, min(grey8.shape) // _SAMPLES_A_SIDE)
    cumulated = np.cumsum(np.bincount(grey8[::step, ::step].reshape(-1), minlength=256))
    return _quantile(cumulated, _BRIGHT) - _quantile(cumulated, _DARK)


def _quantile(cumulated: NDArray[np.int64], share: float) -> float:
    """As `np.quantile` of the greys whose counts are summed up in `cumulated`, without sorting them."""
    position = share * (int(cumulated[-1]) - 1)
    low, high = np.searchsorted(cumulated, (int(position), int(np.ceil(position))), side="right")
    return float(low + (high - low) * (position % 1))
