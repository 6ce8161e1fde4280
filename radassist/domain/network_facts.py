"""What a network is made of, as its page shows it: layers, receptive fields, first kernels. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from radassist.domain.geometry import Geometry
from radassist.domain.whatif import Box, Point

LAYER_HEADS = ("layer", "kind", "output", "parameters", "multiply-adds", "field", "block")
"""What `LayerRow.cells` are; the fourth to the sixth are numbers."""


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One layer, in the order of the forward pass.

    Attributes:
        name: Module path.
        kind: Class of the layer, for instance `Conv2d`.
        output_shape: For one film, batch axis first.
        parameters: Learned numbers of this layer.
        multiply_adds: Of convolutions and linear layers, for one film; 0 for others.
        receptive_field: Side in input pixels of the square an output value depends on, None for the whole film.
        block: Name of the block it is part of or leads to; empty after the last.
    """

    name: str
    kind: str
    output_shape: tuple[int, ...]
    parameters: int
    multiply_adds: int
    receptive_field: int | None
    block: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The layer as a row of a table below `LAYER_HEADS`."""
        return (
            self.name,
            self.kind,
            str(list(self.output_shape)),
            f"{self.parameters:,}",
            f"{self.multiply_adds:,}",
            "all" if self.receptive_field is None else str(self.receptive_field),
            self.block,
        )


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a network: learned numbers, and multiply-adds for one film."""

    parameters: int
    multiply_adds: int

    @property
    def words(self) -> str:
        """In a sentence."""
        return f"{self.parameters:,} parameters, {self.multiply_adds:,} multiply-adds a film."


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """Which part of the input the values of a block depend on (Araujo et al. 2019).

    Attributes:
        side: Of the square one value depends on, in input pixels; None for the whole input.
        step: Input pixels between the squares of neighbouring values.
        start: Input pixel at which the square of the first value begins; below 0 where it reaches into the padding.
    """

    side: int | None = 1
    step: int = 1
    start: int = 0

    def on_film(self, point: Point, geometry: Geometry) -> Box:
        """What the value that lies over `point` depends on, cut at the film's edges, in film pixels.

        Args:
            point: (row, column) in film pixels, on the film.
            geometry: Of film and input.
        """
        (top, bottom), (left, right) = (
            self._along(place, film, size)
            for place, film, size in zip(point, geometry.film_size, geometry.input_size, strict=True)
        )
        return Box(top, left, bottom, right)

    def _along(self, place: float, film: int, size: int) -> tuple[float, float]:
        if self.side is None:
            return 0.0, float(film)
        cell = int(place * size / film // self.step)
        first = self.start + cell * self.step
        ends = (max(0, first), min(size, first + self.side))
        return ends[0] * film / size, ends[1] * film / size


@dataclass(frozen=True, slots=True, eq=False)
class NetworkFacts:
    """The network of one model.

    Attributes:
        model: Model id.
        model_sha256: Of the weights file, hex.
        layers: In the order of the forward pass.
        fields: By name of the block.
        kernels: Of the first convolution, (filters, channels, height, width) float32; None where there is none.
    """

    model: str
    model_sha256: str
    layers: tuple[LayerRow, ...]
    totals: Totals
    fields: Mapping[str, ReceptiveField]
    kernels: NDArray[np.float32] | None
