"""What a hand has drawn, and its outline."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from scipy import ndimage

from radassist.domain.whatif import Box, Brush, Lasso, Region
from radassist.explain.regions import region_mask
from radassist.gui.explain.hide_shape import HideShape, drawn_region, region_path

TRIANGLE = ((10.0, 10.0), (50.0, 12.0), (30.0, 60.0))


def test_a_box_lies_between_the_first_and_the_last_point_whichever_way_it_was_drawn() -> None:
    assert drawn_region(HideShape.BOX, [(50, 40), (20, 70), (10, 5)], 3) == Box(10, 5, 50, 40)


def test_a_lasso_and_a_stroke_have_every_point() -> None:
    assert drawn_region(HideShape.LASSO, TRIANGLE, 3) == Lasso(TRIANGLE)
    assert drawn_region(HideShape.BRUSH, TRIANGLE[:1], 3) == Brush(TRIANGLE[:1], 3)


@pytest.mark.parametrize(
    ("shape", "points"),
    [
        (HideShape.BOX, [(10, 10)]),
        (HideShape.BOX, [(10, 10), (10.5, 12)]),
        (HideShape.LASSO, [(10, 10), (40, 40)]),
        (HideShape.LASSO, [(10, 10), (10, 10.4), (10.3, 10)]),
        (HideShape.BRUSH, []),
    ],
)
def test_a_click_is_neither_a_box_nor_a_lasso(shape: HideShape, points: list[tuple[float, float]]) -> None:
    assert drawn_region(shape, points, 3) is None


@pytest.mark.parametrize(
    "region", [Box(10, 20, 40, 70), Lasso(TRIANGLE), Brush(TRIANGLE, 6), Brush(TRIANGLE[:1], 9)], ids=str
)
def test_the_outline_holds_the_pixels_that_are_hidden(region: Region) -> None:
    mask = region_mask(region, (80, 90))
    path = region_path(region)
    inside = np.array([[path.contains(QPointF(column + 0.5, row + 0.5)) for column in range(90)] for row in range(80)])

    assert mask.sum() > 100
    assert inside[ndimage.binary_erosion(mask, iterations=2)].all()
    assert ndimage.binary_dilation(mask, iterations=2)[inside].all()
