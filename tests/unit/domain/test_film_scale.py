"""How long a pixel is, on which word, and what a hand may say of it."""

import numpy as np
import pytest
from helpers.pictures import film_of

from radassist.domain.errors import UserError
from radassist.domain.film_scale import FilmScale, ScaleBasis, scale_by_hand, scale_of_file
from radassist.domain.radiograph import PixelSpacing, SpacingSource

PIXELS = np.zeros((10, 10), np.uint8)


@pytest.mark.parametrize(
    ("source", "words", "tag"),
    [
        (SpacingSource.AT_DETECTOR, "mm at detector", "Imager Pixel Spacing (0018,1164)"),
        (SpacingSource.CALIBRATED, "mm calibrated", "Pixel Spacing (0028,0030), calibrated"),
        (SpacingSource.UNKNOWN, "mm calibration unknown", "does not say whether"),
    ],
)
def test_a_scale_of_the_file_names_its_tag_and_what_it_means(source: SpacingSource, words: str, tag: str) -> None:
    scale = scale_of_file(film_of(PIXELS, spacing=PixelSpacing(0.2, 0.1, source), aspect=2.0))
    assert (scale.across, scale.down) == (0.1, 0.2)
    assert scale.length_words == words
    assert tag in scale.origin and "0.2 × 0.1 mm" in scale.origin


def test_without_a_spacing_there_are_pixels_and_no_millimetres() -> None:
    scale = scale_of_file(film_of(PIXELS))
    assert scale == FilmScale(1.0, 1.0, ScaleBasis.PIXELS)
    assert scale.length_words == scale.unit == "pixels" and not scale.is_metric
    assert "mm" not in scale.origin


def test_pixels_that_are_not_square_are_counted_in_their_widths_and_that_is_said() -> None:
    scale = scale_of_file(film_of(PIXELS, aspect=2.0))
    assert (scale.across, scale.down) == (1.0, 2.0)
    assert "not square" in scale.origin


def test_a_hand_sets_the_size_and_never_the_shape_of_a_pixel() -> None:
    by_hand = scale_by_hand(50.0, 25.0, FilmScale(1.0, 2.0, ScaleBasis.PIXELS))
    assert by_hand == FilmScale(0.5, 1.0, ScaleBasis.BY_HAND)
    assert by_hand.length_words == "mm calibrated by hand"
    again = scale_by_hand(25.0, 30.0, by_hand)
    assert (again.across, again.down) == pytest.approx((0.6, 1.2))


@pytest.mark.parametrize("true_mm", [0.0, -5.0, float("nan"), float("inf"), 0.01, 1e6])
def test_an_impossible_length_is_refused(true_mm: float) -> None:
    with pytest.raises(UserError):
        scale_by_hand(100.0, true_mm, FilmScale(1.0, 1.0, ScaleBasis.PIXELS))


def test_a_line_of_a_few_pixels_calibrates_nothing() -> None:
    with pytest.raises(UserError, match="too short"):
        scale_by_hand(0.9, 1.0, FilmScale(0.1, 0.1, ScaleBasis.AT_DETECTOR))


def test_the_corner_says_the_scale_in_a_few_words() -> None:
    assert FilmScale(0.143, 0.143, ScaleBasis.AT_DETECTOR).corner_words == "0.143 mm/pixel at detector"
    assert FilmScale(0.1, 0.2, ScaleBasis.BY_HAND).corner_words == "0.2 × 0.1 mm/pixel calibrated by hand"
    assert FilmScale(1.0, 1.0, ScaleBasis.PIXELS).corner_words == "Lengths in pixels"
