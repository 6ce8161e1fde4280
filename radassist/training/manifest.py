"""Whom a film belongs to, what it is called and what it may be used for: manifests and folders become rows.

Splits are by patient, never by image. This module reads names and tables, no pixels.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from radassist.domain.errors import UserError

MANIFEST_NAME = "manifest.csv"
_IMAGE_SUFFIXES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".dcm", ".dicom", ""}
_PATIENT = re.compile(r"^(?:BACTERIA-|VIRUS-)?(person\d+|(?:NORMAL2-)?IM-\d+)", re.IGNORECASE)


class Split(StrEnum):
    """What a film may be used for; each film has one split."""

    FIT = "fit"
    VALIDATION = "validation"
    CALIBRATION = "calibration"
    TEST = "test"
    DEMO = "demo"


LEARNT_FROM = (Split.FIT, Split.VALIDATION, Split.CALIBRATION)
"""The splits a training opens; films of others are not even read."""


@dataclass(frozen=True, slots=True)
class LabelledFilm:
    """One film with its truth.

    Attributes:
        patient: Key that films of one person share; keys of other persons differ.
        subtype: Finer label where known, for instance `bacteria`; empty when not.
        age_years, sex, view: As in `domain.study.Identity`.
    """

    path: Path
    label: str
    patient: str
    split: Split
    subtype: str = ""
    age_years: float | None = None
    sex: str = ""
    view: str = ""


def read_labelled_films(source: Path, *, seed: int = 0) -> tuple[LabelledFilm, ...]:
    """The films of a manifest CSV, of a folder that holds one, or of a folder `train|val|test/LABEL/film`.

    A manifest has the columns `path` and `label`, and may have `patient`, `split`, `official_split`, `subtype`, `age`,
    `sex` and `view`. Patient numbers that start anew in each official split are told apart by it. A folder's `test` is
    kept as the test split; patients of its `train` and `val` are divided anew, because the `val` of the usual download
    holds 16 films.

    Args:
        source: A CSV file or a folder.
        seed: Decides which patients go where, when no column does.

    Raises:
        UserError: If nothing is found, a column is missing, a film is missing, or a patient is in two splits.
    """
    table = source / MANIFEST_NAME if source.is_dir() else source
    films = _from_manifest(table, seed) if table.is_file() else _from_folder(source, seed)
    if not films:
        raise UserError(f"There are no films in {source}; wanted: a manifest.csv, or folders train|val|test/LABEL/.")
    _check_patients(films)
    return tuple(films)


def films_of(films: Iterable[LabelledFilm], split: Split) -> tuple[LabelledFilm, ...]:
    """The films of one split, in order."""
    return tuple(film for film in films if film.split is split)


def check_labels(films: Sequence[LabelledFilm], labels: Sequence[str], split: Split) -> None:
    """Refuse films that cannot teach or measure a difference between `labels`.

    Raises:
        UserError: If a label has no film, or a film has another label.
    """
    found = {film.label for film in films}
    if found - set(labels):
        raise UserError(f"Films are labelled {', '.join(sorted(found - set(labels)))}; known: {', '.join(labels)}.")
    for label in labels:
        if label not in found:
            raise UserError(f"The {split} split has no film labelled {label}, so nothing can be learnt or measured.")


def _from_manifest(table: Path, seed: int) -> list[LabelledFilm]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"The manifest {table.name} cannot be read: {error}.") from error
    for column in ("path", "label"):
        if rows and column not in rows[0]:
            raise UserError(f"The manifest {table.name} has no column {column!r}.")
    return [_from_row(row, number, table, seed) for number, row in enumerate(rows, start=2)]


def _from_row(row: dict[str, str], number: int, table: Path, seed: int) -> LabelledFilm:
    path = table.parent / row["path"]
    if not path.is_file():
        raise UserError(f"Line {number} of {table.name} names {row['path']!r}, which is not there.")
    patient = _patient_key(row.get("patient") or path.stem, row.get("official_split", ""))
    return LabelledFilm(
        path=path,
        label=row["label"],
        patient=patient,
        split=_named_split(row["split"], number, table) if row.get("split") else _drawn_split(patient, seed),
        subtype=row.get("subtype", ""),
        age_years=_age(row.get("age", ""), number, table),
        sex=row.get("sex", "").upper(),
        view=row.get("view", "").upper(),
    )


def _named_split(text: str, number: int, table: Path) -> Split:
    try:
        return Split(text)
    except ValueError:
        names = ", ".join(Split)
        raise UserError(f"Line {number} of {table.name} has split {text!r}; there are: {names}.") from None


def _age(text: str, number: int, table: Path) -> float | None:
    try:
        return float(text) if text.strip() else None
    except ValueError:
        raise UserError(f"Line {number} of {table.name} has age {text!r}, which is no number of years.") from None


def _patient_key(patient: str, official_split: str) -> str:
    # Kermany et al. number the patients of train and test each from 1: person1 of one is not person1 of the other.
    return f"test/{patient}" if official_split == "test" else patient


def _from_folder(folder: Path, seed: int) -> list[LabelledFilm]:
    films = []
    for path in sorted(folder.glob("*/*/*")):
        part = path.parts[-3]
        if part not in ("train", "val", "test") or not path.is_file() or path.suffix.lower() not in _IMAGE_SUFFIXES:
            continue
        match = _PATIENT.match(path.stem)
        patient = _patient_key(match.group(1) if match else path.stem, part)
        film = LabelledFilm(path, path.parts[-2], patient, Split.TEST)
        films.append(film if part == "test" else replace(film, split=_drawn_split(patient, seed)))
    return films


def _drawn_split(patient: str, seed: int) -> Split:
    """Four fifths to fit, a tenth each to validation and calibration, by a hash of the patient: order plays no part."""
    draw = int.from_bytes(sha256(f"{seed}/{patient}".encode()).digest()[:4], "big") / 2**32
    return Split.FIT if draw < 0.8 else Split.VALIDATION if draw < 0.9 else Split.CALIBRATION


def _check_patients(films: Sequence[LabelledFilm]) -> None:
    seen: dict[str, LabelledFilm] = {}
    for film in films:
        first = seen.setdefault(film.patient, film)
        if first.split is not film.split:
            raise UserError(
                f"{first.path.name} ({first.split}) and {film.path.name} ({film.split}) show the same patient;"
                " a patient may be in one split only."
            )
