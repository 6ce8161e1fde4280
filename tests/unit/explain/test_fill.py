import numpy as np
import pytest

from radassist.domain.whatif import Hiding
from radassist.explain.fill import flow_in, hide

RANDOM = np.random.default_rng(3)


def ramp(height: int, width: int) -> np.ndarray:
    return np.tile(np.linspace(20, 220, width), (height, 1)).astype(np.uint8)


def middle(height: int, width: int) -> np.ndarray:
    mask = np.zeros((height, width), bool)
    mask[height // 4 : height // 2, width // 4 : width // 2] = True
    return mask


@pytest.mark.parametrize("hiding", Hiding)
@pytest.mark.parametrize("size", [(60, 80), (700, 900)])
def test_what_is_not_hidden_keeps_its_bits_and_what_is_hidden_changes(hiding: Hiding, size: tuple[int, int]) -> None:
    grey = RANDOM.integers(0, 256, size, dtype=np.uint8)
    before, mask = grey.copy(), middle(*size)
    hidden = hide(grey, mask, hiding)
    assert np.array_equal(hidden[~mask], grey[~mask])
    assert (hidden[mask] != grey[mask]).mean() > 0.9
    assert np.array_equal(grey, before)


@pytest.mark.parametrize("size", [(60, 80), (1100, 1400)])
def test_a_slope_flows_on_through_what_is_hidden(size: tuple[int, int]) -> None:
    grey, mask = ramp(*size), middle(*size)
    spoilt = np.where(mask, 255, grey).astype(np.uint8)
    assert np.abs(hide(spoilt, mask, Hiding.AROUND).astype(int) - grey).max() <= 12


def test_the_flow_solves_laplaces_equation() -> None:
    rows, columns = np.mgrid[0:48, 0:64].astype(np.float32)
    exact = rows**2 - columns**2 + 3 * rows * columns  # harmonic, on the grid too
    known = np.ones(exact.shape, bool)
    known[12:36, 20:50] = False
    filled = flow_in(np.where(known, exact, 0).astype(np.float32), known)
    assert np.abs(filled - exact).max() < 0.02 * np.ptp(exact)


def test_a_blur_keeps_the_mean_of_a_region_and_takes_its_detail() -> None:
    grey, mask = RANDOM.integers(80, 160, (300, 300), dtype=np.uint8), middle(300, 300)
    hidden = hide(grey, mask, Hiding.BLUR)
    assert abs(float(hidden[mask].mean()) - float(grey[mask].mean())) < 2
    assert hidden[mask].std() < 0.1 * grey[mask].std()


def test_greyed_is_the_mean_of_what_is_not_hidden() -> None:
    grey, mask = ramp(60, 80), middle(60, 80)
    assert set(hide(grey, mask, Hiding.GREY)[mask].tolist()) == {round(float(grey[~mask].mean()))}


@pytest.mark.parametrize("hiding", Hiding)
def test_a_film_hidden_as_a_whole_becomes_its_mean_grey(hiding: Hiding) -> None:
    hidden = hide(ramp(30, 40), np.ones((30, 40), bool), hiding)
    assert set(hidden.ravel().tolist()) == {round(float(ramp(30, 40).mean()))}


@pytest.mark.parametrize("hiding", Hiding)
def test_hiding_nothing_gives_a_copy(hiding: Hiding) -> None:
    grey = ramp(30, 40)
    hidden = hide(grey, np.zeros((30, 40), bool), hiding)
    assert np.array_equal(hidden, grey)
    assert hidden is not grey


@pytest.mark.parametrize("hiding", Hiding)
def test_a_single_pixel_at_a_corner_can_be_hidden(hiding: Hiding) -> None:
    mask = np.zeros((30, 41), bool)
    mask[0, 40] = True
    grey = np.full((30, 41), 90, np.uint8)
    grey[0, 40] = 255
    assert hide(grey, mask, hiding)[0, 40] < 255
