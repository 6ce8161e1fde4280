"""Writes de-identified copies into a folder, each whole or not at all, under names that say nothing."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from pydicom.dataset import Dataset

from radassist.domain.analysis import Analysis
from radassist.domain.deidentification import DeidentifyOptions
from radassist.domain.dicom_results import DicomKind, ScoredFilm
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource, Identity
from radassist.domain.tags import TagList
from radassist.domain.worklist import WorklistItem
from radassist.export.csv_table import write_csv
from radassist.export.deidentified.film import deidentified_film, told_age
from radassist.export.deidentified.kept import top_values
from radassist.export.deidentified.pseudonyms import Pseudonyms
from radassist.export.dicom.write import write_objects_of
from radassist.export.files import replacing_bytes
from radassist.export.keys import PlainKeys

TABLE = "results.csv"


class DeidentifiedFiles:
    """Copies into `folder`."""

    def __init__(self, folder: Path, options: DeidentifyOptions, pseudonyms: Pseudonyms) -> None:
        self._folder, self._options, self._pseudonyms = folder, options, pseudonyms
        self._rows: list[WorklistItem] = []

    def write(self, tags: TagList, film: Radiograph, analysis: Analysis | None) -> Path:
        """Write the copy of `film`, and with the results those of `analysis` where there is one; the copy's place.

        Raises:
            StoreError: If a file cannot be written.
        """
        name = self._pseudonyms.file_name(film.facts.sha256)
        if tags.format != "DICOM":
            target, copy, content = self._folder / f"{name}.png", None, _png(film)
        else:
            copy = deidentified_film(top_values(tags), film, self._options, self._pseudonyms)
            target, content = self._folder / f"{name}.dcm", _bytes(copy)
        with replacing_bytes(target) as file:
            file.write(content)
        if analysis is not None and self._options.with_results:
            self._add_results(target, copy, film, replace(analysis, film_sha256=sha256(content).hexdigest()))
        return target

    def finish(self, labels: Sequence[str]) -> None:
        """Write the table of the scores; nothing where there are none. Raises `StoreError`."""
        if self._rows:
            write_csv(self._rows, self._folder / TABLE, labels=labels, keys=PlainKeys())

    def _add_results(self, target: Path, copy: Dataset | None, film: Radiograph, analysis: Analysis) -> None:
        source = FilmSource(Path(target.name))
        if copy is not None:
            scored = ScoredFilm(source, analysis, film)
            write_objects_of(copy, scored, [DicomKind.SR], self._folder, target.stem)
        item = WorklistItem(len(self._rows), source).started()
        self._rows.append(item.scored(analysis, self._identity(copy, film)))

    def _identity(self, copy: Dataset | None, film: Radiograph) -> Identity:
        """Of the copy, not of the film."""
        if copy is None:
            return Identity()
        age = film.identity.age_years
        return Identity(
            study_uid=copy.StudyInstanceUID,
            series_uid=copy.SeriesInstanceUID,
            instance_uid=copy.SOPInstanceUID,
            age_years=told_age(age) if self._options.keeps_age_and_sex and age is not None else None,
            modality=copy.Modality,
            view=copy.get("ViewPosition", ""),
        )


def _bytes(copy: Dataset) -> bytes:
    buffer = BytesIO()
    copy.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def _png(film: Radiograph) -> bytes:
    """The decoded picture as a PNG of pixels alone."""
    buffer = BytesIO()
    Image.fromarray(np.ascontiguousarray(film.pixels)).save(buffer, "PNG")
    return buffer.getvalue()
