"""The decoders a film may meet: an allow-list by transfer syntax, and what is checked before one is called.

Errors are sentences without their subject.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from numpy.typing import NDArray
from pydicom.encaps import encapsulate
from pydicom.pixels.decoders.base import Decoder
from pydicom.uid import (
    HTJ2K,
    JPEG2000,
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    HTJ2KLosslessRPCL,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.imaging.codestreams import Codestream, has_end, read_jpeg, read_jpeg_2000
from radassist.imaging.dicom_layout import PixelLayout
from radassist.imaging.grey_codecs import grey_decoder
from radassist.imaging.malformed import MALFORMED
from radassist.imaging.notices import SEND_AGAIN
from radassist.imaging.plain_text import plain

NATIVE = (ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian)
LOSSY = (JPEGBaseline8Bit, JPEGExtended12Bit, JPEGLSNearLossless)
"""Always with loss."""
MAYBE_LOSSY = (*LOSSY, JPEG2000, HTJ2K)
"""With or without; the header may say which."""

_DCT_JPEG = (JPEGBaseline8Bit, JPEGExtended12Bit)
_LOSSLESS_JPEG = (JPEGLossless, JPEGLosslessSV1)
_JPEG_LS = (JPEGLSLossless, JPEGLSNearLossless)
_JPEG_2000 = (JPEG2000Lossless, JPEG2000)
_HTJ2K = (HTJ2KLossless, HTJ2KLosslessRPCL, HTJ2K)
_COMPRESSED = (*_DCT_JPEG, *_LOSSLESS_JPEG, *_JPEG_LS, *_JPEG_2000, *_HTJ2K, RLELossless)
_PROCESSES = {
    **dict.fromkeys(_DCT_JPEG, (0xC0, 0xC1, 0xC2)),
    **dict.fromkeys(_LOSSLESS_JPEG, (0xC3,)),
    **dict.fromkeys(_JPEG_LS, (0xF7,)),
}
_PYDICOM, _OURS = "pydicom.pixels.decoders", "radassist.imaging.imagecodecs_plugin"


def require_supported(syntax: UID) -> None:
    """Refuse a transfer syntax that is not on the allow-list.

    Raises:
        UnsupportedImage: Naming the syntax.
    """
    if syntax not in NATIVE and syntax not in _COMPRESSED:
        raise UnsupportedImage(f"is compressed in a way this program does not read ({plain(syntax.name, 100)}).")


def inspect(frame: bytes, layout: PixelLayout, syntax: UID) -> Codestream | None:
    """Hold a compressed frame against the header; None for RLE, which says nothing of itself.

    Raises:
        DecodeError: If the frame is cut short, is not what the transfer syntax promises, or has another size.
    """
    if syntax == RLELossless:
        return None
    is_2000 = syntax in _JPEG_2000 or syntax in _HTJ2K
    stream = read_jpeg_2000(frame) if is_2000 else read_jpeg(frame)
    if stream is None or (not is_2000 and stream.process not in _PROCESSES[syntax]):
        raise not_as_announced(syntax)
    if not has_end(frame):
        raise DecodeError(f"is cut short: the end of its picture is missing. {SEND_AGAIN}")
    size, announced = (stream.rows, stream.columns, stream.components), (layout.rows, layout.columns, layout.samples)
    if size != announced or stream.precision > layout.bits_allocated:
        raise DecodeError(f"contradicts itself about the size of its picture. {SEND_AGAIN}")
    return stream


def not_as_announced(syntax: UID) -> DecodeError:
    """The error for pixel data that is not what its transfer syntax promises."""
    return DecodeError(f"is damaged: what it holds is not the {plain(syntax.name, 100)} it announces. {SEND_AGAIN}")


def decode_native(value: memoryview, layout: PixelLayout, syntax: UID, vr: str) -> NDArray[Any]:
    """The first frame of uncompressed pixels, without a copy where the bytes allow it.

    Args:
        value: Pixel data, long enough for all frames.
        layout: What the header says.
        syntax: One of `NATIVE`.
        vr: Of the pixel data element: 8-bit pixels in big-endian OW are swapped in pairs.

    Returns:
        (H, W) or, in RGB, (H, W, 3), of the container's type; unused bits as they are.
    """
    options = _options(layout) | {"view_only": True, "pixel_vr": vr}
    with _damage_told():
        return Decoder(syntax).as_array(value, index=0, validate=False, **options)[0]


def decode_compressed(frame: bytes, layout: PixelLayout, syntax: UID, stream: Codestream | None) -> NDArray[Any]:
    """Decode the very bytes that were inspected, with the one decoder for them.

    Args:
        frame: One compressed frame.
        layout: What the header says.
        syntax: On the allow-list.
        stream: From `inspect`.

    Returns:
        As `decode_native`.

    Raises:
        DecodeError: If the frame cannot be decoded whole.
    """
    decode_grey = grey_decoder(syntax, layout, stream) if layout.samples == 1 else None
    if decode_grey is not None:
        with _damage_told():
            samples = decode_grey(frame).reshape(layout.rows, layout.columns)
            return samples.astype(f"u{layout.bits_allocated // 8}", copy=False)
    decoder = Decoder(syntax)
    decoder.add_plugin("chosen", _plugin(syntax))
    with _damage_told():
        value = encapsulate([frame], has_bot=False)
        return decoder.as_array(value, index=0, validate=False, **_options(layout))[0]


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except MALFORMED as error:
        raise DecodeError(f"is damaged: its picture cannot be decoded. {SEND_AGAIN}") from error


def _plugin(syntax: UID) -> tuple[str, str]:
    """Module and function of the one decoder for this frame: there is no second try with a more lenient one."""
    if syntax == RLELossless:
        return f"{_PYDICOM}.rle", "_decode_frame"
    if syntax in _HTJ2K:
        return f"{_PYDICOM}.pylibjpeg", "_decode_frame"
    if syntax in _JPEG_2000:
        return _OURS, "decode_jpeg_2000"
    if syntax in _JPEG_LS:
        return _OURS, "decode_jpeg_ls"
    if syntax in _LOSSLESS_JPEG:
        return _OURS, "decode_any_lossless_jpeg"
    return f"{_PYDICOM}.pillow", "_decode_frame"


def _options(layout: PixelLayout) -> dict[str, Any]:
    """What pydicom needs to know; masking and signs are corrected later, for every syntax alike."""
    return {
        "rows": layout.rows,
        "columns": layout.columns,
        "samples_per_pixel": layout.samples,
        "photometric_interpretation": layout.photometric,
        "bits_allocated": layout.bits_allocated,
        "bits_stored": layout.bits_stored,
        "pixel_representation": int(layout.signed),
        "planar_configuration": layout.planar,
        "number_of_frames": 1,
        "pixel_keyword": "PixelData",
        "correct_unused_bits": False,
        "apply_j2k_sign_correction": False,
        "apply_jls_sign_correction": False,
    }
