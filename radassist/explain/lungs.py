"""A plain estimate of the lung fields of a frontal film: an atlas laid where it is darkest inside and brightest around.

No network and nothing learnt: a drawing of two lungs is moved and stretched over the film (template matching by
normalised correlation), then its outline gives way to the film's own edges. It tells where evidence lies, and is no
measurement.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from radassist.domain.lungs import FOUND, LungFields
from radassist.explain.lung_atlas import LungPlace, Mask, draw_lungs
from radassist.explain.scorer import Grey

_SIDE = 128
_SEARCH_STEP = 2
_HEIGHTS = (0.40, 0.47, 0.55, 0.64, 0.74, 0.85)
"""Of both lungs, as shares of the film's height."""
_RATIOS = (1.0, 1.15, 1.3, 1.5, 1.7)
"""Width of both lungs over their height: adults breathe in deeper than children."""
_WIDEST = 1.02
_FEWEST_CELLS = 8
_RING = 0.09
"""Of the lungs' height: how far the surroundings reach that must be brighter."""
_LARGER = 0.12
"""What a larger share of the film's height adds in the choice: parts of lungs match as well as whole ones."""
_BACKGROUND = 0.12
_LEAST_AREA, _MOST_AREA = 0.04, 0.5
_LEAST_BALANCE = 0.2

_Values = NDArray[np.float32]


def find_lungs(grey: Grey) -> LungFields:
    """The lung fields of a frontal film, (H, W) uint8 as `rendering.to_grey8` makes it, on at most 128 x 128 cells."""
    darkness = _darkness(grey)
    place, confidence = _best_place(darkness)
    nothing = np.zeros(darkness.shape, bool)
    if confidence < FOUND:
        return LungFields(nothing, nothing, confidence)
    left, right = _follow_edges(darkness, place)
    if not _is_plausible(left, right):
        return LungFields(nothing, nothing, confidence)
    return LungFields(left, right, confidence)


def _darkness(grey: Grey) -> _Values:
    """How dark each cell is among those of the body, in [0, 1]; the background counts as neither dark nor bright.

    Ranks make films of every exposure alike.
    """
    factor = max(1.0, max(grey.shape) / _SIDE)
    size = (max(1, round(grey.shape[1] / factor)), max(1, round(grey.shape[0] / factor)))
    soft = ndimage.gaussian_filter(
        np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BOX), np.float32), 1.3
    )
    body = ~_touching_the_edge(soft < _BACKGROUND * np.percentile(soft, 99))
    darkness = np.full(soft.shape, 0.5, np.float32)
    ranks = np.argsort(np.argsort(soft[body], kind="stable"), kind="stable")
    darkness[body] = 1 - ranks / max(1, ranks.size - 1)
    return darkness


def _touching_the_edge(mask: Mask) -> Mask:
    labels, _ = ndimage.label(mask)
    edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return np.isin(labels, edge[edge > 0])


def _best_place(darkness: _Values) -> tuple[LungPlace, float]:
    """Where the atlas fits best, in cells of `darkness`, and its correlation there."""
    coarse = darkness[::_SEARCH_STEP, ::_SEARCH_STEP]
    candidates = list(_matches(coarse))
    if not candidates:
        return LungPlace(0, 0, 1, 1), 0.0
    place, correlation = max(candidates, key=lambda found: found[1] + _LARGER * found[0].height / len(coarse))
    return place.scaled(_SEARCH_STEP), correlation


def _matches(darkness: _Values) -> Iterator[tuple[LungPlace, float]]:
    """The best place of each size of the atlas that is not wider than the film."""
    rows, columns = darkness.shape
    margin = rows // 4
    padded = np.pad(darkness, margin, mode="edge")
    for share, ratio in product(_HEIGHTS, _RATIOS):
        height, width = share * rows, share * rows * ratio
        if width > _WIDEST * columns or min(height, width) < _FEWEST_CELLS:
            continue
        around = round(_RING * height) + 1
        size = (round(height) + 2 * around, round(width) + 2 * around)
        correlations = _correlate(padded, *_inside_and_ring(LungPlace(around, around, height, width), size))
        correlations = correlations[margin:-margin, margin:-margin] if margin else correlations
        row, column = np.unravel_index(int(correlations.argmax()), correlations.shape)
        top, left = row - size[0] // 2 + around, column - size[1] // 2 + around
        yield LungPlace(float(top), float(left), height, width), float(correlations[row, column])


def _inside_and_ring(place: LungPlace, size: tuple[int, int]) -> tuple[Mask, Mask]:
    left, right = draw_lungs(place, size)
    inside = left | right
    distance = ndimage.distance_transform_edt(~inside)
    return inside, ~inside & (distance <= max(1.0, _RING * place.height))


def _correlate(darkness: _Values, inside: Mask, ring: Mask) -> NDArray[np.float64]:
    """Point-biserial correlation of darkness with being inside rather than in the ring, for every place."""
    support = inside | ring
    share = inside.sum() / support.sum()

    def mean_over(values: _Values, mask: Mask) -> NDArray[np.float64]:
        kernel = mask[::-1, ::-1] / mask.sum()
        return convolved(values, kernel)

    difference = mean_over(darkness, inside) - mean_over(darkness, ring)
    variance = mean_over(darkness**2, support) - mean_over(darkness, support) ** 2
    return np.asarray(difference * np.sqrt(share * (1 - share) / np.maximum(variance, 1e-4)))


def convolved(values: _Values, kernel: NDArray[np.float64]) -> NDArray[np.float64]:
    """(H, W) linear convolution of `values`, (H, W), with `kernel`, (h, w): its middle; nothing lies beyond the edges.

    As `scipy.signal.fftconvolve(..., mode="same")`, whose package takes a second to import and looks for torch.
    """
    size = (values.shape[0] + kernel.shape[0] - 1, values.shape[1] + kernel.shape[1] - 1)
    full = np.fft.irfft2(np.fft.rfft2(values, size) * np.fft.rfft2(kernel, size), size)
    top, left = (kernel.shape[0] - 1) // 2, (kernel.shape[1] - 1) // 2
    return np.asarray(full[top : top + values.shape[0], left : left + values.shape[1]])


def _follow_edges(darkness: _Values, place: LungPlace) -> tuple[Mask, Mask]:
    """The atlas, its outline moved to where darkness changes; its core stays, however bright: consolidation is lung."""
    inside, ring = _inside_and_ring(place, darkness.shape)
    dark, bright = float(darkness[inside].mean()), float(darkness[ring].mean() if ring.any() else 0.5)
    soft = ndimage.gaussian_filter(darkness, 0.02 * place.height)
    vote = np.clip((soft - (dark + bright) / 2) / max(0.03, (dark - bright) / 4), -2.2, 2.2)
    left, right = (
        _one_field(vote, atlas, place.height) for atlas in draw_lungs(place, (darkness.shape[0], darkness.shape[1]))
    )
    return left, right & ~left


def _one_field(vote: _Values, atlas: Mask, height: float) -> Mask:
    """Log odds of the film's darkness and of the distance from the atlas's outline, added; one smooth piece of it."""
    distance = ndimage.distance_transform_edt(atlas) - ndimage.distance_transform_edt(~atlas)
    prior = np.clip(distance / (0.04 * height), -4.6, 4.6)
    field = ndimage.gaussian_filter(prior + vote, 0.015 * height) > 0
    field = _opened(field, max(1, round(0.035 * height)))
    labels, count = ndimage.label(field)
    if count > 1:
        field = labels == 1 + int(np.argmax(np.bincount(labels.ravel())[1:]))
    return np.asarray(ndimage.binary_fill_holes(field), bool)


def _opened(mask: Mask, radius: int) -> Mask:
    """`mask` without what is narrower than a disc of `radius`; the film's edge narrows nothing."""
    rows, columns = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    disc = rows**2 + columns**2 <= radius**2
    opened = ndimage.binary_opening(np.pad(mask, radius, mode="edge"), disc)
    return np.asarray(opened[radius:-radius, radius:-radius], bool)


def _is_plausible(left: Mask, right: Mask) -> bool:
    areas = left.mean(), right.mean()
    return bool(_LEAST_AREA <= sum(areas) <= _MOST_AREA and min(areas) >= _LEAST_BALANCE * max(areas))
