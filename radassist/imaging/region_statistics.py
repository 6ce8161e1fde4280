"""What the pixels inside a rectangle or an ellipse hold: count, mean, spread and limits of the modality values."""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.domain.radiograph import Pixels, Radiograph
from radassist.imaging.rendering import to_modality


@dataclass(frozen=True, slots=True)
class RegionStatistics:
    """Of the modality values of the pixels whose centres lie inside a region, padding left out.

    Attributes:
        count: How many there are; with none of them all else is NaN.
        deviation: Standard deviation of these very pixels (the sum is divided by `count`).
    """

    count: int
    mean: float
    deviation: float
    least: float
    greatest: float


def region_statistics(film: Radiograph, mark: Mark) -> RegionStatistics:
    """Statistics of the rectangle or ellipse `mark` on `film`; what lies beside the film does not count."""
    stored = _pixels_inside(film.pixels, mark)
    values, counts = _counted(stored)
    if film.padding is not None:
        is_picture = (values < film.padding[0]) | (values > film.padding[1])
        values, counts = values[is_picture], counts[is_picture]
    total = int(counts.sum())
    if total == 0:
        return RegionStatistics(0, *(float("nan"),) * 4)
    modality = to_modality(values, film.modality)
    mean = float(np.average(modality, weights=counts))
    variance = float(np.average((modality - mean) ** 2, weights=counts))
    return RegionStatistics(total, mean, sqrt(variance), float(modality.min()), float(modality.max()))


def _pixels_inside(pixels: Pixels, mark: Mark) -> Pixels:
    """(N,) stored values of the pixels whose centres lie inside."""
    one, other = mark.points
    rows = _centres_between(one.y, other.y, pixels.shape[0])
    columns = _centres_between(one.x, other.x, pixels.shape[1])
    box = pixels[rows, columns]
    if mark.kind is not MarkKind.ELLIPSE or box.size == 0:
        return box.reshape(-1)
    return box[_is_in_ellipse(one, other, rows, columns)]


def _centres_between(start: float, end: float, size: int) -> slice:
    """Pixels of one axis whose centres lie between two places, the lower end counted and the upper one not."""
    low, high = sorted((start, end))
    return slice(min(max(ceil(low - 0.5), 0), size), min(max(ceil(high - 0.5), 0), size))


def _is_in_ellipse(one: Point, other: Point, rows: slice, columns: slice) -> NDArray[np.bool_]:
    down = (np.arange(rows.start, rows.stop) + 0.5 - (one.y + other.y) / 2) / (abs(other.y - one.y) / 2)
    across = (np.arange(columns.start, columns.stop) + 0.5 - (one.x + other.x) / 2) / (abs(other.x - one.x) / 2)
    return (down**2)[:, None] + (across**2)[None, :] <= 1.0


def _counted(stored: Pixels) -> tuple[Pixels, NDArray[np.intp]]:
    """Each stored value that occurs, and how often: modality values need then be made of some thousands at most."""
    unsigned = stored.view(np.uint8 if stored.itemsize == 1 else np.uint16)
    counts = np.bincount(unsigned)
    present = np.flatnonzero(counts)
    return present.astype(unsigned.dtype).view(stored.dtype), counts[present]
