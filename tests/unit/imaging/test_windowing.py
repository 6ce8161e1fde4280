"""Presets against numpy's percentiles, and ends against what the window does to grey."""

import numpy as np
import pytest

from radassist.domain.radiograph import LookupTable, ModalityTransform, Radiograph, VoiFunction, Window
from radassist.imaging.histogram import histogram
from radassist.imaging.rendering import to_grey8
from radassist.imaging.windowing import (
    ChestPreset,
    ends_of,
    matched_window,
    preset_window,
    sampled_histogram,
    window_between,
)

PIXELS = np.random.default_rng(3).normal(2000, 400, (300, 200)).clip(0, 4095).astype(np.uint16)


def film_of(pixels: np.ndarray, **facts: object) -> Radiograph:
    return Radiograph(pixels, 8 * pixels.itemsize, (Window(2048, 4096),), **facts)


def shown_black_and_white(preset: ChestPreset, *, inverted: bool = False) -> tuple[float, float]:
    film = film_of(PIXELS, inverted=inverted)
    window = preset_window(histogram(PIXELS, ModalityTransform(), None), preset, inverted=inverted)
    grey = to_grey8(film, window)
    return float((grey == 0).mean()), float((grey == 255).mean())


@pytest.mark.parametrize(
    ("preset", "dark", "bright"),
    [(ChestPreset.LUNG, 0.02, 0.40), (ChestPreset.BONE, 0.40, 0.005), (ChestPreset.HIGH_CONTRAST, 0.20, 0.20)],
)
@pytest.mark.parametrize("inverted", [False, True])
def test_a_preset_leaves_its_share_of_the_pixels_black_and_white(
    preset: ChestPreset, dark: float, bright: float, inverted: bool
) -> None:
    black, white = shown_black_and_white(preset, inverted=inverted)
    assert black == pytest.approx(dark, abs=0.02)
    assert white == pytest.approx(bright, abs=0.02)


def test_the_soft_preset_leaves_neither_black_nor_white() -> None:
    assert max(shown_black_and_white(ChestPreset.SOFT)) < 0.001


def test_a_film_of_one_value_has_every_preset() -> None:
    picture = sampled_histogram(film_of(np.full((4, 4), 7, np.uint16)))
    assert all(preset_window(picture, preset, inverted=False).width == 1 for preset in ChestPreset)


def test_a_film_of_padding_alone_has_every_preset() -> None:
    picture = sampled_histogram(film_of(np.zeros((4, 4), np.uint16), padding=(0, 0)))
    assert all(preset_window(picture, preset, inverted=False).width >= 1 for preset in ChestPreset)


def test_the_window_between_two_values_shows_them_black_and_white() -> None:
    film = film_of(np.array([[99, 100, 150, 200, 201]], np.uint16))
    assert to_grey8(film, window_between(100, 200)).tolist() == [[0, 0, 128, 255, 255]]


@pytest.mark.parametrize("function", list(VoiFunction))
def test_ends_are_those_of_the_nearest_line(function: VoiFunction) -> None:
    low, high = ends_of(film_of(PIXELS), Window(1000.5, 401, function))
    assert (low, high) == pytest.approx((800, 1200), abs=1)


def test_a_table_has_ends_too() -> None:
    table = LookupTable(0, np.linspace(0, 4095, 4096).astype(np.uint16), 12)
    low, high = ends_of(film_of(PIXELS), table)
    assert (low, high) == pytest.approx((0, 4095), abs=10)


def test_a_sample_of_a_large_film_has_its_percentiles() -> None:
    pixels = np.random.default_rng(4).integers(0, 60_000, (2100, 1900)).astype(np.uint16)
    picture = sampled_histogram(film_of(pixels))
    assert picture.counts.sum() <= 1 << 20
    for share in (0.02, 0.5, 0.98):
        assert picture.quantile(share) == pytest.approx(np.quantile(pixels, share), abs=300)


def test_a_matched_window_leaves_the_same_shares_black_and_white_on_another_scale() -> None:
    other = (PIXELS.astype(np.int32) * 7 + 500).astype(np.uint16)
    pictures = [histogram(pixels, ModalityTransform(), None) for pixels in (PIXELS, other)]
    window = window_between(1700, 2300)
    matched = matched_window(window, *pictures)
    shown, alike = to_grey8(film_of(PIXELS), window), to_grey8(film_of(other), matched)
    assert np.abs(shown.astype(int) - alike).max() <= 2


def test_a_matched_window_reaches_beyond_the_film_as_far_as_the_first_does() -> None:
    ramps = [np.arange(first, last, dtype=np.uint16)[None] for first, last in ((0, 101), (1000, 2001))]
    pictures = [histogram(ramp, ModalityTransform(), None) for ramp in ramps]
    assert ends_of(film_of(PIXELS), matched_window(window_between(-50, 150), *pictures)) == pytest.approx((500, 2500))


def test_films_without_values_are_matched_without_harm() -> None:
    empty = histogram(np.zeros((2, 2), np.uint16), ModalityTransform(), (0, 0))
    window = window_between(10, 20)
    assert matched_window(window, empty, empty) == window
    flat = histogram(np.full((2, 2), 5, np.uint16), ModalityTransform(), None)
    assert np.isfinite(matched_window(window, flat, flat).center)
