"""Facts of a DICOM film beside its values: pixel size and shape, and what the reader must know."""

import math

from radassist.domain.film_scale import LARGEST_MM, SMALLEST_MM
from radassist.domain.radiograph import Notice, PixelSpacing, SpacingSource
from radassist.imaging.codecs import LOSSY
from radassist.imaging.dicom_file import DicomFile
from radassist.imaging.dicom_header import Header

_FLATTEST, _TALLEST = 0.05, 20.0
_SAME_SHAPE = 0.005
_OVERLAY_GROUPS, _OVERLAY_DATA = range(0x6000, 0x6020, 2), 0x3000
_PROGRAM_MAGIC = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!", b"PK\x03\x04", b"<")

_LOSSY = Notice("LOSSY", "The film was compressed with loss: fine detail may differ from the original.")
_FOR_PROCESSING = Notice(
    "FOR_PROCESSING", "These are raw detector values meant for processing, not the film as it is read."
)
_BURNED_IN = Notice("BURNED_IN", "The picture has writing burned into it, possibly the patient's name.")
_PREAMBLE = Notice("PREAMBLE", "The file begins like a program or another kind of file; that part was not used.")
_PIXEL_SIZE = Notice("PIXEL_SIZE", "The pixel size in the file cannot be right and is not used: lengths are in pixels.")
_NOT_SQUARE = Notice("NOT_SQUARE", "The pixels are not square; the film is drawn in the shape its file gives them.")
_PIXEL_SHAPE = Notice(
    "PIXEL_SHAPE",
    "What the file says of the shape of its pixels is impossible or contradicts their size, and is not used.",
)
_GRAPHICS = Notice("GRAPHICS", "The file holds drawings to be laid over the film (overlay planes); they are not shown.")
_EXTRA_DATA = Notice("EXTRA_DATA", "The file holds more data than its picture needs; the rest is not shown.")


def read_spacing(header: Header) -> PixelSpacing | None:
    """Millimetres between pixels.

    Pixel Spacing is calibrated where it names a calibration or corrects Imager Pixel Spacing; where it stands alone,
    nobody knows what it means (PS3.3 10.7.1.3).
    """
    at_detector = _pair(header, "ImagerPixelSpacing")
    spacing = _pair(header, "PixelSpacing")
    if spacing and ("PixelSpacingCalibrationType" in header or (at_detector and spacing != at_detector)):
        return PixelSpacing(*spacing, SpacingSource.CALIBRATED)
    if at_detector:
        return PixelSpacing(*at_detector, SpacingSource.AT_DETECTOR)
    return PixelSpacing(*spacing, SpacingSource.UNKNOWN) if spacing else None


def read_aspect(header: Header, spacing: PixelSpacing | None) -> float:
    """Height of a pixel over its width: from the spacing, else from Pixel Aspect Ratio, else 1."""
    if spacing is not None:
        aspect = spacing.row_mm / spacing.column_mm
        return aspect if _FLATTEST <= aspect <= _TALLEST else 1.0
    return _ratio(header) or 1.0


def read_notices(file: DicomFile, preamble: bytes, picture_bytes: int) -> tuple[Notice, ...]:
    """What the header asks to tell the reader.

    Args:
        file: The parsed file.
        preamble: First 128 bytes where the file has a preamble.
        picture_bytes: Uncompressed size of all frames.
    """
    header = file.header
    told = {
        _FOR_PROCESSING: header.code("PresentationIntentType") == "FOR PROCESSING",
        _LOSSY: file.syntax in LOSSY or header.code("LossyImageCompression") == "01",
        _BURNED_IN: header.code("BurnedInAnnotation") == "YES",
        _PIXEL_SIZE: _has_absurd_spacing(header),
        _NOT_SQUARE: abs(read_aspect(header, read_spacing(header)) - 1) > _SAME_SHAPE,
        _PIXEL_SHAPE: _has_unused_shape(header),
        _GRAPHICS: _has_graphics(header),
        _EXTRA_DATA: _has_extra_data(file, picture_bytes),
        _PREAMBLE: preamble.startswith(_PROGRAM_MAGIC),
    }
    return tuple(notice for notice, is_true in told.items() if is_true)


def _has_extra_data(file: DicomFile, picture_bytes: int) -> bool:
    pixels = file.pixels
    return pixels is not None and not file.syntax.is_encapsulated and pixels.length > picture_bytes + picture_bytes % 2


def _has_graphics(header: Header) -> bool:
    tags = header.dataset.keys()  # of tags alone: to walk through the data set itself would read every element
    return any(tag.group in _OVERLAY_GROUPS and tag.element == _OVERLAY_DATA for tag in tags)


def _has_unused_shape(header: Header) -> bool:
    """Whether there is a Pixel Aspect Ratio that cannot be right, or is another than that of the pixel size."""
    if "PixelAspectRatio" not in header:
        return False
    ratio, used = _ratio(header), read_aspect(header, read_spacing(header))
    return ratio is None or abs(ratio / used - 1) > _SAME_SHAPE


def _ratio(header: Header) -> float | None:
    """Height of a pixel over its width by Pixel Aspect Ratio; None where there is none that can be right."""
    sides = header.numbers("PixelAspectRatio")
    if len(sides) != 2 or not all(math.isfinite(side) and side > 0 for side in sides):
        return None
    return sides[0] / sides[1] if _FLATTEST <= sides[0] / sides[1] <= _TALLEST else None


def _has_absurd_spacing(header: Header) -> bool:
    return read_spacing(header) is None and any(keyword in header for keyword in ("PixelSpacing", "ImagerPixelSpacing"))


def _pair(header: Header, keyword: str) -> tuple[float, float] | None:
    values = header.numbers(keyword)
    if len(values) != 2 or not all(SMALLEST_MM <= value <= LARGEST_MM for value in values):
        return None
    # A film that cannot be drawn in such a shape cannot be measured in it, either.
    return (values[0], values[1]) if _FLATTEST <= values[0] / values[1] <= _TALLEST else None
