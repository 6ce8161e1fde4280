"""Block maps as files."""

import os

import numpy as np
import pytest

from radassist.domain.errors import StoreError
from radassist.domain.geometry import Geometry
from radassist.export.block_images import lay_over, overlay, write_values
from radassist.export.pictures import write_picture
from radassist.imaging.rendering import ColorMap, color_table


def blended(grey: int, share: float) -> np.ndarray:
    colour = color_table(ColorMap.INFERNO)[round(share * 255)].astype(float)
    return 0.55 * grey + 0.45 * colour


def test_a_cell_lies_on_the_film_pixels_the_network_saw_there():
    geometry = Geometry(film_size=(300, 500), input_size=(32, 32))
    grid = np.zeros((4, 4), np.float32)
    grid[1, 2] = 1.0

    picture = overlay(np.full((300, 500), 100, np.uint8), grid, geometry.cell_size(8), (0.0, 1.0))

    assert picture.shape == (300, 500, 3)
    brightest = np.unravel_index(picture.sum(axis=2).argmax(), (300, 500))
    assert (brightest[0] // 75, brightest[1] // 125) == (1, 2)
    centre = picture[round(1.5 * 75), round(2.5 * 125)]
    assert np.abs(centre - blended(100, 1.0)).max() <= 3
    assert np.abs(picture[10, 10] - blended(100, 0.0)).max() <= 1


def test_between_two_cell_centres_values_run_evenly():
    grid = np.array([[0.0, 1.0]], np.float32)

    picture = overlay(np.zeros((100, 200), np.uint8), grid, (100.0, 100.0), (0.0, 1.0))

    middle = picture[50, 99:101].astype(float).mean(axis=0)
    low, high = picture[50, 5].astype(float), picture[50, 195].astype(float)
    assert np.abs(middle - (low + high) / 2).max() <= 2


def test_colours_of_ones_own_are_laid_over_as_they_are():
    colours = np.array([[[255, 0, 0], [0, 0, 255]]], np.uint8)
    picture = lay_over(np.zeros((10, 20), np.uint8), colours, (10.0, 10.0))
    assert np.abs(picture[5, [0, 19]] - 0.45 * colours[0]).max() <= 1


def test_values_can_be_read_back(tmp_path):
    grid = np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32)

    write_values(grid, tmp_path / "block1.npy")

    assert np.array_equal(np.load(tmp_path / "block1.npy"), grid)


@pytest.mark.parametrize("write", [write_picture, write_values])
def test_a_full_disk_leaves_the_old_file(write, tmp_path, monkeypatch):
    def no_space(handle):
        raise OSError(28, os.strerror(28))

    target = tmp_path / "block1.png"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", no_space)

    with pytest.raises(StoreError, match=r"block1\.png cannot be written: No space left on device\."):
        write(np.zeros((2, 2), np.uint8), target)

    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("write", [write_picture, write_values])
def test_a_place_that_takes_no_file_is_one_sentence(write, tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        write(np.zeros((2, 2), np.uint8), tmp_path / "missing" / "x.png")
