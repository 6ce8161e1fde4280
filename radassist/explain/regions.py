"""Regions of a film as masks of its pixels."""

from collections.abc import Callable, Sequence
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from radassist.domain.whatif import Box, Brush, Lasso, Point, Region

Mask = NDArray[np.bool_]


def region_mask(region: Region, size: tuple[int, int]) -> Mask:
    """The pixels of `region` on a film of `size` (height, width): (H, W) bool; what lies beside the film is cut off."""
    match region:
        case Box():
            return _box(region, size)
        case Lasso(points):
            return _drawn(size, lambda pen: pen.polygon(_places(points), fill=1)) if len(points) > 2 else _nothing(size)
        case Brush(points, radius):
            return _drawn(size, lambda pen: _stroke(pen, points, radius))


def bounds(mask: Mask) -> tuple[slice, slice] | None:
    """Rows and columns of the smallest box around `mask`, None where it is empty."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _box(box: Box, size: tuple[int, int]) -> Mask:
    mask = _nothing(size)
    rows = slice(max(0, floor(box.top)), max(0, ceil(box.bottom)))
    columns = slice(max(0, floor(box.left)), max(0, ceil(box.right)))
    mask[rows, columns] = True
    return mask


def _nothing(size: tuple[int, int]) -> Mask:
    return np.zeros(size, bool)


def _drawn(size: tuple[int, int], draw: Callable[[ImageDraw.ImageDraw], None]) -> Mask:
    picture = Image.new("1", (size[1], size[0]))
    draw(ImageDraw.Draw(picture))
    return np.array(picture, bool)


def _stroke(pen: ImageDraw.ImageDraw, points: Sequence[Point], radius: float) -> None:
    places = _places(points)
    if len(places) > 1:
        pen.line(places, fill=1, width=max(1, round(2 * radius)))
    for x, y in places:  # round ends, and round joints without the gaps lines leave between them
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=1)


def _places(points: Sequence[Point]) -> list[tuple[float, float]]:
    """As Pillow has them: x before y, whole numbers at the middle of a pixel."""
    return [(column - 0.5, row - 0.5) for row, column in points]
