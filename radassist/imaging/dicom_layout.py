"""How the pixels of a DICOM film are laid out, checked before a single one is touched (PS3.3 C.7.6.3).

Errors are sentences without their subject.
"""

from dataclasses import dataclass

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.imaging.dicom_header import Header
from radassist.imaging.notices import SEND_AGAIN

_MAX_SIDE = 20_000
_MAX_PIXELS = 100_000_000
_MAX_BYTES = 512 << 20
_GREY = ("MONOCHROME1", "MONOCHROME2")
_SAMPLES = {
    **dict.fromkeys(_GREY, 1),
    "PALETTE COLOR": 1,
    **dict.fromkeys(("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_RCT", "YBR_ICT"), 3),
}


@dataclass(frozen=True, slots=True)
class PixelLayout:
    """The Image Pixel module of a film, known to be sound.

    Attributes:
        rows: 1 to 20,000.
        columns: 1 to 20,000.
        samples: Per pixel, 1 or 3.
        photometric: One of the standard's photometric interpretations this program reads.
        bits_allocated: 8 or 16.
        bits_stored: 1 to `bits_allocated`.
        high_bit: `bits_stored - 1` to `bits_allocated - 1`.
        signed: Two's complement.
        planar: Planar configuration, 0 or 1.
        frames: At least 1.
    """

    rows: int
    columns: int
    samples: int
    photometric: str
    bits_allocated: int
    bits_stored: int
    high_bit: int
    signed: bool
    planar: int
    frames: int

    @property
    def is_grey(self) -> bool:
        """MONOCHROME1 or MONOCHROME2."""
        return self.photometric in _GREY

    @property
    def bytes_uncompressed(self) -> int:
        """Bytes of all frames as native pixel data; YBR_FULL_422 keeps two of three samples."""
        samples = 2 if self.photometric == "YBR_FULL_422" else self.samples
        return self.rows * self.columns * samples * self.bits_allocated // 8 * self.frames


def read_layout(header: Header) -> PixelLayout:
    """The layout a header describes.

    Raises:
        DecodeError: If the header lacks what is needed, contradicts itself or describes an impossible picture.
        UnsupportedImage: If the picture is of a kind or size this program does not read.
    """
    photometric, samples = _photometric(header)
    bits_allocated, bits_stored, high_bit = _bits(header)
    layout = PixelLayout(
        rows=_side(header, "Rows", "rows"),
        columns=_side(header, "Columns", "columns"),
        samples=samples,
        photometric=photometric,
        bits_allocated=bits_allocated,
        bits_stored=bits_stored,
        high_bit=high_bit,
        signed=_is_signed(header),
        planar=_planar(header, samples),
        frames=_frames(header),
    )
    if layout.signed and not layout.is_grey:
        raise DecodeError(f"contradicts itself: colours below zero (PixelRepresentation). {SEND_AGAIN}")
    if layout.rows * layout.columns > _MAX_PIXELS or layout.bytes_uncompressed > _MAX_BYTES:
        raise UnsupportedImage("holds a picture far larger than a film.")
    return layout


def _side(header: Header, keyword: str, words: str) -> int:
    side = header.unsigned(keyword)
    if side is None:
        raise DecodeError(f"does not say how many {words} of pixels it has ({keyword}). {SEND_AGAIN}")
    if not 1 <= side <= _MAX_SIDE:
        raise DecodeError(f"says that its picture has {side} {words}, which cannot be. {SEND_AGAIN}")
    return side


def _photometric(header: Header) -> tuple[str, int]:
    photometric = header.code("PhotometricInterpretation")
    if not photometric:
        raise DecodeError(f"does not say whether bright means dense or clear (PhotometricInterpretation). {SEND_AGAIN}")
    if photometric not in _SAMPLES:
        raise UnsupportedImage(f"stores its picture in a way this program does not know ({photometric}).")
    samples = _required(header, "SamplesPerPixel")
    if samples != _SAMPLES[photometric]:
        raise DecodeError(f"contradicts itself about colour ({photometric}, SamplesPerPixel {samples}). {SEND_AGAIN}")
    return photometric, samples


def _bits(header: Header) -> tuple[int, int, int]:
    """Bits allocated, bits stored and high bit; a missing high bit is the only one the standard allows today."""
    allocated, stored = _required(header, "BitsAllocated"), _required(header, "BitsStored")
    if allocated in (1, 32, 64):
        raise UnsupportedImage(f"holds {allocated}-bit pixels; only films of 8 to 16 bits are read.")
    high_bit = header.unsigned("HighBit") if "HighBit" in header else stored - 1
    sound = allocated in (8, 16) and 1 <= stored <= allocated
    if not sound or high_bit is None or not stored - 1 <= high_bit < allocated:
        raise DecodeError(f"contradicts itself about the bits of a pixel (BitsAllocated, BitsStored). {SEND_AGAIN}")
    return allocated, stored, high_bit


def _is_signed(header: Header) -> bool:
    representation = _required(header, "PixelRepresentation")
    if representation not in (0, 1):
        raise DecodeError(f"does not say whether pixel values have a sign (PixelRepresentation). {SEND_AGAIN}")
    return representation == 1


def _planar(header: Header, samples: int) -> int:
    planar = header.unsigned("PlanarConfiguration") if samples > 1 else 0
    return 1 if planar == 1 else 0


def _frames(header: Header) -> int:
    if "NumberOfFrames" not in header:
        return 1
    frames = header.integer("NumberOfFrames")
    if frames is None or frames < 1:
        raise DecodeError(f"does not say how many pictures it holds (NumberOfFrames). {SEND_AGAIN}")
    return frames


def _required(header: Header, keyword: str) -> int:
    value = header.unsigned(keyword)
    if value is None:
        raise DecodeError(f"lacks what is needed to show its picture ({keyword}). {SEND_AGAIN}")
    return value
