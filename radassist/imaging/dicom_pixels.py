"""From the pixel data element to stored values: whole, masked to the bits stored, shifted and signed.

Errors are sentences without their subject.
"""

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from pydicom.encaps import generate_fragments, get_frame
from pydicom.uid import UID

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.domain.radiograph import Pixels
from radassist.imaging.codecs import MAYBE_LOSSY, NATIVE, decode_compressed, decode_native, inspect, not_as_announced
from radassist.imaging.codestreams import Codestream
from radassist.imaging.dicom_file import UNDEFINED_LENGTH, PixelElement
from radassist.imaging.dicom_layout import PixelLayout
from radassist.imaging.malformed import MALFORMED
from radassist.imaging.notices import SEND_AGAIN


def read_first_frame(pixels: PixelElement, layout: PixelLayout, syntax: UID) -> NDArray[Any]:
    """The first frame: (H, W) stored values, or (H, W, 3) RGB values.

    Raises:
        DecodeError: If any part of the picture is missing or damaged.
        UnsupportedImage: If the pixels are floating point numbers.
    """
    if pixels.is_float:
        raise UnsupportedImage("holds computed numbers, not a film.")
    if syntax in NATIVE:
        return stored_values(decode_native(_native_value(pixels, layout), layout, syntax, pixels.vr), layout)
    frame = _encapsulated_frame(pixels, layout, syntax)
    stream = inspect(frame, layout, syntax)
    decoded = decode_compressed(frame, layout, syntax, stream)
    if syntax in MAYBE_LOSSY and not layout.signed:
        # Loss may push values beyond the bits stored: masked, the brightest white would turn black.
        np.minimum(decoded, 2 ** (layout.high_bit + 1) - 1, out=decoded)
    return stored_values(decoded, layout, stream)


def stored_values(frame: NDArray[Any], layout: PixelLayout, stream: Codestream | None = None) -> Pixels:
    """Mask to the bits stored, shift by the high bit, extend the sign.

    Args:
        frame: Container values as decoded.
        layout: What the header says of the bits.
        stream: Description of the compressed frame: a codec gives its own bits right-aligned, whatever the header says.

    Returns:
        Same shape; uint8, uint16 or int16, in native byte order.
    """
    bits, high_bit = layout.bits_stored, layout.high_bit
    if stream is not None and stream.precision <= bits:
        bits, high_bit = stream.precision, stream.precision - 1
    if layout.signed:
        values = frame.astype(np.int16, copy=False)
        return cast(Pixels, values if bits == 16 else (values << (15 - high_bit)) >> (16 - bits))
    values = frame.astype(f"u{frame.dtype.itemsize}", copy=False)
    shift = high_bit + 1 - bits
    shifted = values >> shift if shift else values
    is_clean = bits == 8 * values.itemsize or int(shifted.max()) < 2**bits  # a look costs less than a copy
    return cast(Pixels, shifted if is_clean else shifted & (2**bits - 1))


def _native_value(pixels: PixelElement, layout: PixelLayout) -> memoryview:
    """The bytes of native pixel data, never less than the picture needs."""
    if pixels.length == UNDEFINED_LENGTH:
        raise DecodeError(f"contradicts itself about how its picture is compressed. {SEND_AGAIN}")
    expected, present = layout.bytes_uncompressed, min(pixels.length, pixels.bytes_left)
    if present < expected:
        raise DecodeError(f"is cut short: {_missing(expected, present)} of its picture is missing. {SEND_AGAIN}")
    if pixels.length > pixels.bytes_left:
        raise DecodeError(f"is damaged: it announces more picture than it holds. {SEND_AGAIN}")
    return memoryview(pixels.body)[pixels.offset : pixels.offset + min(pixels.length, expected + expected % 2)]


def _missing(expected: int, present: int) -> str:
    percent = round(100 * (expected - present) / expected)
    return f"{percent} %" if percent >= 1 else "a part"


def _encapsulated_frame(pixels: PixelElement, layout: PixelLayout, syntax: UID) -> bytes:
    """The fragments of the first frame, joined; with a single frame every fragment is its, whatever the offsets say."""
    end = None if pixels.length == UNDEFINED_LENGTH else pixels.offset + pixels.length
    value = pixels.body[pixels.offset : end]
    try:
        if layout.frames > 1:
            return get_frame(value, 0, number_of_frames=layout.frames)
        _offset_table, *fragments = generate_fragments(value)
    except MALFORMED as error:
        raise not_as_announced(syntax) from error
    return b"".join(fragments)
