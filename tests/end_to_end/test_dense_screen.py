"""On a screen with two pixels a point the film, what lies over it and the drawings are sharp and in their places."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from helpers import dense_screen
from helpers.dense_screen import CELL, LINE, film_pixels

from radassist.gui.theme import load_theme

TESTS = Path(__file__).parents[1]
# Beside the research line at the bottom and the frame of the keyboard's focus.
CLEAR = np.s_[10:420, 10:590]


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray]:
    """What the screen showed, in its own pixels."""
    target = tmp_path_factory.mktemp("dense") / "screen.npz"
    paths = os.pathsep.join((str(TESTS), str(TESTS.parent)))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2", "PYTHONPATH": paths}
    command = [sys.executable, str(Path(dense_screen.__file__)), str(target)]
    subprocess.run(command, env=environment, check=True, timeout=120, capture_output=True)
    return dict(np.load(target))


def test_one_to_one_means_the_screens_own_pixels(screen: dict[str, np.ndarray]) -> None:
    assert (float(screen["ratio"]), float(screen["zoom"])) == (2.0, 1.0)
    assert screen["film"].shape == (dense_screen.HEIGHT, dense_screen.WIDTH, 3)
    np.testing.assert_array_equal(screen["film"][CLEAR][..., 0], film_pixels()[CLEAR])


def test_the_pointer_is_on_the_film_pixel_it_points_at(screen: dict[str, np.ndarray]) -> None:
    row, column, stored = screen["under"]
    assert (row, column) == tuple(2 * screen["pointer"] + 1)  # the middle of a point of two by two pixels
    assert stored == film_pixels()[row, column]


def test_a_cell_of_a_map_covers_exactly_its_film_pixels(screen: dict[str, np.ndarray]) -> None:
    is_red = (screen["overlay"] == (255, 0, 0)).all(axis=2)
    wanted = np.zeros_like(is_red)
    wanted[3 * CELL : 4 * CELL, 4 * CELL : 5 * CELL] = True
    np.testing.assert_array_equal(is_red[CLEAR], wanted[CLEAR])


def test_a_mark_runs_through_its_film_pixels(screen: dict[str, np.ndarray]) -> None:
    color = load_theme("dark").mark
    wanted = [int(color[start : start + 2], 16) for start in (1, 3, 5)]
    is_line = np.abs(screen["marks"].astype(int) - wanted).max(axis=2) < 40
    start, end = LINE.points
    for share in (0.15, 0.35, 0.65, 0.85):
        column, row = start.x + share * (end.x - start.x), start.y + share * (end.y - start.y)
        assert is_line[round(row) - 2 : round(row) + 3, round(column) - 2 : round(column) + 3].any()


def test_a_drawing_has_the_detail_of_the_screen(screen: dict[str, np.ndarray]) -> None:
    sign = screen["sign"]
    assert sign.shape[:2] == (32, 32)
    assert not np.array_equal(sign, sign[::2, ::2].repeat(2, axis=0).repeat(2, axis=1))
