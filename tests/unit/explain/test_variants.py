from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import make_film
from helpers.pictures import smooth_film

from radassist.domain.robustness import Variation
from radassist.explain.variants import compressed, cropped, in_8_bits, turned, variants_of
from radassist.imaging.rendering import to_grey8

FILM = smooth_film(120, 160)
GREY = to_grey8(FILM)


def test_every_variation_is_there_and_every_variant_is_a_picture() -> None:
    variants = variants_of(FILM)
    assert {variant.variation for variant in variants} == set(Variation)
    for variant in variants:
        picture = variant.make()
        assert picture.dtype == np.uint8
        assert picture.ndim == 2
    assert len({variant.title for variant in variants}) == len(variants)


def test_a_film_of_8_bits_is_not_reduced_to_8_bits() -> None:
    assert Variation.DEPTH not in {variant.variation for variant in variants_of(make_film())}


def test_the_flip_is_left_to_right() -> None:
    flip = next(variant for variant in variants_of(FILM) if variant.variation is Variation.FLIP)
    assert np.array_equal(flip.make(), GREY[:, ::-1])


def test_a_turn_there_and_back_is_the_film_but_for_its_edges() -> None:
    back = turned(turned(GREY, 5), -5)
    assert np.abs(back.astype(int) - GREY)[20:-20, 20:-20].max() <= 3
    assert back.shape == GREY.shape


def test_a_turn_goes_counterclockwise_and_continues_the_edges() -> None:
    picture = np.full((100, 100), 50, np.uint8)
    picture[49:52, 80:] = 250  # right of the centre: goes up when turned left
    found = turned(picture, 5)
    assert found[46:49, 85].max() > 200
    assert found[50:, 85].max() < 150
    assert found.min() == 50


def test_jpeg_of_a_lower_quality_is_farther_from_the_film() -> None:
    far, near = (np.abs(compressed(GREY, quality).astype(int) - GREY).mean() for quality in (10, 95))
    assert near < far < 10


def test_a_crop_leaves_the_middle() -> None:
    assert np.array_equal(cropped(GREY, 0.05), GREY[6:-6, 8:-8])


def test_8_bits_are_256_steps_between_the_lowest_and_the_highest_value() -> None:
    film = in_8_bits(FILM)
    assert 200 < len(np.unique(film.pixels)) <= 256
    assert (film.pixels.min(), film.pixels.max()) == (FILM.pixels.min(), FILM.pixels.max())
    step = (int(FILM.pixels.max()) - int(FILM.pixels.min())) / 255
    assert np.abs(film.pixels.astype(int) - FILM.pixels).max() <= step / 2 + 1


@pytest.mark.parametrize("padding", [(0, 0), (60000, 65535), (0, 65535)])
def test_padding_is_no_value_to_be_rounded(padding: tuple[int, int]) -> None:
    film = replace(FILM, padding=padding)
    found = in_8_bits(film)
    outside = (film.pixels >= padding[0]) & (film.pixels <= padding[1])
    assert np.array_equal(found.pixels[outside], film.pixels[outside])


def test_signed_values_stay_what_they_are() -> None:
    film = smooth_film(40, 50, np.int16)
    assert in_8_bits(film).pixels.min() == film.pixels.min()
