"""Who made a DICOM object and with what: the same in each of them."""

from dataclasses import dataclass
from typing import TypedDict

from pydicom.dataset import Dataset
from pydicom.uid import generate_uid

from radassist import __version__

MANUFACTURER = "radassist"
MODEL_NAME = "radassist"
RESEARCH = "Research use only, not for diagnosis."
SERIAL = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object stands: its series, and itself in it.

    Attributes:
        series_number: Well above those of modalities, one for each kind of object.
    """

    series_uid: str
    instance_uid: str
    series_number: int


def place(series_number: int) -> Place:
    """A series of its own with one object in it; identifiers are random UUIDs (PS3.5 B.2), so they name no machine."""
    return Place(generate_uid(prefix=None), generate_uid(prefix=None), series_number)


class Maker(TypedDict):
    """What the constructors of highdicom ask for alike."""

    series_instance_uid: str
    series_number: int
    sop_instance_uid: str
    instance_number: int
    manufacturer: str
    manufacturer_model_name: str
    software_versions: str
    device_serial_number: str


def maker(where: Place) -> Maker:
    """Place and maker of a presentation state or a Parametric Map."""
    return Maker(
        series_instance_uid=where.series_uid,
        series_number=where.series_number,
        sop_instance_uid=where.instance_uid,
        instance_number=1,
        manufacturer=MANUFACTURER,
        manufacturer_model_name=MODEL_NAME,
        software_versions=software_version(),
        device_serial_number=SERIAL,
    )


def finish(made: Dataset, header: Dataset) -> Dataset:
    """`made` with what all objects say alike: what they are for, and of which part of the body the film is."""
    made.SeriesDescription = RESEARCH
    made.BodyPartExamined = header.get("BodyPartExamined") or "CHEST"
    return made


def software_version() -> str:
    """Of this program."""
    return __version__
