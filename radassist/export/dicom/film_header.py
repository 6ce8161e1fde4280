"""The header of the film a result is about: results lie in its study and name it."""

from pathlib import Path

from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.errors import InvalidDicomError

from radassist.domain.dicom_results import NoDicomFilm
from radassist.domain.study import FilmSource

_NEEDED = ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID")
_EMPTY_WHERE_MISSING = (
    "PatientID",
    "PatientName",
    "PatientBirthDate",
    "PatientSex",
    "StudyID",
    "StudyDate",
    "StudyTime",
    "AccessionNumber",
    "ReferringPhysicianName",
)
"""Type 2 of DICOM: results must have them, empty where the film says nothing."""


def read_film_header(source: FilmSource) -> Dataset:
    """All elements of the film but its pixels, with what a result must have.

    Raises:
        NoDicomFilm: If the film is of another kind, lies in an archive, or lacks an identifier.
    """
    if source.member:
        raise NoDicomFilm(f"{source.name} lies in an archive: unpack it to have its results as DICOM.")
    header = _read(source.path)
    missing = [keyword for keyword in _NEEDED if not header.get(keyword)]
    if missing:
        raise NoDicomFilm(f"{source.name} has no {missing[0]}, so no DICOM result can name it.")
    for keyword in _EMPTY_WHERE_MISSING:
        if keyword not in header:
            setattr(header, keyword, "")
    return header


def _read(path: Path) -> Dataset:
    try:
        return dcmread(path, stop_before_pixels=True, force=False)
    except InvalidDicomError as error:
        raise NoDicomFilm(f"{path.name} is no DICOM file, so it has no results as DICOM.") from error
    except OSError as error:
        raise NoDicomFilm(f"{path.name} cannot be read: {error.strerror or 'the system does not say why'}.") from error
