"""Thumbnails: right way round, right shape, whatever the film's size."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import make_film

from radassist.imaging.thumbnail import thumbnail


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (3000, 2000), (96, 64)])
def test_a_thumbnail_fits_the_row_whatever_the_films_size(size: tuple[int, int]) -> None:
    small = thumbnail(make_film(size=size), side=48)
    assert small.dtype == np.uint8
    assert 1 <= min(small.shape) <= max(small.shape) <= 48


def test_a_thumbnail_shows_the_film_the_right_way_round() -> None:
    pixels = np.zeros((1000, 800), np.uint8)
    pixels[:500, :400] = 255
    small = thumbnail(replace(make_film(), pixels=pixels), side=40)
    assert small.shape == (40, 32)
    assert small[5, 5] == 255
    assert small[35, 5] == small[5, 27] == 0


def test_tall_pixels_make_a_taller_thumbnail() -> None:
    film = replace(make_film(size=(500, 1000)), aspect=2.0)
    assert thumbnail(film, side=40).shape == (40, 40)
