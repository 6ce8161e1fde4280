"""Where on the body a map lies: its positive part divided among lungs, heart, corners, borders and the rest."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from radassist.domain.lungs import EvidenceLedger, LungFields, Zone, ZoneShare

BORDER = 0.15
"""Of the film's height and width, at each edge."""
CORNER = 0.2
"""Of the film's height and width: side markers and texts stand there."""
_HEART_FROM = 0.4
"""Of the lungs' height from their apex: above it lie vessels and the windpipe."""


def divide(values: NDArray[np.float32], lungs: LungFields) -> EvidenceLedger:
    """The ledger of a map that covers the whole film.

    Args:
        values: (h, w) finite; only what is above 0 counts, and a cell that lies across zones is divided by area.
        lungs: Of the same film. They reach half a cell of the map farther than they are drawn, since a map does not
            tell places more finely; their area in the ledger is that of the wider lungs.
    """
    positive = np.maximum(values.astype(np.float64), 0)
    total = positive.sum()
    if not lungs.is_found or total <= 0:
        return EvidenceLedger((), lungs.confidence, bool(total > 0))
    zones = zone_map(lungs, values.shape)
    shares = []
    for number, zone in enumerate(Zone):
        cover = _cover(zones == number, values.shape)
        shares.append(ZoneShare(zone, float((positive * cover).sum() / total), float((zones == number).mean())))
    return EvidenceLedger(tuple(shares), lungs.confidence, has_evidence=True)


def zone_map(lungs: LungFields, map_size: tuple[int, ...] | None = None) -> NDArray[np.uint8]:
    """Which zone each cell of the lung fields' grid belongs to, (h, w): a number in the order of `Zone`.

    Args:
        lungs: Found.
        map_size: Cells of a map along each side, half of one of which the lungs reach farther; None for no more.
    """
    order = list(Zone)
    zones = np.full(lungs.mask.shape, order.index(Zone.ELSEWHERE), np.uint8)
    zones[frame(zones.shape)] = order.index(Zone.BORDERS)
    zones[corners(zones.shape)] = order.index(Zone.CORNERS)
    zones[heart_zone(lungs)] = order.index(Zone.HEART)
    zones[lungs.mask if map_size is None else _widened(lungs.mask, map_size)] = order.index(Zone.LUNGS)
    return zones


def heart_zone(lungs: LungFields) -> NDArray[np.bool_]:
    """Between the two lungs, from two fifths of their height down to their lower end: (h, w) bool.

    Row by row from the inner edge of one lung to that of the other; a row that only one lung reaches has none.
    """
    heart = np.zeros(lungs.mask.shape, bool)
    rows = np.flatnonzero(lungs.mask.any(axis=1))
    if not rows.size:
        return heart
    first = round(rows[0] + _HEART_FROM * (rows[-1] - rows[0]))
    for row in range(first, rows[-1] + 1):
        left, right = np.flatnonzero(lungs.left_of_picture[row]), np.flatnonzero(lungs.right_of_picture[row])
        if left.size and right.size:
            heart[row, left[-1] + 1 : right[0]] = True
    return heart


def frame(size: tuple[int, ...]) -> NDArray[np.bool_]:
    """The borders of a grid of `size` over a film: (h, w) bool."""
    rows, columns = (round(BORDER * side) for side in size)
    inside = np.ones(size, bool)
    inside[rows : size[0] - rows, columns : size[1] - columns] = False
    return inside


def corners(size: tuple[int, ...]) -> NDArray[np.bool_]:
    """The four corners of a grid of `size` over a film: (h, w) bool."""
    rows, columns = (round(CORNER * side) for side in size)
    inside = np.ones(size, bool)
    inside[rows : size[0] - rows] = False
    inside[:, columns : size[1] - columns] = False
    return inside


def _widened(mask: NDArray[np.bool_], map_size: tuple[int, ...]) -> NDArray[np.bool_]:
    """`mask` and all within half a cell of a map of `map_size` over the same film."""
    reach = tuple(2 * (side // (2 * cells)) + 1 for side, cells in zip(mask.shape, map_size, strict=True))
    return np.asarray(ndimage.maximum_filter(mask, size=reach), bool)


def _cover(mask: NDArray[np.bool_], size: tuple[int, ...]) -> NDArray[np.float64]:
    """Share of each cell of a grid of `size` that `mask`, on a grid of its own over the same film, covers."""
    rows, columns = (_overlap(*sides) for sides in zip(size, mask.shape, strict=True))
    return np.asarray(rows @ mask @ columns.T)


def _overlap(cells: int, others: int) -> NDArray[np.float64]:
    """Share of each of `cells` that each of `others` covers, both dividing the same length evenly."""
    ends, other_ends = np.arange(1, cells + 1) / cells, np.arange(1, others + 1) / others
    last = np.minimum(ends[:, None], other_ends)
    first = np.maximum(ends[:, None] - 1 / cells, other_ends - 1 / others)
    return np.asarray(np.maximum(last - first, 0) * cells)
