"""What results of a film as DICOM objects are made of: plain values, so that window, commands and node share them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import Analysis
from radassist.domain.errors import UserError
from radassist.domain.measurement import Mark
from radassist.domain.radiograph import LookupTable, Radiograph, Window
from radassist.domain.study import FilmSource


class NoDicomFilm(UserError):
    """A film that is no DICOM instance with the identifiers a result must name."""


class DicomKind(StrEnum):
    """The objects there can be of one result; the value is part of a file's name."""

    SR = "sr"
    SC = "sc"
    GSPS = "gsps"
    PMAP = "pmap"

    @property
    def needs_pixels(self) -> bool:
        """Whether the film itself is needed, and not its answer alone."""
        return self is not DicomKind.SR


@dataclass(frozen=True, slots=True, eq=False)
class MapOverFilm:
    """The map that pictures show and a Parametric Map holds.

    Attributes:
        values: (h, w) float32, finite, raw.
        cell_size: Height and width of a cell in film pixels; the map's corner is the film's corner.
        value_range: Values of the first and the last colour.
        label: What it is, for instance `block3 mean`.
        outlines: Each (N, 2) of (row, column) in film pixels: where it is strongest.
    """

    values: NDArray[np.float32]
    cell_size: tuple[float, float]
    value_range: tuple[float, float]
    label: str
    outlines: Sequence[NDArray[np.floating]] = ()


@dataclass(frozen=True, slots=True)
class WordedMark:
    """What a reader drew, with the words that stand beside it: plain, one line each."""

    mark: Mark
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ReaderView:
    """How a reader looked at a film.

    Attributes:
        window: Through which the film was seen; None for the film's own.
        is_inverted: Whether black and white were swapped, over what the file asks for.
        marks: Measurements, arrows and texts.
    """

    window: Window | LookupTable | None = None
    is_inverted: bool = False
    marks: tuple[WordedMark, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ScoredFilm:
    """All that objects are made of; `film` and `shown` may be None where only a report is wanted."""

    source: FilmSource
    analysis: Analysis
    film: Radiograph | None = None
    shown: MapOverFilm | None = None
    view: ReaderView = ReaderView()
