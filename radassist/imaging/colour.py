"""Colour pictures as grey: luminance, and whether there is any colour to lose."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_SAMPLES_A_SIDE = 512
_VISIBLE_SPREAD = 16
_VISIBLE_SHARE = 0.001


def luminance(rgb: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[Any]:
    """ITU-R 601 luma of (H, W, 3) colours: (H, W) of the same type, rounded as Pillow rounds `convert("L")`."""
    red, green, blue = (rgb[..., channel].astype(np.uint32) for channel in range(3))
    luma = (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16
    return luma.astype(rgb.dtype)


def is_coloured(rgb: NDArray[np.uint8] | NDArray[np.uint16], full_scale: int = 255) -> bool:
    """Whether more than one pixel in a thousand of (H, W, 3) is visibly not grey, judged on a regular sample.

    A grey film stored as colour, even through a lossy JPEG, is not coloured.

    Args:
        rgb: Colours.
        full_scale: Largest value a channel can have.
    """
    step = max(1, min(rgb.shape[:2]) // _SAMPLES_A_SIDE)
    sample = rgb[::step, ::step].astype(np.int32)
    spread = sample.max(axis=2) - sample.min(axis=2)
    return bool(np.mean(spread > _VISIBLE_SPREAD * full_scale / 255) > _VISIBLE_SHARE)
