import numpy as np
import pytest

from radassist.explain.contours import contour_lines


def test_a_slope_is_crossed_where_it_has_the_level_from_edge_to_edge() -> None:
    slope = np.tile(np.arange(4, dtype=np.float32), (3, 1))
    (line,) = contour_lines(slope, 1.5, (10.0, 20.0))
    np.testing.assert_allclose(line[:, 1], 40.0)  # half way between the middles of the second and third column
    assert sorted(line[[0, -1], 0]) == [0.0, 30.0]


def test_a_hill_has_a_closed_line_around_its_middle() -> None:
    rows, columns = np.mgrid[0:40, 0:40] + 0.5
    hill = (100 - np.hypot(rows - 20, columns - 20)).astype(np.float32)
    (line,) = contour_lines(hill, 92.0, (3.0, 5.0))
    assert np.array_equal(line[0], line[-1])
    radii = np.hypot(line[:, 0] / 3 - 20, line[:, 1] / 5 - 20)
    np.testing.assert_allclose(radii, 8.0, atol=0.05)


@pytest.mark.parametrize("level", [-1.0, 9.0])
def test_a_level_no_cell_reaches_has_no_line(level: float) -> None:
    assert contour_lines(np.array([[0.0, 1.0]], np.float32), level, (1.0, 1.0)) == ()


def test_a_map_of_one_cell_has_no_line() -> None:
    assert contour_lines(np.ones((1, 1), np.float32), 0.5, (4.0, 4.0)) == ()
