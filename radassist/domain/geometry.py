"""The way back from a network's grid to the pixels of the film."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Geometry:
    """How a film was laid into the network's input: the whole film squashed to the input size, nothing cropped.

    Attributes:
        film_size: (height, width) of the film in stored pixels.
        input_size: (height, width) of the network's input.
    """

    film_size: tuple[int, int]
    input_size: tuple[int, int]

    def cell_size(self, stride: int) -> tuple[float, float]:
        """Height and width, in film pixels, of one cell of a feature map with `stride` input pixels a cell.

        Cell (row, column) covers film rows from `row * height` to `(row + 1) * height`, and columns likewise, so the
        map sits on the film by one scaling about the film's top left corner.
        """
        return (
            stride * self.film_size[0] / self.input_size[0],
            stride * self.film_size[1] / self.input_size[1],
        )
