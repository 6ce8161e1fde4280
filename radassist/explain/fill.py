"""What stands in the place of hidden pixels: a blur, what lies around, or one grey. All others keep their bits."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from radassist.domain.whatif import Hiding
from radassist.explain.regions import Mask, bounds
from radassist.explain.scorer import Grey

_WORKING_SIDE = 256
"""A fill has no detail, so it is computed no larger than this; the network sees little more of the whole film."""
_MARGIN = 0.25
_BLUR = 0.25
_SMOOTHINGS = 12

_Values = NDArray[np.float32]


def hide(grey: Grey, mask: Mask, hiding: Hiding) -> Grey:
    """A copy of a film, (H, W) uint8, with the pixels of `mask`, (H, W) bool, replaced.

    `BLUR` is a Gaussian of a quarter of the region's shorter side. `AROUND` lets the surrounding greys flow in until
    they are in balance (Laplace's equation, solved from coarse to fine). `GREY` is the mean of what is not hidden.
    """
    hidden = grey.copy()
    box = bounds(mask)
    if box is None:
        return hidden
    if hiding is Hiding.GREY or mask.all():
        hidden[mask] = _mean_outside(grey, mask)
        return hidden
    place = _with_margin(box, grey.shape)
    shown, inside = grey[place], mask[place]
    filled = _blurred(shown, _shorter_side(box)) if hiding is Hiding.BLUR else _flowed_in(shown, inside)
    hidden[place] = np.where(inside, filled, shown)
    return hidden


def flow_in(values: _Values, known: Mask) -> _Values:
    """`values` (h, w) where `known`, and a smooth surface between them elsewhere.

    Each coarser grid, of 2 x 2 means, gives the next finer one its beginning (pull-push, Gortler et al. 1996), which
    a few rounds of averaging the four neighbours then smooth (Jacobi's iteration for Laplace's equation).
    """
    if known.all() or not known.any():
        return values
    coarse = _binned(values, known, 2)
    beginning = _resized(flow_in(*coarse), known.shape)
    filled = np.where(known, values, beginning)
    for _ in range(_SMOOTHINGS):
        padded = np.pad(filled, 1, mode="edge")
        around = (padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]) / 4
        filled = np.where(known, values, around)
    return filled


def _binned(values: _Values, known: Mask, factor: int) -> tuple[_Values, Mask]:
    """Means of the known values in squares of `factor` pixels, and where there is one; the last squares may be cut."""
    rest = ((0, -values.shape[0] % factor), (0, -values.shape[1] % factor))
    weights = np.pad(known.astype(np.float32), rest)
    sums = np.pad(np.where(known, values, 0), rest)
    weight, total = (
        part.reshape(part.shape[0] // factor, factor, -1, factor).sum(axis=(1, 3)) for part in (weights, sums)
    )
    return (total / np.maximum(weight, 1)).astype(np.float32), weight > 0


def _resized(values: _Values, size: tuple[int, ...]) -> _Values:
    picture = Image.fromarray(values).resize((size[1], size[0]), Image.Resampling.BILINEAR)
    return np.asarray(picture, np.float32)


def _mean_outside(grey: Grey, mask: Mask) -> int:
    return round(float(grey.mean() if mask.all() else grey[~mask].mean()))


def _with_margin(box: tuple[slice, slice], size: tuple[int, ...]) -> tuple[slice, slice]:
    margin = max(4, round(_MARGIN * max(side.stop - side.start for side in box)))
    rows, columns = (
        slice(max(0, side.start - margin), min(length, side.stop + margin))
        for side, length in zip(box, size, strict=True)
    )
    return rows, columns


def _shorter_side(box: tuple[slice, slice]) -> int:
    return int(min(side.stop - side.start for side in box))


def _blurred(shown: Grey, side: int) -> Grey:
    picture = Image.fromarray(shown)
    factor = _factor(shown)
    small = picture.reduce(factor) if factor > 1 else picture
    soft = small.filter(ImageFilter.GaussianBlur(max(1.0, _BLUR * side / factor)))
    return np.asarray(soft.resize((shown.shape[1], shown.shape[0]), Image.Resampling.BICUBIC))


def _flowed_in(shown: Grey, inside: Mask) -> Grey:
    factor = _factor(shown)
    if factor == 1:
        return _as_grey(flow_in(shown.astype(np.float32), ~inside))
    small = Image.fromarray(_as_grey(flow_in(*_shrunk(shown, inside, factor))))
    laid = small.resize((small.width * factor, small.height * factor), Image.Resampling.BILINEAR)
    return np.asarray(laid)[: shown.shape[0], : shown.shape[1]]


def _shrunk(shown: Grey, inside: Mask, factor: int) -> tuple[_Values, Mask]:
    """`_binned` for large pictures, in bytes; a square is known where at least half of its pixels are."""
    sums = np.asarray(Image.fromarray(np.where(inside, np.uint8(0), shown)).reduce(factor), np.float32)
    weight = np.asarray(Image.fromarray(np.where(inside, np.uint8(0), np.uint8(255))).reduce(factor), np.float32) / 255
    return np.asarray(sums / np.maximum(weight, 0.5), np.float32), weight >= 0.5


def _as_grey(values: _Values) -> Grey:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _factor(shown: Grey) -> int:
    """By how much it is shrunk for the computation."""
    return int(-(-max(shown.shape) // _WORKING_SIDE))
