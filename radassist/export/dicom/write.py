"""Writes the DICOM objects of one film's result into a folder, each whole or not at all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radassist.domain.analysis import Analysis
from radassist.domain.radiograph import Radiograph, Window
from radassist.domain.study import FilmSource
from radassist.export.block_images import overlay
from radassist.export.dicom.film_header import read_film_header
from radassist.export.dicom.parametric_map import parametric_map
from radassist.export.dicom.presentation_state import presentation_state
from radassist.export.dicom.secondary_capture import secondary_capture
from radassist.export.dicom.structured_report import structured_report
from radassist.export.files import replacing_bytes
from radassist.imaging.rendering import to_grey8


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


@dataclass(frozen=True, slots=True, eq=False)
class ScoredFilm:
    """All that objects are made of; `film` and `shown` may be None where only a report is wanted."""

    source: FilmSource
    analysis: Analysis
    film: Radiograph | None = None
    shown: MapOverFilm | None = None


def write_objects(scored: ScoredFilm, kinds: Collection[DicomKind], folder: Path, stem: str) -> list[Path]:
    """Write `stem-KIND.dcm` for each of `kinds` into `folder`; the film itself is only read.

    Raises:
        NoDicomFilm: If the film is no DICOM instance that a result could name.
        StoreError: If a file cannot be written.
        ValueError: If a kind needs pixels or a map that are not given.
    """
    header = read_film_header(scored.source)
    written = []
    for kind in sorted(kinds):
        target = folder / f"{stem}-{kind.value}.dcm"
        with replacing_bytes(target) as file:
            _make(kind, header, scored).save_as(file, enforce_file_format=True)
        written.append(target)
    return written


def _make(kind: DicomKind, header: Dataset, scored: ScoredFilm) -> Dataset:
    if kind is DicomKind.SR:
        return structured_report(header, scored.analysis)
    film, shown = scored.film, scored.shown
    if film is None:
        raise ValueError(f"{kind.value} needs the film's pixels")
    if kind is DicomKind.GSPS:
        window = film.windows[0]
        return presentation_state(
            header, window if isinstance(window, Window) else None, shown.outlines if shown else ()
        )
    if shown is None:
        raise ValueError(f"{kind.value} needs a map")
    if kind is DicomKind.SC:
        return secondary_capture(header, overlay(to_grey8(film), shown.values, shown.cell_size, shown.value_range))
    return parametric_map(header, shown.values, shown.cell_size, shown.label)
