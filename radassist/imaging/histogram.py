"""How often each value occurs in a film, and the automatic window that follows from it."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from radassist.domain.radiograph import LookupTable, ModalityTransform, Pixels, Window
from radassist.imaging.rendering import to_modality, window_share

_TAIL = 0.01
_NEARLY_ALL = 0.99
_PIXELS_AT_ONCE = 1 << 17
_THIN = 4


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """The values of a picture, padding left out.

    Attributes:
        values: (N,) float64 modality values that occur, ascending.
        counts: (N,) int64, how many pixels have each.
    """

    values: NDArray[np.float64]
    counts: NDArray[np.int64]

    @property
    def is_constant(self) -> bool:
        """Whether there is nothing to see: at most one value occurs."""
        return self.values.size < 2

    def quantile(self, share: float) -> float:
        """The lowest value up to which at least `share`, in [0, 1], of the pixels lie; 0 where there are none."""
        if self.values.size == 0:
            return 0.0
        cumulated = np.cumsum(self.counts)
        return float(self.values[min(np.searchsorted(cumulated, share * cumulated[-1]), self.values.size - 1)])

    def share_up_to(self, value: float) -> float:
        """Share of the pixels, in [0, 1], that are at most `value`; 0 where there are none."""
        if self.values.size == 0:
            return 0.0
        return float(self.counts[: np.searchsorted(self.values, value, side="right")].sum() / self.counts.sum())

    def binned(self, low: float, high: float, bins: int) -> NDArray[np.int64]:
        """Pixels in each of `bins` equal parts of [`low`, `high`]; (bins,). Those outside are not counted."""
        counts, _ = np.histogram(self.values, bins=bins, range=(low, high), weights=self.counts)
        return counts.astype(np.int64)

    def bars(self, least: float) -> tuple[float, float, NDArray[np.int64]]:
        """Pixels in bars side by side, each taking in equally many of the values there can be.

        Bars of any other width would take in now more, now fewer of them, and show teeth that the film does not have.

        Args:
            least: Width of a bar at least, in modality values, above 0.

        Returns:
            Where the first bar begins, the width of each, and its pixels; (bars,).
        """
        if self.values.size == 0:
            return 0.0, least, np.zeros(0, np.int64)
        step = float(np.diff(self.values).min()) if self.values.size > 1 else least
        width = max(1, math.ceil(least / step)) * step
        first = float(self.values[0]) - step / 2
        bars = math.floor((float(self.values[-1]) - first) / width) + 1
        return first, width, self.binned(first, first + bars * width, bars)

    def shows_something(self, window: Window | LookupTable) -> bool:
        """Whether `window` leaves more than one grey, unless the picture itself is hardly more than that."""
        unavoidable = self._commonest_grey(self.automatic_window())
        return self.is_constant or self._commonest_grey(window) <= max(_NEARLY_ALL, unavoidable)

    def automatic_window(self) -> Window:
        """The window from the 1st to the 99th percentile, or over all values where those two are the same."""
        if self.values.size == 0:
            return Window(0.5, 1.0, name="Automatic")
        low, high = _after_tail(self.values, self.counts), _after_tail(self.values[::-1], self.counts[::-1])
        if low >= high:
            low, high = float(self.values[0]), float(self.values[-1])
        return Window((low + high + 1) / 2, high - low + 1, name="Automatic")

    def others(self, window: Window | LookupTable) -> int:
        """How many pixels do not have the commonest grey."""
        return round((1 - self._commonest_grey(window)) * int(self.counts.sum()))

    def _commonest_grey(self, window: Window | LookupTable) -> float:
        """Share of the pixels that have the commonest grey."""
        greys = np.rint(255 * window_share(self.values, window)).astype(np.uint8)
        pixels = np.bincount(greys, weights=self.counts)
        return float(pixels.max() / pixels.sum()) if self.values.size else 1.0


class Picture:
    """The values of a picture, counted only as far as the questions ask: to count all takes longer than to read them.

    What a thin sample proves is answered from it, and what it leaves open from all pixels: no answer depends on it.

    Args:
        pixels: As for `histogram`.
        modality: As for `histogram`.
        padding: As for `histogram`.
    """

    def __init__(self, pixels: Pixels, modality: ModalityTransform, padding: tuple[int, int] | None) -> None:
        self._pixels, self._modality, self._padding = pixels, modality, padding

    @cached_property
    def whole(self) -> Histogram:
        """All values."""
        return histogram(self._pixels, self._modality, self._padding)

    @property
    def is_constant(self) -> bool:
        """As `Histogram.is_constant`."""
        return self._sample.is_constant and self.whole.is_constant

    def shows_something(self, window: Window | LookupTable) -> bool:
        """As `Histogram.shows_something`: so many pixels of other greys are found that the rest cannot matter."""
        enough = 2 * (1 - _NEARLY_ALL) * self._pixels.size
        return self._sample.others(window) > enough or self.whole.shows_something(window)

    @cached_property
    def _sample(self) -> Histogram:
        thin = np.ascontiguousarray(self._pixels[::_THIN, ::_THIN])
        return histogram(thin, self._modality, self._padding)


def histogram(pixels: Pixels, modality: ModalityTransform, padding: tuple[int, int] | None) -> Histogram:
    """Count the modality values of a picture.

    Args:
        pixels: (H, W) stored values.
        modality: Stored value to modality value.
        padding: Inclusive range of stored values to leave out.
    """
    counts = _count(pixels)
    occurring = np.flatnonzero(counts)
    stored = occurring.astype(np.uint8 if pixels.itemsize == 1 else np.uint16).view(pixels.dtype)
    counts = counts[occurring]
    if padding is not None:
        picture = (stored < padding[0]) | (stored > padding[1])
        stored, counts = stored[picture], counts[picture]
    values = to_modality(stored, modality)
    order = np.argsort(values, kind="stable")
    return Histogram(values[order], counts[order])


def _count(pixels: Pixels) -> NDArray[np.int64]:
    """Occurrences of every stored value, signed values numbered as their unsigned twins."""
    unsigned = pixels.view(np.uint8 if pixels.itemsize == 1 else np.uint16).reshape(-1)
    counts = np.zeros(1 << (8 * pixels.itemsize), np.int64)
    for start in range(0, unsigned.size, _PIXELS_AT_ONCE):  # bincount widens to 64 bits: piece by piece
        part = np.bincount(unsigned[start : start + _PIXELS_AT_ONCE])
        counts[: part.size] += part
    return counts


def _after_tail(values: NDArray[np.float64], counts: NDArray[np.int64]) -> float:
    """The value up to which, from the near end, one pixel in a hundred lies; the same from both ends of a negative."""
    cumulated = np.cumsum(counts)
    return float(values[np.searchsorted(cumulated, _TAIL * cumulated[-1])])
