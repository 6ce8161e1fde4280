"""Films whose headers and bytes name a patient in every place a name can hide."""

from pathlib import Path

import numpy as np
from helpers.dicom_factory import film_dataset, phantom, to_bytes
from pydicom.dataset import Dataset

CANARY = "ZZCANARY"
_TEXTS = (
    "AccessionNumber",
    "AdditionalPatientHistory",
    "AdmissionID",
    "BodyPartExamined",
    "DeviceSerialNumber",
    "ImageComments",
    "InstitutionAddress",
    "InstitutionName",
    "Manufacturer",
    "Modality",
    "NameOfPhysiciansReadingStudy",
    "OperatorsName",
    "OtherPatientIDs",
    "PatientAddress",
    "PatientComments",
    "PatientID",
    "PatientName",
    "PerformedStationName",
    "ProtocolName",
    "ReferringPhysicianName",
    "RequestedProcedureID",
    "SeriesDescription",
    "StationName",
    "StudyDescription",
    "StudyID",
    "ViewPosition",
    "WindowCenterWidthExplanation",
)
_DAYS = {"StudyDate": "20240911", "PatientBirthDate": "19010203", "StudyTime": "101112", "AcquisitionDate": "20240911"}


def telling_film(**elements: object) -> bytes:
    """A DICOM film of 12 bits full of canaries: texts, sequences, private and overlay elements, preamble, padding."""
    film = film_dataset(phantom(96, 80), bits=12, elements=dict.fromkeys(_TEXTS, CANARY) | _DAYS | elements)
    film.preamble = CANARY.encode().ljust(128, b"\0")
    request = Dataset()
    request.RequestedProcedureDescription = CANARY
    film.RequestAttributesSequence = [request]
    film.private_block(0x0029, CANARY, create=True).add_new(0x10, "LO", CANARY)
    film.add_new(0x60003000, "OW", CANARY.encode())
    film.add_new(0x60000022, "LO", CANARY)
    film.add_new(0xFFFCFFFC, "OB", CANARY.encode())
    return to_bytes(film)


def canaries_in(folder: Path) -> list[str]:
    """Files below `folder` that hold a canary, or are named after one."""
    words = (CANARY.encode(), CANARY.encode("utf-16-le"), b"19010203", b"20240911", b"101112")
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.name.encode() + path.read_bytes() for word in words)]


def noise(height: int = 40, width: int = 30) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, (height, width), np.uint8)
