from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from radassist.gui.film.orientation import Orientation

MOVES = {
    "right": (lambda laid: laid.rotated(1), lambda film: np.rot90(film, -1)),
    "left": (lambda laid: laid.rotated(-1), np.rot90),
    "half": (lambda laid: laid.rotated(2), lambda film: np.rot90(film, 2)),
    "horizontally": (Orientation.flipped_horizontally, np.fliplr),
    "vertically": (Orientation.flipped_vertically, np.flipud),
}
UPRIGHT = Orientation()


def laid_out(film: np.ndarray, orientation: Orientation) -> np.ndarray:
    """The film's pixels, each where the transform puts its centre."""
    places = {}
    for (row, column), value in np.ndenumerate(film):
        point = orientation.transform.map(QPointF(column + 0.5, row + 0.5))
        places[point.y(), point.x()] = value
    rows = sorted({y for y, _ in places})
    columns = sorted({x for _, x in places})
    return np.array([[places[y, x] for x in columns] for y in rows])


@pytest.mark.parametrize("names", list(product(MOVES, repeat=3)), ids="-".join)
def test_turns_and_flips_move_pixels_as_numpy_does(names: tuple[str, ...]) -> None:
    film = np.arange(6).reshape(2, 3)
    orientation, expected = UPRIGHT, film
    for name in names:
        move, same_in_numpy = MOVES[name]
        orientation, expected = move(orientation), same_in_numpy(expected)
    np.testing.assert_array_equal(laid_out(film, orientation), expected)


def test_a_film_as_stored_carries_no_mark() -> None:
    assert UPRIGHT.marks == ()
    assert UPRIGHT.rotated(4).marks == ()
    assert UPRIGHT.flipped_vertically().flipped_vertically().marks == ()


@pytest.mark.parametrize(
    ("orientation", "marks"),
    [
        (UPRIGHT.flipped_horizontally(), ("FLIPPED LEFT–RIGHT",)),
        (UPRIGHT.flipped_vertically(), ("FLIPPED TOP–BOTTOM",)),
        (UPRIGHT.rotated(1), ("ROTATED 90° RIGHT",)),
        (UPRIGHT.rotated(-1), ("ROTATED 90° LEFT",)),
        (UPRIGHT.flipped_horizontally().rotated(1), ("FLIPPED", "ROTATED 90° RIGHT")),
    ],
)
def test_a_turned_or_mirrored_film_says_so(orientation: Orientation, marks: tuple[str, ...]) -> None:
    assert orientation.marks == marks


def test_a_film_flipped_both_ways_is_called_rotated_since_it_is_no_mirror_image() -> None:
    assert UPRIGHT.flipped_horizontally().flipped_vertically().marks == ("ROTATED 180°",)


def test_every_mirror_image_is_called_flipped_and_nothing_else_is() -> None:
    for turns, mirrored in product(range(4), (False, True)):
        orientation = Orientation(turns, mirrored)
        assert (orientation.transform.determinant() < 0) == any("FLIPPED" in mark for mark in orientation.marks)
