"""The outer shape of a DICOM file: preamble, file meta group, deflation, and where the pixel data lies.

Nothing here knows what the pixels mean. Errors are sentences without their subject.
"""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.tag import BaseTag
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)
from pydicom.valuerep import VR

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.imaging.dicom_header import Header
from radassist.imaging.malformed import MALFORMED
from radassist.imaging.notices import SEND_AGAIN
from radassist.imaging.signatures import has_preamble

UNDEFINED_LENGTH = 0xFFFFFFFF

_MAX_INFLATED = 256 << 20
_DATA_SET_AFTER_PREAMBLE = 132
_LAST_IDENTITY_TAG = 0x0020FFFF
_PIXEL_DATA = 0x7FE00010
_FLOAT_PIXELS = (0x7FE00008, 0x7FE00009)
_KNOWN_VRS = frozenset(vr.value.encode() for vr in VR if len(vr.value) == 2)


@dataclass(frozen=True, slots=True, eq=False)
class PixelElement:
    """Where the pixel data of a file lies.

    Attributes:
        body: The file's bytes, or those of the data set where it had to be inflated.
        offset: First byte of the value in `body`.
        length: As declared; `UNDEFINED_LENGTH` for encapsulated frames.
        vr: As declared, empty for implicit VR.
        is_float: Float or double float pixel data.
    """

    body: bytes
    offset: int
    length: int
    vr: str
    is_float: bool

    @property
    def bytes_left(self) -> int:
        """Bytes from the start of the value to the end of the file."""
        return len(self.body) - self.offset


@dataclass(frozen=True, slots=True, eq=False)
class DicomFile:
    """A DICOM file taken apart.

    Attributes:
        meta: File meta information, empty when the file has none.
        header: The data set up to the pixel data.
        syntax: Transfer syntax, guessed from the first element when the file does not say.
        pixels: None when there is no pixel data.
        is_cut_short: An element announces more bytes than the file has.
    """

    meta: Header
    header: Header
    syntax: UID
    pixels: PixelElement | None
    is_cut_short: bool


def parse(data: bytes, *, identity_only: bool = False) -> DicomFile:
    """Take a DICOM file apart.

    Args:
        data: The file.
        identity_only: Stop after group 0020; `data` may then be only the beginning of a file.

    Raises:
        DecodeError: If the file is damaged or cut short.
        UnsupportedImage: If it inflates to more than a film can need.
    """
    try:
        meta, start = _read_meta(data)
        syntax = UID(str(meta.get("TransferSyntaxUID") or "")) or _guess_syntax(data[start : start + 8])
        if syntax == DeflatedExplicitVRLittleEndian:
            data, start = _inflate(data[start:], whole=not identity_only), 0
        stop = _StopAtPixels(data, start, _LAST_IDENTITY_TAG if identity_only else _PIXEL_DATA)
        dataset = _read_data_set(stop, syntax)
        return DicomFile(Header(meta), Header(dataset), syntax, stop.pixels, _is_cut_short(dataset))
    except MALFORMED as error:
        raise DecodeError(f"is damaged: its header cannot be read. {SEND_AGAIN}") from error


class _StopAtPixels:
    """Stops pydicom before the pixel data or after `last_tag`, top level only, and notes where pixels lie."""

    def __init__(self, body: bytes, start: int, last_tag: int) -> None:
        self.stream = BytesIO(body)
        self.stream.seek(start)
        self.pixels: PixelElement | None = None
        self._body = body
        self._last_tag = last_tag

    def __call__(self, tag: BaseTag, vr: str | None, length: int) -> bool:
        if tag != _PIXEL_DATA and tag not in _FLOAT_PIXELS:
            return bool(tag > self._last_tag)
        self.pixels = PixelElement(self._body, self.stream.tell(), length, vr or "", is_float=tag in _FLOAT_PIXELS)
        return True


def _read_meta(data: bytes) -> tuple[Dataset, int]:
    """The file meta group and the offset of the data set."""
    start = _DATA_SET_AFTER_PREAMBLE if has_preamble(data) else 0
    stream = BytesIO(data)
    stream.seek(start)
    meta = read_dataset(stream, is_implicit_VR=False, is_little_endian=True, stop_when=_is_after_meta)
    return meta, stream.tell()


def _is_after_meta(tag: BaseTag, vr: str | None, length: int) -> bool:
    return tag >> 16 != 2


def _read_data_set(stop: _StopAtPixels, syntax: UID) -> Dataset:
    return read_dataset(
        stop.stream,
        is_implicit_VR=syntax == ImplicitVRLittleEndian,
        is_little_endian=syntax != ExplicitVRBigEndian,
        stop_when=stop,
    )


def _is_cut_short(dataset: Dataset) -> bool:
    """Whether the last value ends after the file; pydicom hands out what there was, or nothing at all."""
    tags = dataset.keys()  # iterating over the data set itself would convert every value
    return not tags or any(_ends_after_file(dataset.get_item(tag, keep_deferred=True)) for tag in tags)


def _ends_after_file(element: object) -> bool:
    return isinstance(element, RawDataElement) and len(element.value or b"") < element.length != UNDEFINED_LENGTH


def _inflate(body: bytes, *, whole: bool) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    inflated = inflater.decompress(body, _MAX_INFLATED)
    if inflater.unconsumed_tail:
        raise UnsupportedImage("grows too much when unpacked to be a film.")
    if whole and not inflater.eof:
        raise DecodeError(f"is cut short. {SEND_AGAIN}")
    return inflated


def _guess_syntax(start: bytes) -> UID:
    """The uncompressed transfer syntax whose first element looks like `start` (8 bytes)."""
    if start[4:6] not in _KNOWN_VRS:
        return ImplicitVRLittleEndian
    group = struct.unpack("<H", start[:2])[0]
    # Group 0008 of a big-endian file reads as 0800 when taken for little-endian.
    return ExplicitVRBigEndian if group >= 0x0100 else ExplicitVRLittleEndian
