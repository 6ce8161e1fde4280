"""A block's map as files: its values, and a picture of it over the film, cell for cell where the network saw it."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radassist.export.files import replacing_bytes
from radassist.imaging.rendering import ColorMap, to_rgba

_OPACITY = 0.45


def overlay(
    grey: NDArray[np.uint8], grid: NDArray[np.float32], cell_size: tuple[float, float], value_range: tuple[float, float]
) -> NDArray[np.uint8]:
    """The film with a map over it in the colours of `inferno`, (H, W, 3) uint8.

    Args:
        grey: (H, W), the film as shown.
        grid: (h, w), any range.
        cell_size: Height and width of a cell in film pixels; the map's corner is the film's corner.
        value_range: Values of the first and the last colour.
    """
    return lay_over(grey, to_rgba(grid, *value_range, ColorMap.INFERNO)[..., :3], cell_size)


def lay_over(grey: NDArray[np.uint8], colours: NDArray[np.uint8], cell_size: tuple[float, float]) -> NDArray[np.uint8]:
    """The film with a map over it, (H, W, 3) uint8.

    Args:
        grey: (H, W), the film as shown.
        colours: (h, w, 3) uint8, one a cell.
        cell_size: Height and width of a cell in film pixels; the map's corner is the film's corner.
    """
    # Pillow takes pixel centres into account, so a film pixel gets the colour that lies exactly above it.
    laid = Image.fromarray(np.ascontiguousarray(colours)).transform(
        (grey.shape[1], grey.shape[0]),
        Image.Transform.AFFINE,
        (1 / cell_size[1], 0, 0, 0, 1 / cell_size[0], 0),
        resample=Image.Resampling.BILINEAR,
    )
    return np.asarray(Image.blend(Image.fromarray(grey).convert("RGB"), laid, _OPACITY))


def write_values(grid: NDArray[np.float32], target: Path) -> None:
    """Write `grid`, (h, w) or (3, h, w), as .npy, whole or not at all.

    Raises:
        StoreError: If `target` cannot be written.
    """
    with replacing_bytes(target) as file:
        np.save(file, grid, allow_pickle=False)
