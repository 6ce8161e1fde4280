from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage

from radassist import paths
from radassist.domain.study import FilmSource
from radassist.explain.lung_atlas import LungPlace, draw_lungs
from radassist.explain.lungs import convolved, find_lungs
from radassist.imaging.formats import read_radiograph
from radassist.imaging.rendering import to_grey8

SIZE = (400, 480)


def chest(place: LungPlace, *, opacity: bool = False) -> np.ndarray:
    """A bright body with two dark lungs before a black background."""
    left, right = draw_lungs(place, SIZE)
    grey = np.full(SIZE, 170.0)
    grey[left | right] = 80
    if opacity:
        grey[240:300, 80:180] = 165
    grey[:, :20], grey[:, -20:] = 2, 2
    grey = ndimage.gaussian_filter(grey, 3) + np.random.default_rng(1).normal(0, 4, SIZE)
    return np.clip(grey, 0, 255).astype(np.uint8)


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    """Dice coefficient of two masks, the first on a smaller grid."""
    rows = np.linspace(0, len(one) - 1, len(other)).round().astype(int)
    columns = np.linspace(0, one.shape[1] - 1, other.shape[1]).round().astype(int)
    one = one[np.ix_(rows, columns)]
    return 2 * float((one & other).sum()) / float(one.sum() + other.sum())


@pytest.mark.parametrize("place", [LungPlace(60, 70, 280, 340), LungPlace(30, 110, 220, 260)])
@pytest.mark.parametrize("opacity", [False, True])
def test_lungs_are_found_where_they_are_even_with_an_opacity_in_one(place: LungPlace, opacity: bool) -> None:
    found = find_lungs(chest(place, opacity=opacity))
    left, right = draw_lungs(place, SIZE)
    assert found.is_found
    assert overlap(found.left_of_picture, left) > 0.85
    assert overlap(found.right_of_picture, right) > 0.85


def test_the_grid_covers_the_film_and_keeps_its_aspect() -> None:
    found = find_lungs(chest(LungPlace(60, 70, 280, 340)))
    assert found.mask.shape == (107, 128)


@pytest.mark.parametrize(
    "grey",
    [
        np.zeros((300, 300), np.uint8),
        np.full((300, 200), 130, np.uint8),
        np.random.default_rng(0).integers(0, 256, (200, 300), dtype=np.uint8),
        np.tile(np.arange(256, dtype=np.uint8), (100, 1)),
        np.zeros((1, 1), np.uint8),
        np.full((3, 900), 7, np.uint8),
    ],
)
def test_a_picture_without_lungs_has_none(grey: np.ndarray) -> None:
    assert not find_lungs(grey).is_found


def _samples() -> list[Path]:
    return sorted(path for path in (paths.resources_dir() / "samples" / "films").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", _samples()[::4], ids=lambda path: path.parent.name)
def test_sample_films_have_two_lungs_of_a_likely_size(path: Path) -> None:
    found = find_lungs(to_grey8(read_radiograph(FilmSource(path))))
    assert found.is_found
    assert 0.05 < found.mask.mean() < 0.4


@pytest.mark.parametrize("kernel", [(3, 3), (4, 7), (1, 6)])
def test_convolution_is_that_of_an_independent_library(kernel) -> None:
    signal = pytest.importorskip("scipy.signal")
    random = np.random.default_rng(5)
    values, weights = random.random((20, 17)), random.random(kernel)
    assert np.allclose(convolved(values, weights), signal.fftconvolve(values, weights, mode="same"), atol=1e-12)
