"""Who and what a film belongs to, from its DICOM header. Nothing here is trusted, only made harmless."""

import re
from datetime import date

from radassist.domain.study import Identity
from radassist.imaging.dicom_header import Header

_AGE = re.compile(r"(\d{1,3})([DWMY])")
_UNITS_A_YEAR = {"D": 365.25, "W": 365.25 / 7, "M": 12.0, "Y": 1.0}
_OLDEST = 130.0
_SEXES = ("M", "F", "O")


def read_header_identity(header: Header) -> Identity:
    """What the header says; every text is one bounded line, empty when absent or malformed."""
    sex = header.code("PatientSex")
    return Identity(
        study_uid=header.text("StudyInstanceUID", 64),
        series_uid=header.text("SeriesInstanceUID", 64),
        instance_uid=header.text("SOPInstanceUID", 64),
        patient_id=header.text("PatientID"),
        patient_name=header.text("PatientName"),
        age_years=_age(header),
        sex=sex if sex in _SEXES else "",
        modality=header.code("Modality"),
        body_part=header.code("BodyPartExamined"),
        view=header.code("ViewPosition"),
        laterality=header.code("Laterality") or header.code("ImageLaterality"),
        study_date=_digits(header.text("StudyDate", 8), 8),
        study_time=header.text("StudyTime", 16),
        study_description=header.text("StudyDescription"),
        series_number=header.text("SeriesNumber", 16),
        series_description=header.text("SeriesDescription"),
        accession_number=header.text("AccessionNumber"),
        institution=header.text("InstitutionName"),
    )


def _age(header: Header) -> float | None:
    """Years at the study, from PatientAge (`018M`), else from birth date and study date."""
    stated = _AGE.fullmatch(header.code("PatientAge"))
    if stated:
        years = int(stated[1]) / _UNITS_A_YEAR[stated[2]]
    else:
        born, seen = _date(header.text("PatientBirthDate", 8)), _date(header.text("StudyDate", 8))
        if born is None or seen is None:
            return None
        years = (seen - born).days / 365.25
    return years if 0 <= years <= _OLDEST else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(_digits(text, 8))
    except ValueError:
        return None


def _digits(text: str, count: int) -> str:
    return text if len(text) == count and text.isascii() and text.isdigit() else ""
