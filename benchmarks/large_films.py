"""Films of 2,500 x 2,048 pixels of 12 bits, as detectors write them, in the usual transfer syntaxes."""

import itertools
from pathlib import Path

import imagecodecs
import numpy as np
from films import base_films
from numpy.typing import NDArray
from PIL import Image
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
    films = zip(range(count), itertools.cycle(base_films()), strict=False)
    return [_write(folder / f"{name}{number}.dcm", _enlarged(film, number), name) for number, film in films]


def _enlarged(film: Path, seed: int) -> NDArray[np.uint16]:
    """A real film at a detector's size and depth, with a detector's noise, which is what makes it hard to compress."""
    grey = Image.open(film).convert("L").resize((_WIDTH, _HEIGHT), Image.Resampling.BICUBIC)
    noise = np.random.default_rng(seed).normal(0, 8, (_HEIGHT, _WIDTH))
    return np.clip(np.round(np.asarray(grey) * 16.0 + noise), 0, 4095).astype(np.uint16)


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
