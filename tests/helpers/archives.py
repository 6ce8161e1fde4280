"""Archives that behave, from Orthanc, and ends of a connection that do not."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.peers import Orthanc
from pydicom import dcmread

from radassist.domain.archive import ArchiveKind, ArchivePlace, QueryTexts, make_query
from radassist.paths import samples_dir

ANY_DAY = make_query(QueryTexts(since="1900-01-01"))


def some_samples(count: int = 3) -> list[Path]:
    """DICOM films of the samples."""
    return sorted(samples_dir().rglob("*.dcm"))[:count]


def patient_of(film: Path) -> str:
    return str(dcmread(film, stop_before_pixels=True).PatientName)


def fill(orthanc: Orthanc, films: list[Path]) -> None:
    for film in films:
        orthanc.post("/instances", film.read_bytes())


def dimse_place(orthanc: Orthanc, move_to: str = "") -> ArchivePlace:
    return ArchivePlace(ArchiveKind.DIMSE, peer=f"ORTHANC@127.0.0.1:{orthanc.dicom_port}", move_to=move_to)


def web_place(orthanc: Orthanc) -> ArchivePlace:
    return ArchivePlace(ArchiveKind.WEB, url=f"http://127.0.0.1:{orthanc.http_port}/dicom-web")


def stored_again(folder: Path, instance: str) -> Path:
    """A sample under another identifier, as a file."""
    film = dcmread(some_samples()[0])
    film.SOPInstanceUID = film.file_meta.MediaStorageSOPInstanceUID = instance
    film.save_as(folder / f"{instance}.dcm")
    return folder / f"{instance}.dcm"


def instances_in(orthanc: Orthanc) -> set[str]:
    """Identifiers of all that the archive holds."""
    return {orthanc.get(f"/instances/{each}")["MainDicomTags"]["SOPInstanceUID"] for each in orthanc.get("/instances")}


@contextmanager
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]
