"""Writes the DICOM objects of one film's result into a folder, each whole or not at all."""

from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radassist.domain.dicom_results import DicomKind, MapOverFilm, ScoredFilm
from radassist.domain.worklist import WorklistItem
from radassist.export.block_images import overlay
from radassist.export.dicom.film_header import read_film_header
from radassist.export.dicom.parametric_map import parametric_map
from radassist.export.dicom.presentation_state import presentation_state
from radassist.export.dicom.secondary_capture import secondary_capture
from radassist.export.dicom.structured_report import structured_report
from radassist.export.files import replacing_bytes
from radassist.imaging.rendering import to_grey8


class DicomFiles:
    """Writes objects of films as files: what `workflow.dicom_results` asks for."""

    def check(self, item: WorklistItem) -> None:
        """Raises `NoDicomFilm` if the film is no DICOM instance that a result could name."""
        read_film_header(item.source)

    def write(self, scored: ScoredFilm, kinds: Collection[DicomKind], folder: Path, stem: str) -> list[Path]:
        """As `write_objects`."""
        return write_objects(scored, kinds, folder, stem)


def write_objects(scored: ScoredFilm, kinds: Collection[DicomKind], folder: Path, stem: str) -> list[Path]:
    """Write `stem-KIND.dcm` for each of `kinds` into `folder`; the film itself is only read.

    A film in colour has no presentation state, which is for grey ones, and a model without maps has no Parametric Map.

    Raises:
        NoDicomFilm: If the film is no DICOM instance that a result could name.
        StoreError: If a file cannot be written.
        ValueError: If a kind needs pixels that are not given.
    """
    return write_objects_of(read_film_header(scored.source), scored, kinds, folder, stem)


def write_objects_of(
    header: Dataset, scored: ScoredFilm, kinds: Collection[DicomKind], folder: Path, stem: str
) -> list[Path]:
    """As `write_objects`, for the film that `header` names."""
    written = []
    for kind in sorted(kinds):
        if not _can_be_made(kind, header, scored):
            continue
        target = folder / f"{stem}-{kind.value}.dcm"
        with replacing_bytes(target) as file:
            _make(kind, header, scored).save_as(file, enforce_file_format=True)
        written.append(target)
    return written


def _can_be_made(kind: DicomKind, header: Dataset, scored: ScoredFilm) -> bool:
    if kind is DicomKind.GSPS:
        return bool(header.get("SamplesPerPixel", 1) == 1)
    return kind is not DicomKind.PMAP or scored.film is None or scored.shown is not None


def _make(kind: DicomKind, header: Dataset, scored: ScoredFilm) -> Dataset:
    if kind is DicomKind.SR:
        return structured_report(header, scored.analysis)
    film, shown, view = scored.film, scored.shown, scored.view
    if film is None:
        raise ValueError(f"{kind.value} needs the film's pixels")
    if kind is DicomKind.GSPS:
        return presentation_state(header, film, view, shown.outlines if shown else ())
    if kind is DicomKind.PMAP and shown is not None:
        return parametric_map(header, shown.values, shown.cell_size, shown.label)
    return secondary_capture(header, _picture(to_grey8(film, view.window, invert=view.is_inverted), shown))


def _picture(grey: NDArray[np.uint8], shown: MapOverFilm | None) -> NDArray[np.uint8]:
    """(H, W, 3): the film with the map over it, or alone where there is none."""
    if shown is None:
        return np.repeat(grey[..., None], 3, axis=2)
    return overlay(grey, shown.values, shown.cell_size, shown.value_range)
