"""A map as it is laid over the film: a wash of colours, or lines of equal value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from radassist.domain.dicom_results import MapOverFilm


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """One map, coloured, and where it lies.

    Attributes:
        rgba: (h, w, 4) uint8, one pixel a map cell, straight alpha.
        cell_size: Height and width of a map cell in film pixels; the map's corner is the film's corner.
        smooth: Whether cells are blended into each other on the screen or drawn as they are.
        words: What the map is, with the values of its first and last colour: for pictures, which have no panel beside.
        raw: The map's own values, for files; None where there are none to be kept.
    """

    rgba: NDArray[np.uint8]
    cell_size: tuple[float, float]
    smooth: bool = True
    words: str = ""
    raw: MapOverFilm | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Contours:
    """Lines over the film; its opacity does not change them.

    Attributes:
        lines: Each (points, 2), of (row, column) in film pixels.
        color: `#rrggbb`.
        words, raw: As of an `Overlay`.
    """

    lines: tuple[NDArray[np.float64], ...]
    color: str
    words: str = ""
    raw: MapOverFilm | None = None


AnyOverlay = Overlay | Contours
