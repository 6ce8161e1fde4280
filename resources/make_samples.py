"""Makes resources/samples from 24 films of Kermany et al. 2018: half as DICOM of many kinds, half as PNG and JPEG.

Run `python resources/make_samples.py FOLDER`, where FOLDER holds NORMAL/ and PNEUMONIA/ of the original data set. The
same films and versions of the libraries give the same files. Patients, dates and spacings are invented; greys are not.
"""

import csv
import shutil
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    UID,
    ComputedRadiographyImageStorage,
    DeflatedExplicitVRLittleEndian,
    DigitalXRayImageStorageForPresentation,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

SAMPLES = Path(__file__).resolve().parent / "samples"
FILMS = SAMPLES / "films"

Grey = NDArray[np.uint8]
Stored = NDArray[np.uint8] | NDArray[np.uint16]


class Voi(StrEnum):
    """What a DICOM sample says of its window."""

    NONE = "none"
    ONE = "one"
    TWO = "two"


@dataclass(frozen=True, slots=True)
class DicomFilm:
    """One film to be stored as a DICOM study of its own.

    Attributes:
        source: Path in the original data set.
        name: File name in the patient's folder.
        spacing_mm: Invented imager pixel spacing, None to leave it out.
        age: Invented age in years, within the ages 1 to 5 of the data set.
    """

    source: str
    name: str
    patient: str
    syntax: UID
    bits: int
    age: int
    sex: str
    inverted: bool = False
    modality: str = "DX"
    voi: Voi = Voi.ONE
    spacing_mm: float | None = None
    view: str = "AP"


@dataclass(frozen=True, slots=True)
class RasterFilm:
    """One film to be stored as a picture: PNG of 8 or 16 bits, or the original JPEG byte for byte.

    Attributes:
        shrink: How many times smaller it is stored.
        blank: Rows and columns of the lower left corner to blacken, where a number of the archive is burned in.
    """

    source: str
    name: str
    bits: int = 8
    shrink: int = 1
    blank: tuple[int, int] = (0, 0)


N, P = "NORMAL/", "PNEUMONIA/"
DICOM_FILMS = (
    DicomFilm(
        N + "NORMAL2-IM-0853-0001.jpeg", "CHEST_AP.dcm", "Alder^Ida", JPEG2000Lossless, 8, 2, "F",
        spacing_mm=0.148,
    ),
    DicomFilm(P + "person829_bacteria_2740.jpeg", "CHEST.dcm", "Birch^Otto", ExplicitVRLittleEndian, 16, 1, "M"),
    DicomFilm(N + "IM-0527-0001.jpeg", "IM000001", "Cedar^Nora", JPEGBaseline8Bit, 8, 4, "F", spacing_mm=0.148),
    DicomFilm(
        P + "person1605_bacteria_4226.jpeg", "CR_0001.dcm", "Elm^Viggo", JPEGLosslessSV1, 12, 3, "M",
        modality="CR", voi=Voi.TWO, spacing_mm=0.2,
    ),
    DicomFilm(N + "NORMAL2-IM-1191-0001.jpeg", "CHEST_AP.dcm", "Fir^Saga", JPEGLSLossless, 8, 5, "F", inverted=True),
    DicomFilm(
        P + "person1121_virus_1846.jpeg", "CR_0001.dcm", "Hazel^Emil", DeflatedExplicitVRLittleEndian, 16, 2, "M",
        inverted=True, modality="CR",
    ),
    DicomFilm(
        N + "NORMAL2-IM-1132-0001.jpeg", "CHEST_AP.dcm", "Juniper^Liv", JPEG2000Lossless, 12, 3, "F",
        spacing_mm=0.16,
    ),
    DicomFilm(
        P + "person1251_bacteria_3208.jpeg", "IM000001", "Larch^Arvid", JPEGBaseline8Bit, 8, 4, "M",
        spacing_mm=0.125,
    ),
    DicomFilm(
        N + "NORMAL2-IM-0952-0001.jpeg", "CR_0001.dcm", "Maple^Ellen", JPEGLosslessSV1, 8, 1, "F",
        inverted=True, modality="CR", voi=Voi.NONE, spacing_mm=0.16,
    ),
    DicomFilm(
        P + "person1897_bacteria_4789.jpeg", "CHEST.dcm", "Oak^Hugo", RLELossless, 8, 3, "M", voi=Voi.NONE, view="",
    ),
    DicomFilm(
        N + "NORMAL2-IM-1228-0001.jpeg", "CHEST_AP.dcm", "Pine^Maja", DeflatedExplicitVRLittleEndian, 12, 5, "F",
        voi=Voi.NONE, spacing_mm=0.175,
    ),
    DicomFilm(
        P + "person786_bacteria_2690.jpeg", "CR_0001.dcm", "Rowan^Axel", ImplicitVRLittleEndian, 8, 2, "M",
        modality="CR", voi=Voi.NONE, spacing_mm=0.2,
    ),
)  # fmt: skip
RASTER_FILMS = (
    RasterFilm(N + "NORMAL2-IM-0820-0001.jpeg", "film-13.png"),
    RasterFilm(P + "person1337_virus_2307.jpeg", "film-14.png", blank=(58, 226)),
    RasterFilm(N + "NORMAL2-IM-1062-0001.jpeg", "film-15.jpeg"),
    RasterFilm(P + "person1229_virus_2080.jpeg", "film-16.png", blank=(14, 226)),
    RasterFilm(N + "NORMAL2-IM-0830-0001.jpeg", "film-17.jpeg"),
    RasterFilm(P + "person324_virus_658.jpeg", "film-18.png", bits=16),
    RasterFilm(N + "NORMAL2-IM-0949-0001.jpeg", "film-19.jpeg"),
    RasterFilm(P + "person674_bacteria_2568.jpeg", "film-20.png"),
    RasterFilm(N + "IM-0520-0001.jpeg", "film-21.jpeg"),
    RasterFilm(P + "person1852_bacteria_4724.jpeg", "film-22.jpeg"),
    RasterFilm(N + "IM-0521-0001.jpeg", "film-23.png", bits=16, shrink=2),
    RasterFilm(P + "person793_virus_1424.jpeg", "film-24.jpeg"),
)


def make_samples(originals: Path) -> None:
    """Write all films and `labels.csv` anew from the folder `originals`; the texts beside them are kept."""
    shutil.rmtree(FILMS, ignore_errors=True)
    labels = []
    for number, film in enumerate(DICOM_FILMS, start=1):
        target = FILMS / f"RAD-{number:04d}" / film.name
        _write_dicom(film, number, originals / film.source, target)
        labels.append((target, film.source))
    for raster in RASTER_FILMS:
        target = FILMS / "exports" / raster.name
        _write_raster(raster, originals / raster.source, target)
        labels.append((target, raster.source))
    _write_labels(labels)


def _write_labels(labels: list[tuple[Path, str]]) -> None:
    rows = sorted((path.relative_to(SAMPLES).as_posix(), source.split("/")[0]) for path, source in labels)
    with (SAMPLES / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("path", "label"), *rows])


def _grey(path: Path) -> Grey:
    with Image.open(path) as image:
        return np.asarray(image.convert("L"))


def _write_raster(film: RasterFilm, source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".jpeg":
        shutil.copyfile(source, target)
        return
    grey = _grey(source).copy()
    rows, columns = film.blank
    grey[grey.shape[0] - rows :, :columns] = 0
    image = Image.fromarray(grey).reduce(film.shrink)
    pixels = _scaled(np.asarray(image), film.bits)
    Image.fromarray(pixels).save(target, optimize=True)


def _scaled(grey: Grey, bits: int) -> Stored:
    """`grey` on the full range of `bits`, (H, W); the same picture, no new information."""
    if bits == 8:
        return grey
    return np.rint(grey.astype(np.float64) * (2**bits - 1) / 255).astype(np.uint16)


def _write_dicom(film: DicomFilm, number: int, source: Path, target: Path) -> None:
    stored = _scaled(_grey(source), film.bits)
    if film.inverted:
        stored = (2**film.bits - 1 - stored).astype(stored.dtype)
    dataset = _header(film, number)
    _describe_pixels(dataset, film, stored)
    original = source.read_bytes() if film.syntax == JPEGBaseline8Bit else None
    _store_pixels(dataset, film, stored, original)
    target.parent.mkdir(parents=True, exist_ok=True)
    dataset.save_as(target, enforce_file_format=True)


def _uid(kind: str, number: int) -> UID:
    """A UID that stays the same from run to run (PS3.5 B.2: derived from a UUID)."""
    return UID(f"2.25.{uuid.uuid5(uuid.NAMESPACE_URL, f'radassist sample {kind} {number}').int}")


def _header(film: DicomFilm, number: int) -> FileDataset:
    digital = film.modality == "DX"
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = (
        DigitalXRayImageStorageForPresentation if digital else ComputedRadiographyImageStorage
    )
    meta.MediaStorageSOPInstanceUID = _uid("instance", number)
    meta.TransferSyntaxUID = film.syntax
    dataset = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.SOPClassUID = meta.MediaStorageSOPClassUID
    dataset.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = _uid("study", number), _uid("series", number)
    _add_patient(dataset, film, number)
    _add_examination(dataset, film, number)
    if digital:
        dataset.PresentationIntentType = "FOR PRESENTATION"
    return dataset


def _add_patient(dataset: Dataset, film: DicomFilm, number: int) -> None:
    dataset.PatientName, dataset.PatientID = film.patient, f"RAD-{number:04d}"
    dataset.PatientBirthDate, dataset.PatientSex, dataset.PatientAge = "", film.sex, f"{film.age:03d}Y"
    dataset.PatientIdentityRemoved = "YES"
    dataset.DeidentificationMethod = "Public research film; the identity shown is invented"


def _add_examination(dataset: Dataset, film: DicomFilm, number: int) -> None:
    dataset.Modality, dataset.BodyPartExamined, dataset.ViewPosition = film.modality, "CHEST", film.view
    dataset.StudyDate = dataset.SeriesDate = dataset.ContentDate = f"2024{(number % 12) + 1:02d}{number + 3:02d}"
    dataset.StudyTime = dataset.ContentTime = f"{8 + number % 9:02d}{(number * 7) % 60:02d}00"
    dataset.StudyID, dataset.SeriesNumber, dataset.InstanceNumber = str(number), 1, 1
    dataset.AccessionNumber, dataset.ReferringPhysicianName = f"A{number:06d}", ""
    dataset.StudyDescription, dataset.SeriesDescription = "Chest", "Chest AP" if film.view else "Chest"
    dataset.InstitutionName, dataset.Manufacturer = "Sample Archive", "radassist samples"
    dataset.PatientOrientation, dataset.ImageLaterality = ["L", "F"], "U"
    dataset.BurnedInAnnotation = "NO"


def _describe_pixels(dataset: Dataset, film: DicomFilm, stored: Stored) -> None:
    dataset.SamplesPerPixel, dataset.PixelRepresentation = 1, 0
    dataset.PhotometricInterpretation = "MONOCHROME1" if film.inverted else "MONOCHROME2"
    dataset.PresentationLUTShape = "INVERSE" if film.inverted else "IDENTITY"
    dataset.Rows, dataset.Columns = stored.shape
    dataset.BitsAllocated = 8 if film.bits == 8 else 16
    dataset.BitsStored, dataset.HighBit = film.bits, film.bits - 1
    dataset.ImageType = ["DERIVED", "PRIMARY"]
    dataset.DerivationDescription = f"8-bit JPEG film on the full range of {film.bits} bits"
    dataset.LossyImageCompression, dataset.LossyImageCompressionMethod = "01", "ISO_10918_1"
    dataset.RescaleIntercept, dataset.RescaleSlope, dataset.RescaleType = "0", "1", "US"
    if film.spacing_mm is not None:
        dataset.ImagerPixelSpacing = [film.spacing_mm, film.spacing_mm]
    _add_windows(dataset, film)


def _add_windows(dataset: Dataset, film: DicomFilm) -> None:
    full = 2**film.bits
    if film.voi is Voi.ONE:
        dataset.WindowCenter, dataset.WindowWidth = str(full // 2), str(full)
        dataset.WindowCenterWidthExplanation = "Standard"
    elif film.voi is Voi.TWO:
        dataset.WindowCenter, dataset.WindowWidth = [str(full // 2), str(full * 3 // 8)], [str(full), str(full // 2)]
        dataset.WindowCenterWidthExplanation = ["Standard", "Lungs"]


def _store_pixels(dataset: FileDataset, film: DicomFilm, stored: Stored, original: bytes | None) -> None:
    encode = _ENCODERS.get(film.syntax)
    if film.syntax == RLELossless:
        dataset.PixelData = b""
        dataset.compress(RLELossless, stored, encoding_plugin="pydicom", generate_instance_uid=False)
        return
    frame = original or (encode(stored, film.bits) if encode else None)
    if frame is None:
        dataset.PixelData = stored.tobytes() + b"\0" * (stored.nbytes % 2)
        dataset["PixelData"].VR = "OB" if film.bits == 8 else "OW"
        return
    dataset.PixelData = encapsulate([frame])
    dataset["PixelData"].VR = "OB"


def _jpeg_2000(stored: Stored, bits: int) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(stored, codecformat="J2K", reversible=True, bitspersample=bits))


def _jpeg_lossless(stored: Stored, bits: int) -> bytes:
    return bytes(imagecodecs.jpeg8_encode(stored, lossless=True, predictor=1, bitspersample=bits))


def _jpeg_ls(stored: Stored, bits: int) -> bytes:
    return bytes(imagecodecs.jpegls_encode(stored))


_ENCODERS: dict[UID, Callable[[Stored, int], bytes]] = {
    JPEG2000Lossless: _jpeg_2000,
    JPEGLosslessSV1: _jpeg_lossless,
    JPEGLSLossless: _jpeg_ls,
}

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python resources/make_samples.py FOLDER_OF_THE_ORIGINALS")
    make_samples(Path(sys.argv[1]))
