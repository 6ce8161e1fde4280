"""Statistics of a region against numpy on pixels picked one by one."""

import numpy as np
import pytest
from helpers.pictures import film_of

from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.domain.radiograph import LookupTable, ModalityTransform
from radassist.imaging.region_statistics import region_statistics

RANDOM = np.random.default_rng(3)
PIXELS = RANDOM.integers(-2000, 2000, (40, 50), dtype=np.int16)


def picked(pixels: np.ndarray, kind: MarkKind, one: Point, other: Point) -> np.ndarray:
    """Every pixel whose centre lies inside, asked one by one."""
    inside = []
    for row in range(pixels.shape[0]):
        for column in range(pixels.shape[1]):
            x, y = column + 0.5, row + 0.5
            if kind is MarkKind.RECTANGLE:
                is_in = min(one.x, other.x) <= x < max(one.x, other.x) and min(one.y, other.y) <= y < max(
                    one.y, other.y
                )
            else:
                across = (x - (one.x + other.x) / 2) / (abs(one.x - other.x) / 2)
                down = (y - (one.y + other.y) / 2) / (abs(one.y - other.y) / 2)
                is_in = across * across + down * down <= 1
            if is_in:
                inside.append(pixels[row, column])
    return np.array(inside, np.float64)


@pytest.mark.parametrize("kind", [MarkKind.RECTANGLE, MarkKind.ELLIPSE])
@pytest.mark.parametrize(
    ("one", "other"),
    [(Point(3.2, 4.7), Point(31.9, 22.1)), (Point(45, 39), Point(2, 0)), (Point(10, 10), Point(11, 11))],
)
def test_the_numbers_are_those_of_the_pixels_inside(kind: MarkKind, one: Point, other: Point) -> None:
    found = region_statistics(
        film_of(PIXELS, modality=ModalityTransform(slope=2.5, intercept=-1000.0)), Mark(kind, (one, other))
    )
    expected = picked(PIXELS, kind, one, other) * 2.5 - 1000
    assert found.count == expected.size
    assert (found.mean, found.deviation) == pytest.approx((expected.mean(), expected.std()))
    assert (found.least, found.greatest) == (expected.min(), expected.max())


def test_a_region_over_the_edge_counts_the_film_only() -> None:
    found = region_statistics(film_of(PIXELS), Mark(MarkKind.RECTANGLE, (Point(-100, -100), Point(1000, 1000))))
    assert found.count == PIXELS.size
    assert found.mean == pytest.approx(PIXELS.mean())


def test_padding_does_not_count() -> None:
    pixels = PIXELS.copy()
    pixels[:20] = -2000
    found = region_statistics(
        film_of(pixels, padding=(-2000, -2000)), Mark(MarkKind.RECTANGLE, (Point(0, 0), Point(50, 40)))
    )
    kept = pixels[pixels != -2000]
    assert (found.count, found.mean) == (kept.size, pytest.approx(kept.mean()))


def test_a_modality_table_is_looked_up() -> None:
    table = LookupTable(0, np.arange(256, dtype=np.uint16)[::-1] * 3, 16)
    pixels = RANDOM.integers(0, 256, (8, 8), dtype=np.uint8)
    found = region_statistics(
        film_of(pixels, modality=ModalityTransform(table=table)), Mark(MarkKind.RECTANGLE, (Point(0, 0), Point(8, 8)))
    )
    assert found.mean == pytest.approx(np.mean((255 - pixels.astype(float)) * 3))


def test_a_region_with_no_pixel_has_no_numbers() -> None:
    for kind in (MarkKind.RECTANGLE, MarkKind.ELLIPSE):
        found = region_statistics(film_of(PIXELS), Mark(kind, (Point(5.6, 5.6), Point(5.9, 5.9))))
        assert found.count == 0 and np.isnan([found.mean, found.deviation, found.least, found.greatest]).all()
