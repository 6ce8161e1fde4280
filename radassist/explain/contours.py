"""Lines of equal value of a map, in film pixels, to be drawn over the film in place of a wash of colour."""

import numpy as np
from numpy.typing import NDArray

from radassist.explain.feature_maps import Grid

Line = NDArray[np.float64]
"""(points, 2) of (row, column) in film pixels; a closed line ends where it begins."""


def contour_lines(grid: Grid, level: float, cell_size: tuple[float, float]) -> tuple[Line, ...]:
    """Where `grid`, blended smoothly between the middles of its cells, has the value `level`.

    Between the outermost middles and the edge of the map the values go on unchanged, as they do in the picture.

    Args:
        grid: (h, w), finite.
        level: In the units of the map.
        cell_size: Height and width of a cell in film pixels; the map's corner is the film's corner.
    """
    import contourpy  # only where lines are wanted

    rows, columns = (_places(cells, side) for cells, side in zip(grid.shape, cell_size, strict=True))
    generator = contourpy.contour_generator(columns, rows, np.pad(grid, 1, mode="edge").astype(np.float64))
    return tuple(np.ascontiguousarray(np.asarray(line)[:, ::-1]) for line in generator.lines(level))


def _places(cells: int, side: float) -> NDArray[np.float64]:
    """The middles of the cells, with the map's two edges around them."""
    return np.concatenate([[0.0], (np.arange(cells) + 0.5) * side, [cells * side]])
