"""Luminance against Pillow, and what counts as colour."""

import io

import numpy as np
from PIL import Image

from radassist.imaging.colour import is_coloured, luminance

RANDOM = np.random.default_rng(6)


def test_luminance_is_pillows_to_the_bit() -> None:
    rgb = RANDOM.integers(0, 256, (64, 64, 3)).astype(np.uint8)
    assert np.array_equal(luminance(rgb), np.asarray(Image.fromarray(rgb).convert("L")))


def test_grey_stays_what_it_was_at_any_depth() -> None:
    grey = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    assert np.array_equal(luminance(np.stack([grey] * 3, axis=-1)), grey)


def test_a_grey_film_stays_grey_through_a_lossy_jpeg_in_colour() -> None:
    grey = RANDOM.integers(60, 190, (128, 128)).astype(np.uint8)
    stream = io.BytesIO()
    Image.fromarray(np.stack([grey] * 3, axis=-1)).save(stream, "JPEG", quality=60)
    assert not is_coloured(np.asarray(Image.open(stream)))


def test_a_tinted_picture_and_a_coloured_corner_are_colour() -> None:
    rgb = np.full((200, 200, 3), 100, np.uint8)
    rgb[:20, :20] = (200, 30, 30)
    assert is_coloured(rgb)
    assert is_coloured(np.full((50, 50, 3), (120, 100, 80), np.uint8))


def test_the_same_tint_is_colour_at_16_bits_too() -> None:
    tinted = np.full((50, 50, 3), (120 * 257, 100 * 257, 80 * 257), np.uint16)
    assert is_coloured(tinted, full_scale=65535)
    assert not is_coloured(np.full((50, 50, 3), (1000, 1100, 1200), np.uint16), full_scale=65535)
