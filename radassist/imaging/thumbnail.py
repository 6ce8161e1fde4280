"""A film small enough for a list row."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from radassist.domain.radiograph import Radiograph
from radassist.imaging.rendering import to_grey8

SIDE = 96


def thumbnail(film: Radiograph, side: int = SIDE) -> NDArray[np.uint8]:
    """Grey (h, w) uint8 of `film` in its default window, square pixels, the longer side at most `side`.

    Stored values are thinned out to twice the size and then averaged in pairs: a list row needs no better, and the
    cost does not grow with the film.
    """
    rows, columns = _thinned(film.height, film.width, film.aspect, 2 * side)
    grey = to_grey8(replace(film, pixels=np.ascontiguousarray(film.pixels[np.ix_(rows, columns)])))
    return _halved(grey)


def _thinned(height: int, width: int, aspect: float, side: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    scale = min(1.0, side / max(height * aspect, width))
    shown = (max(2, int(height * aspect * scale)), max(2, int(width * scale)))
    return _spread(height, shown[0]), _spread(width, shown[1])


def _spread(size: int, count: int) -> NDArray[np.intp]:
    return np.linspace(0, size - 1, count).astype(np.intp)


def _halved(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    even = grey[: grey.shape[0] // 2 * 2, : grey.shape[1] // 2 * 2].astype(np.uint16)
    total = even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]
    return (total // 4).astype(np.uint8)
