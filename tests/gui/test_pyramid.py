import numpy as np
import pytest

from radassist.gui.film.pyramid import Pyramid


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16])
def test_each_level_holds_the_means_of_the_blocks_below(dtype: type) -> None:
    limits = np.iinfo(dtype)
    pixels = np.random.default_rng(1).integers(limits.min, limits.max, (64, 96), dtype=dtype, endpoint=True)
    pyramid = Pyramid(pixels)
    for number in (1, 2, 3):
        side = 2**number
        means = pixels.reshape(64 // side, side, 96 // side, side).mean(axis=(1, 3))
        level = pyramid.level(number)
        assert level.dtype == dtype
        # Each halving rounds once.
        assert np.abs(level - means).max() <= 0.5 * number + 1e-9


def test_level_0_is_the_array_itself() -> None:
    pixels = np.zeros((3, 4), np.uint8)
    assert Pyramid(pixels).level(0) is pixels


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (5, 7), (8, 3)])
def test_odd_sides_are_rounded_up_and_keep_the_last_pixel(shape: tuple[int, int]) -> None:
    pixels = np.zeros(shape, np.uint16)
    pixels[-1, -1] = 40_000
    level = Pyramid(pixels).level(1)
    assert level.shape == ((shape[0] + 1) // 2, (shape[1] + 1) // 2)
    assert level[-1, -1] >= 10_000


def test_a_single_pixel_can_be_halved_for_ever() -> None:
    assert Pyramid(np.array([[7]], np.uint8)).level(20).tolist() == [[7]]


def test_padding_does_not_leak_into_the_picture() -> None:
    pixels = np.full((4, 8), 1000, np.int16)
    pixels[:, :3] = -2000
    level = Pyramid(pixels, padding=(-2000, -2000)).level(1)
    np.testing.assert_array_equal(level, [[-2000, 1000, 1000, 1000]] * 2)


def test_stray_values_of_padding_inside_the_picture_do_not_grow() -> None:
    pixels = np.full((16, 16), 50, np.uint8)
    pixels[::4, ::4] = 0
    for number in (1, 2, 3):
        assert (Pyramid(pixels, padding=(0, 0)).level(number) == 50).all()
