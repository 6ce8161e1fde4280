"""The zones of the evidence ledger as lines on the film: what they look like must be seen to be believed."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from radassist.domain.lungs import BodyZones, LungFields, Zone, ZoneOutline
from radassist.explain.contours import contour_lines
from radassist.explain.evidence import corners, frame, heart_zone

_SMOOTH = 1.0
"""Cells: takes the stairs out of a line, and moves it by less than a cell."""


def outline_zones(lungs: LungFields, film_size: tuple[int, int]) -> BodyZones:
    """Lines in film pixels around every zone that has a place of its own.

    Args:
        lungs: Of the film; where they were not found there is no heart either.
        film_size: Height and width in pixels.
    """
    size = lungs.mask.shape
    masks = [(Zone.CORNERS, corners(size)), (Zone.BORDERS, frame(size)), (Zone.HEART, heart_zone(lungs))]
    masks += [(Zone.LUNGS, lungs.left_of_picture), (Zone.LUNGS, lungs.right_of_picture)]
    outlines = tuple(_outline(zone, mask, film_size) for zone, mask in masks if mask.any())
    return BodyZones(outlines, lungs.confidence, lungs.sentence)


def _outline(zone: Zone, mask: NDArray[np.bool_], film_size: tuple[int, int]) -> ZoneOutline:
    """Corners and borders keep their edges; what was estimated has no corners."""
    field = mask.astype(np.float32)
    if zone in (Zone.LUNGS, Zone.HEART):
        field = ndimage.gaussian_filter(field, _SMOOTH)
    cell_size = (film_size[0] / mask.shape[0], film_size[1] / mask.shape[1])
    lines = contour_lines(field, 0.5, cell_size)
    return ZoneOutline(zone, tuple(tuple((float(row), float(column)) for row, column in line) for line in lines))
