"""Reads what archives say of studies: nothing of it is trusted, only made harmless."""

import re
from collections.abc import Iterable, Iterator

from pydicom.dataset import Dataset

from radassist.dicomnet.contexts import RECEIVED_CLASSES
from radassist.domain.archive import FoundStudy

_UID = re.compile(r"[0-9]+(\.[0-9]+)*")
_LONGEST_UID = 64
_LONGEST_TEXT = 256
_MOST_INSTANCES = 1_000_000
NO_PICTURES = frozenset({"SR", "PR", "KO", "REG", "SEG", "DOC", "AU", "ECG", "RTSTRUCT", "RTPLAN", "RTDOSE", "PLAN"})
"""Modalities of series without pictures."""


def found_study(answer: Dataset) -> FoundStudy | None:
    """The study that an answer names; None where it names none."""
    uid = uid_of(answer, "StudyInstanceUID")
    if not uid:
        return None
    return FoundStudy(
        uid=uid,
        patient_name=_text(answer, "PatientName"),
        patient_id=_text(answer, "PatientID"),
        study_date=_text(answer, "StudyDate")[:8],
        modalities=_text(answer, "ModalitiesInStudy"),
        description=_text(answer, "StudyDescription"),
        instances=_count(_text(answer, "NumberOfStudyRelatedInstances")),
    )


def found_studies(answers: Iterable[Dataset], most: int) -> Iterator[FoundStudy]:
    """Each study once, at most so many."""
    seen: set[str] = set()
    for answer in answers:
        study = found_study(answer)
        if study and study.uid not in seen:
            seen.add(study.uid)
            yield study
            if len(seen) >= most:
                return


def uid_of(answer: Dataset, keyword: str) -> str:
    """A UID of an answer; empty where there is none that could be one (PS3.5 9.1)."""
    uid = _text(answer, keyword)
    return uid if len(uid) <= _LONGEST_UID and _UID.fullmatch(uid) else ""


def has_pictures(series: Dataset) -> bool:
    """Whether a series is worth its way: one whose modality is not told is."""
    return _text(series, "Modality") not in NO_PICTURES


def is_film(instance: Dataset) -> bool:
    """Whether an object is of a class that is read; one whose class is not told may be."""
    return uid_of(instance, "SOPClassUID") in ("", *RECEIVED_CLASSES)


def _text(answer: Dataset, keyword: str) -> str:
    """One bounded line; several values are joined as DICOM joins them."""
    try:
        value = answer.get(keyword)
        parts = (
            [str(each) for each in value] if isinstance(value, list | tuple) or _is_many(value) else [str(value or "")]
        )
    except (ValueError, TypeError, LookupError):
        return ""  # pydicom reads a value when it is asked for, and raises what it likes
    joined = "\\".join(parts)
    return "".join(letter if letter.isprintable() else " " for letter in joined)[:_LONGEST_TEXT].strip()


def _is_many(value: object) -> bool:
    return type(value).__name__ == "MultiValue"


def _count(text: str) -> int | None:
    return min(int(text), _MOST_INSTANCES) if text.isascii() and text.isdigit() and len(text) < 12 else None
