"""Counts and percentiles against numpy's own."""

import numpy as np
import pytest

from radassist.domain.radiograph import LookupTable, ModalityTransform, Radiograph, Window
from radassist.imaging.histogram import Histogram, Picture, histogram
from radassist.imaging.rendering import to_grey8

PLAIN = ModalityTransform()
RANDOM = np.random.default_rng(5)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16])
def test_values_and_counts_are_those_of_numpy(dtype: type) -> None:
    pixels = RANDOM.integers(-100 if dtype is np.int16 else 0, 200, (70, 90)).astype(dtype)
    values, counts = np.unique(pixels, return_counts=True)
    picture = histogram(pixels, PLAIN, None)
    assert np.array_equal(picture.values, values)
    assert np.array_equal(picture.counts, counts)


def test_padding_is_not_counted() -> None:
    picture = histogram(np.array([[1, 2, 2, 7, 8]], np.uint16), PLAIN, padding=(7, 8))
    assert picture.values.tolist() == [1.0, 2.0]
    assert picture.counts.tolist() == [1, 2]


def test_values_ascend_even_where_stored_values_descend() -> None:
    picture = histogram(np.array([[0, 1, 1]], np.uint16), ModalityTransform(-2.0, 10.0), None)
    assert picture.values.tolist() == [8.0, 10.0]
    assert picture.counts.tolist() == [2, 1]


def test_the_automatic_window_runs_from_the_first_to_the_last_percentile() -> None:
    pixels = RANDOM.normal(2000, 300, (200, 200)).astype(np.uint16)
    low, high = np.percentile(pixels, [1, 99], method="inverted_cdf")
    window = histogram(pixels, PLAIN, None).automatic_window()
    grey = to_grey8(Radiograph(pixels, 12, (window,)))
    assert set(grey[pixels <= low]) == {0}
    assert set(grey[pixels >= high]) == {255}
    assert set(grey[pixels == (low + high) // 2]) <= {127, 128}


def test_where_the_percentiles_meet_the_automatic_window_spans_everything() -> None:
    pixels = np.zeros((100, 100), np.uint16)
    pixels[0, 0], pixels[0, 1] = 10, 20
    assert histogram(pixels, PLAIN, None).automatic_window() == Window(10.5, 21.0, name="Automatic")


def test_a_constant_picture_and_an_empty_one_still_get_a_window() -> None:
    constant = histogram(np.full((4, 4), 7, np.uint16), PLAIN, None)
    empty = histogram(np.full((4, 4), 7, np.uint16), PLAIN, (7, 7))
    assert constant.is_constant
    assert empty.is_constant
    assert constant.automatic_window().width == empty.automatic_window().width == 1.0


def test_a_window_beside_the_picture_shows_nothing() -> None:
    picture = histogram(np.array([[100, 200]], np.uint16), PLAIN, None)
    assert picture.shows_something(Window(150.0, 50.0))
    assert not picture.shows_something(Window(5000.0, 100.0))
    assert not picture.shows_something(LookupTable(0, np.zeros(9, np.uint16), 8))


def test_a_window_that_leaves_nearly_nothing_shows_nothing() -> None:
    pixels = np.arange(10_000, dtype=np.uint16).reshape(100, 100)
    picture = histogram(pixels, PLAIN, None)
    assert picture.shows_something(Window(100.0, 200.0))  # two in a hundred pixels have other greys than white
    assert not picture.shows_something(Window(25.0, 50.0))


def test_a_picture_that_is_nearly_all_background_is_not_the_windows_fault() -> None:
    pixels = np.zeros((100, 100), np.uint16)
    pixels[0, :20] = np.arange(20) * 100
    assert histogram(pixels, PLAIN, None).shows_something(Window(1000.0, 2000.0))


def test_no_window_is_blamed_for_a_constant_picture() -> None:
    assert histogram(np.full((2, 2), 7, np.uint16), PLAIN, None).shows_something(Window(5000.0, 100.0))


@pytest.mark.parametrize("rare", [0, 1, 90, 101, 199, 250, 5000])
@pytest.mark.parametrize("padding", [None, (0, 50), (60, 60)])
def test_a_picture_answers_from_few_pixels_what_its_histogram_says_of_all(rare: int, padding: tuple[int, int]) -> None:
    pixels = np.full((100, 100), 60, np.uint16)
    pixels.reshape(-1)[RANDOM.permutation(10_000)[:rare]] = RANDOM.integers(0, 4096, rare)
    whole, picture = histogram(pixels, PLAIN, padding), Picture(pixels, PLAIN, padding)
    assert picture.is_constant == whole.is_constant
    for window in (Window(2048.0, 4096.0), Window(60.0, 2.0), Window(60.0, 50.0), Window(9000.0, 10.0)):
        assert picture.shows_something(window) == whole.shows_something(window)


def test_a_picture_with_many_greys_is_not_counted_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = Picture(RANDOM.integers(0, 4096, (400, 400)).astype(np.uint16), PLAIN, None)
    monkeypatch.setattr(Picture, "whole", None)
    assert picture.shows_something(Window(2048.0, 4096.0))
    assert not picture.is_constant


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9, 1.0])
def test_a_quantile_is_numpys_inverted_cdf(share: float) -> None:
    pixels = RANDOM.integers(0, 500, (40, 50)).astype(np.uint16)
    expected = np.quantile(pixels, share, method="inverted_cdf")
    assert histogram(pixels, PLAIN, None).quantile(share) == expected


def test_bins_hold_what_numpys_histogram_of_the_pixels_holds() -> None:
    pixels = RANDOM.integers(0, 500, (40, 50)).astype(np.uint16)
    expected, _ = np.histogram(pixels, bins=17, range=(20, 400))
    assert np.array_equal(histogram(pixels, PLAIN, None).binned(20, 400, 17), expected)


@pytest.mark.parametrize("least", [0.3, 1.0, 1.9, 2.0, 7.3, 300.0])
def test_bars_of_an_even_film_are_even(least: float) -> None:
    pixels = np.repeat(np.arange(240, dtype=np.uint8), 5).reshape(40, 30)
    first, width, counts = histogram(pixels, PLAIN, None).bars(least)
    assert width >= least
    assert first < 0 <= first + width
    assert counts.sum() == pixels.size
    assert set(counts[:-1]) <= {counts[0]}  # the last may reach beyond the film


def test_without_values_there_are_no_bars() -> None:
    assert Histogram(np.zeros(0), np.zeros(0, np.int64)).bars(1.0)[2].size == 0


def test_the_share_up_to_a_value_is_that_of_its_pixels() -> None:
    picture = histogram(np.array([[1, 2, 2, 8]], np.uint16), PLAIN, None)
    assert [picture.share_up_to(value) for value in (0, 1, 2, 5, 9)] == [0, 0.25, 0.75, 0.75, 1]
