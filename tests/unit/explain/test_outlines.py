"""Zones as lines: what is inside the lines is what the ledger counts."""

import numpy as np
import pytest
from matplotlib.path import Path as Polygon

from radassist.domain.lungs import LungFields, Zone
from radassist.explain.evidence import corners, frame, heart_zone
from radassist.explain.outlines import outline_zones

SIZE = (64, 48)
FILM = (640, 960)


def _lungs() -> LungFields:
    left, right = np.zeros(SIZE, bool), np.zeros(SIZE, bool)
    left[10:50, 6:18] = True
    right[12:52, 28:42] = True
    return LungFields(left, right, 0.6)


def _inside(line: tuple[tuple[float, float], ...]) -> np.ndarray:
    """The cells whose middle, in film pixels, lies within a closed line."""
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]]
    middles = np.stack([(rows.ravel() + 0.5) * 10, (columns.ravel() + 0.5) * 20], axis=1)
    return Polygon(line).contains_points(middles).reshape(SIZE)


def test_every_zone_with_a_place_of_its_own_is_outlined_and_the_lungs_one_by_one() -> None:
    zones = outline_zones(_lungs(), FILM)

    assert [outline.zone for outline in zones.outlines] == [
        Zone.CORNERS, Zone.BORDERS, Zone.HEART, Zone.LUNGS, Zone.LUNGS,
    ]  # fmt: skip
    assert (zones.has_lungs, zones.is_rough, zones.confidence) == (True, False, 0.6)
    assert "estimate" in zones.sentence


def test_lungs_and_heart_lie_within_their_lines_but_for_cells_at_the_edge() -> None:
    lungs = _lungs()
    found = {"heart": heart_zone(lungs), "left": lungs.left_of_picture, "right": lungs.right_of_picture}
    for outline, mask in zip(outline_zones(lungs, FILM).outlines[2:], found.values(), strict=True):
        (line,) = outline.lines
        assert line[0] == line[-1]
        assert (_inside(line) != mask).sum() < 0.1 * mask.sum()


def test_borders_are_one_box_and_corners_four_lines() -> None:
    corner_lines, border = outline_zones(_lungs(), FILM).outlines[:2]
    (box,) = border.lines
    inner = ~frame(SIZE)
    rows, columns = np.flatnonzero(inner.any(axis=1)), np.flatnonzero(inner.any(axis=0))

    assert min(row for row, _ in box) == pytest.approx(rows[0] * 10, abs=5)
    assert max(column for _, column in box) == pytest.approx((columns[-1] + 1) * 20, abs=10)
    assert len(corner_lines.lines) == 4 and corners(SIZE).any()


def test_without_lungs_only_borders_and_corners_are_outlined() -> None:
    nothing = np.zeros(SIZE, bool)
    zones = outline_zones(LungFields(nothing, nothing, 0.2), FILM)

    assert [outline.zone for outline in zones.outlines] == [Zone.CORNERS, Zone.BORDERS]
    assert not zones.has_lungs and zones.is_rough
