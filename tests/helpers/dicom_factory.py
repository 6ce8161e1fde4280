"""Synthetic DICOM films of every transfer syntax and bit layout the program reads. No patient is behind them."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import imagecodecs
import jpeg_ls
import numpy as np
from numpy.typing import NDArray
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.filewriter import dcmwrite
from pydicom.pixels.encoders import RLELosslessEncoder
from pydicom.uid import (
    HTJ2K,
    JPEG2000,
    UID,
    ComputedRadiographyImageStorage,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    HTJ2KLosslessRPCL,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

Pixels = NDArray[Any]


def phantom(height: int = 96, width: int = 80, bits: int = 12) -> NDArray[np.uint16]:
    """(height, width) uint16: two dark lungs in a bright chest with fine noise, over the full range of `bits`."""
    rows, columns = np.mgrid[0:height, 0:width] / np.array([height, width]).reshape(2, 1, 1)
    lungs = sum(np.exp(-((((columns - x) / 0.13) ** 2 + ((rows - 0.47) / 0.27) ** 2) ** 2)) for x in (0.31, 0.69))
    chest = 0.85 - 0.65 * lungs + 0.1 * rows + 0.02 * np.random.default_rng(1).standard_normal((height, width))
    share = (chest - chest.min()) / (chest.max() - chest.min())
    return np.asarray(np.round(share * (2**bits - 1)), np.uint16)


def film_bytes(
    pixels: Pixels,
    *,
    bits: int | None = None,
    syntax: UID = ExplicitVRLittleEndian,
    elements: Mapping[str, Any] | None = None,
    preamble: bytes = bytes(128),
) -> bytes:
    """A DICOM file.

    Args:
        pixels: (H, W), (H, W, 3) or (frames, H, W) container values, 8 or 16 bits, signed or not; stored as they are.
        bits: Bits stored; all of the container's when None.
        syntax: How the pixels are stored.
        elements: By keyword, put in place of the defaults; None removes one.
        preamble: The first 128 bytes.
    """
    dataset = film_dataset(pixels, bits=bits, syntax=syntax, elements=elements)
    dataset.preamble = preamble
    return to_bytes(dataset)


def film_dataset(
    pixels: Pixels,
    *,
    bits: int | None = None,
    syntax: UID = ExplicitVRLittleEndian,
    elements: Mapping[str, Any] | None = None,
) -> Dataset:
    """As `film_bytes`, before it is written."""
    bits = bits or 8 * pixels.itemsize
    dataset = _header(pixels, bits)
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    _put_pixels(dataset, pixels, bits, syntax)
    for keyword, value in (elements or {}).items():
        if value is None:
            del dataset[keyword]
        elif isinstance(value, DataElement):
            dataset[keyword] = value
        else:
            setattr(dataset, keyword, value)
    return dataset


def to_bytes(dataset: Dataset) -> bytes:
    """The file of a data set of `film_dataset`."""
    stream = BytesIO()
    dcmwrite(stream, dataset, enforce_file_format=True)
    return stream.getvalue()


def lookup_table(first: int, entries: NDArray[np.uint16], bits: int, explanation: str = "") -> Dataset:
    """An item of a Modality or VOI LUT Sequence."""
    item = Dataset()
    item.add_new("LUTDescriptor", "SS" if first < 0 else "US", [entries.size % 65536, first, bits])
    item.LUTExplanation = explanation
    item.add_new("LUTData", "OW", entries.astype("<u2").tobytes())
    return item


def encode_frame(frame: Pixels, bits: int, syntax: UID) -> bytes:
    """One compressed frame; signed values go in as the bit pattern of their stored bits."""
    unsigned = frame.view(f"u{frame.itemsize}")
    masked = (unsigned & (2**bits - 1)).astype(unsigned.dtype)
    if syntax == RLELossless:
        return _encode_rle(frame)
    if syntax in (JPEGBaseline8Bit, JPEGExtended12Bit):
        return bytes(imagecodecs.jpeg8_encode(masked, level=95, bitspersample=bits))
    if syntax in (JPEGLossless, JPEGLosslessSV1):
        return bytes(imagecodecs.ljpeg_encode(masked, bitspersample=bits))
    if syntax in (JPEGLSLossless, JPEGLSNearLossless):
        return _encode_jpeg_ls(masked, bits, lossy_error=2 if syntax == JPEGLSNearLossless else 0)
    if syntax in (JPEG2000Lossless, JPEG2000):
        level = 60 if syntax == JPEG2000 else 0
        return bytes(
            imagecodecs.jpeg2k_encode(
                frame if frame.ndim == 3 else masked,
                level=level,
                codecformat="J2K",
                reversible=level == 0,
                bitspersample=bits,
            )
        )
    if syntax in (HTJ2KLossless, HTJ2KLosslessRPCL, HTJ2K):
        return bytes(imagecodecs.htj2k_encode(masked))
    raise ValueError(syntax.name)


def _header(pixels: Pixels, bits: int) -> Dataset:
    colour = pixels.ndim == 3 and pixels.shape[-1] == 3
    frames = pixels.shape[0] if pixels.ndim == 3 and not colour else 1
    dataset = Dataset()
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.SOPClassUID = ComputedRadiographyImageStorage
    dataset.SOPInstanceUID, dataset.SeriesInstanceUID, dataset.StudyInstanceUID = "2.25.1", "2.25.2", "2.25.3"
    dataset.Modality, dataset.BodyPartExamined, dataset.ViewPosition = "CR", "CHEST", "PA"
    dataset.PatientName, dataset.PatientID, dataset.StudyDate = "Phantom^Film", "P1", "20240229"
    dataset.Rows, dataset.Columns = pixels.shape[:2] if colour else pixels.shape[-2:]
    dataset.SamplesPerPixel = 3 if colour else 1
    dataset.PhotometricInterpretation = "RGB" if colour else "MONOCHROME2"
    if colour:
        dataset.PlanarConfiguration = 0
    if frames > 1:
        dataset.NumberOfFrames = frames
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8 * pixels.itemsize, bits, bits - 1
    dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
    return dataset


def _put_pixels(dataset: Dataset, pixels: Pixels, bits: int, syntax: UID) -> None:
    if not syntax.is_encapsulated:
        order = ">" if syntax == ExplicitVRBigEndian else "<"
        value = pixels.astype(pixels.dtype.newbyteorder(order)).tobytes()
        dataset.add_new("PixelData", "OW" if pixels.itemsize > 1 else "OB", value + b"\0" * (len(value) % 2))
        return
    frames = pixels if int(dataset.get("NumberOfFrames", 1)) > 1 else [pixels]
    value = encapsulate([encode_frame(np.ascontiguousarray(frame), bits, syntax) for frame in frames])
    dataset.add_new("PixelData", "OB", value)
    dataset["PixelData"].is_undefined_length = True


def _encode_jpeg_ls(frame: Pixels, bits: int, lossy_error: int) -> bytes:
    samples = 3 if frame.ndim == 3 else 1
    encoded = jpeg_ls.encode_buffer(
        frame.tobytes(),
        *frame.shape[:2],
        samples,
        bits,
        lossy_error=lossy_error,
        interleave_mode=2 if samples > 1 else 0,
    )
    return bytes(encoded)


def _encode_rle(frame: Pixels) -> bytes:
    return RLELosslessEncoder.encode(
        frame.tobytes(),
        rows=frame.shape[0],
        columns=frame.shape[1],
        samples_per_pixel=3 if frame.ndim == 3 else 1,
        bits_allocated=8 * frame.itemsize,
        bits_stored=8 * frame.itemsize,
        pixel_representation=0,
        number_of_frames=1,
        photometric_interpretation="RGB" if frame.ndim == 3 else "MONOCHROME2",
        planar_configuration=0,
    )
