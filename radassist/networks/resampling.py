"""The one way from a film's pixels to a network's. Imports neither cards nor torch: decoder children use it, too."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radassist.domain.prepared import InputShape


def squash(grey8: NDArray[np.uint8], shape: InputShape) -> NDArray[np.uint8]:
    """(H, W) uint8 to (height, width) uint8 by way of `via`, aspect not kept, as the training films were made."""
    for step in (shape.via, (shape.height, shape.width)):
        grey8 = grey8 if step is None else resize_bilinear(grey8, step)
    return grey8


def resize_bilinear(grey8: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """`grey8` (H, W) at `size` (height, width) with Pillow's BILINEAR, which averages when it shrinks."""
    if grey8.shape == size:
        return grey8
    return np.asarray(Image.fromarray(grey8).resize((size[1], size[0]), Image.Resampling.BILINEAR))
