"""Halved copies of a film, so that the screen is fed about as many pixels as it can show."""

import numpy as np

from radassist.domain.radiograph import Pixels

_PIXELS_AT_ONCE = 1 << 17


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

    def build(self, side: int) -> None:
        """Make all levels down to the first whose longer side is at most `side` pixels."""
        number = 0
        while max(self.level(number).shape) > side:
            number += 1

    @property
    def nbytes_of_halves(self) -> int:
        """Bytes of all levels made so far but the first, which is the array itself."""
        return sum(level.nbytes for level in self._levels[1:])

    def level(self, number: int) -> Pixels:
        """The array halved `number` times: (ceil(H / 2**number), ceil(W / 2**number)), same type."""
        while len(self._levels) <= number:
            self._levels.append(_halve(self._levels[-1], self._padding))
        return self._levels[number]


def _halve(pixels: Pixels, padding: tuple[int, int] | None) -> Pixels:
    height, width = pixels.shape
    even = np.pad(pixels, ((0, height % 2), (0, width % 2)), mode="edge") if height % 2 or width % 2 else pixels
    halved = np.empty((even.shape[0] // 2, even.shape[1] // 2), pixels.dtype)
    rows = 2 * max(1, _PIXELS_AT_ONCE // (2 * even.shape[1]))
    # Sums need more bits than the pixels have: small pieces keep them inside the processor's cache.
    for top in range(0, even.shape[0], rows):
        piece = even[top : top + rows]
        means = _means(piece) if padding is None else _means_around(piece, padding)
        halved[top // 2 : top // 2 + len(means)] = means
    return halved


def _means(pixels: Pixels) -> np.ndarray:
    total = _sum_of_blocks(pixels, np.uint16 if pixels.itemsize == 1 else np.int32)
    total += 2
    total >>= 2
    return total


def _means_around(pixels: Pixels, padding: tuple[int, int]) -> np.ndarray:
    low, high = padding
    picture = (pixels < low) | (pixels > high)
    count = _sum_of_blocks(picture, np.int32)
    total = _sum_of_blocks(np.where(picture, pixels, 0), np.int32)
    mean = np.rint(total / np.maximum(count, 1))
    return np.where(count >= 2, mean, low)


def _sum_of_blocks(values: np.ndarray, wide: type[np.uint16 | np.int32]) -> np.ndarray:
    """Sums of 2 x 2 blocks, in a type that holds them."""
    rows: np.ndarray = np.add(values[0::2], values[1::2], dtype=wide)
    total: np.ndarray = rows[:, 0::2] + rows[:, 1::2]
    return total
