"""Synthetic films of 2,500 x 2,048 pixels of 12 bits, as detectors write them, in the usual transfer syntaxes."""

from pathlib import Path

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom import dcmwrite
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixels import compress
from pydicom.uid import (
    UID,
    DigitalXRayImageStorageForPresentation,
    ExplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
    generate_uid,
)

SYNTAXES: dict[str, UID] = {
    "uncompressed": ExplicitVRLittleEndian,
    "JPEG lossless": JPEGLosslessSV1,
    "JPEG-LS": JPEGLSLossless,
    "JPEG 2000": JPEG2000Lossless,
    "RLE": RLELossless,
}
_HEIGHT, _WIDTH = 2500, 2048


def write_films(folder: Path, name: str, count: int) -> list[Path]:
    """Write `count` different films in the transfer syntax called `name`."""
    return [_write(folder / f"{name.replace(' ', '')}{number}.dcm", _phantom(number), name) for number in range(count)]


def _phantom(seed: int) -> NDArray[np.uint16]:
    """Two dark lungs in a bright chest, with the noise of a detector."""
    rows, columns = np.mgrid[0:_HEIGHT, 0:_WIDTH] / np.array([_HEIGHT, _WIDTH]).reshape(2, 1, 1)
    lungs = sum(np.exp(-((((columns - x) / 0.13) ** 2 + ((rows - 0.47) / 0.27) ** 2) ** 2)) for x in (0.31, 0.69))
    chest = 0.85 - 0.65 * lungs + 0.1 * rows
    noise = 0.005 * np.random.default_rng(seed).standard_normal((_HEIGHT, _WIDTH))
    return np.clip(np.round((chest + noise) * 4095), 0, 4095).astype(np.uint16)


def _write(path: Path, pixels: NDArray[np.uint16], name: str) -> Path:
    film = _header()
    film.PixelData = pixels.tobytes()
    syntax = SYNTAXES[name]
    if syntax == JPEGLosslessSV1:  # pydicom has no encoder for it
        film.PixelData = encapsulate([imagecodecs.ljpeg_encode(pixels, bitspersample=12)])
        film["PixelData"].is_undefined_length = True
        film.file_meta.TransferSyntaxUID = syntax
    elif syntax != ExplicitVRLittleEndian:
        compress(film, syntax, generate_instance_uid=False)
    dcmwrite(path, film, enforce_file_format=True)
    return path


def _header() -> Dataset:
    film = Dataset()
    film.file_meta = FileMetaDataset()
    film.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    film.SOPClassUID, film.SOPInstanceUID = DigitalXRayImageStorageForPresentation, generate_uid()
    film.StudyInstanceUID, film.SeriesInstanceUID = generate_uid(), generate_uid()
    film.Modality, film.BodyPartExamined, film.ViewPosition, film.PatientAge = "DX", "CHEST", "PA", "004Y"
    film.Rows, film.Columns, film.SamplesPerPixel = _HEIGHT, _WIDTH, 1
    film.PhotometricInterpretation = "MONOCHROME2"
    film.BitsAllocated, film.BitsStored, film.HighBit, film.PixelRepresentation = 16, 12, 11, 0
    film.WindowCenter, film.WindowWidth = 2048, 4096
    film.RescaleSlope, film.RescaleIntercept = 1, 0
    return film
