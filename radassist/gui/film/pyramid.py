"""Halved copies of a film, so that the screen is fed about as many pixels as it can show."""

import numpy as np

from radassist.domain.radiograph import Pixels


class Pyramid:
    """An array and its halves, each made when it is first asked for.

    Pixel (r, c) of level n is the mean of rows `r * 2**n` to `(r + 1) * 2**n - 1` of the array and of the same
    columns; at the far edges the last row and column are repeated where a block is not full.

    Args:
        pixels: (H, W), neither side empty.
        padding: Inclusive range of values that are not picture. They are kept out of the means, and a block of more
            than half padding is padding.
    """

    def __init__(self, pixels: Pixels, padding: tuple[int, int] | None = None) -> None:
        self._levels = [pixels]
        self._padding = padding

    def level(self, number: int) -> Pixels:
        """The array halved `number` times: (ceil(H / 2**number), ceil(W / 2**number)), same type."""
        while len(self._levels) <= number:
            self._levels.append(_halve(self._levels[-1], self._padding))
        return self._levels[number]


def _halve(pixels: Pixels, padding: tuple[int, int] | None) -> Pixels:
    height, width = pixels.shape
    even = np.pad(pixels, ((0, height % 2), (0, width % 2)), mode="edge") if height % 2 or width % 2 else pixels
    if padding is not None:
        return _halve_around(even, padding)
    total = _sum_of_blocks(even)
    total += 2
    total >>= 2
    return total.astype(pixels.dtype)


def _halve_around(pixels: Pixels, padding: tuple[int, int]) -> Pixels:
    low, high = padding
    picture = (pixels < low) | (pixels > high)
    count = _sum_of_blocks(picture)
    total = _sum_of_blocks(np.where(picture, pixels, 0))
    mean = np.rint(total / np.maximum(count, 1))
    return np.where(count >= 2, mean, low).astype(pixels.dtype)


def _sum_of_blocks(values: np.ndarray) -> np.ndarray:
    """Sums of 2 x 2 blocks, int32."""
    rows = values[0::2].astype(np.int32)
    rows += values[1::2]
    return rows[:, 0::2] + rows[:, 1::2]
