"""The shape of two lungs on a frontal film: a drawing in unit coordinates, made for any height and width."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Mask = NDArray[np.bool_]

# (row, column) from the apex (0) to the costophrenic angle (1) and from the lateral chest wall (-1) to the other (1);
# drawn after the outlines of lungs in anatomy books, the right one of the picture with the notch of the heart.
_LEFT = (
    (0.02, -0.36), (0.06, -0.52), (0.16, -0.68), (0.35, -0.83), (0.60, -0.93), (0.85, -0.99), (1.00, -1.00),
    (0.90, -0.83), (0.84, -0.60), (0.84, -0.40), (0.90, -0.24), (0.70, -0.22), (0.50, -0.24), (0.30, -0.17),
    (0.12, -0.17), (0.04, -0.24),
)  # fmt: skip
_RIGHT = (
    (0.02, 0.36), (0.06, 0.52), (0.16, 0.68), (0.35, 0.83), (0.60, 0.93), (0.85, 0.99), (1.00, 1.00), (0.93, 0.85),
    (0.88, 0.70), (0.75, 0.66), (0.60, 0.56), (0.47, 0.42), (0.36, 0.26), (0.25, 0.20), (0.12, 0.17), (0.04, 0.24),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LungPlace:
    """Where the drawing lies on a grid.

    Attributes:
        top, left: Of the box around both lungs, in cells.
        height, width: Of that box, in cells.
    """

    top: float
    left: float
    height: float
    width: float

    def scaled(self, factor: float) -> "LungPlace":
        """The same place on a grid with `factor` times as many cells along each side."""
        return LungPlace(self.top * factor, self.left * factor, self.height * factor, self.width * factor)


def draw_lungs(place: LungPlace, size: tuple[int, int]) -> tuple[Mask, Mask]:
    """The lung on the left and the one on the right of the picture, each (h, w) bool of `size`."""
    left, right = (_draw(outline, place, size) for outline in (_LEFT, _RIGHT))
    return left, right


def _draw(outline: tuple[tuple[float, float], ...], place: LungPlace, size: tuple[int, int]) -> Mask:
    picture = Image.new("1", (size[1], size[0]))
    points = [
        (place.left + (column + 1) / 2 * place.width - 0.5, place.top + row * place.height - 0.5)
        for row, column in outline
    ]
    ImageDraw.Draw(picture).polygon(points, fill=1)
    return np.array(picture, bool)
