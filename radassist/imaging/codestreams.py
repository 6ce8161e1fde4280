"""What a compressed frame says of itself: size, components, depth; read from its markers before any decoder sees it.

Covers JPEG and JPEG-LS (ITU-T T.81 B.2.2, T.87 C.2.2) and JPEG 2000 (ITU-T T.800 A.5.1). Nothing is decoded here.
"""

import struct
from dataclasses import dataclass, replace

_SOI, _SOS, _DRI, _SOF_LS = 0xD8, 0xDA, 0xDD, 0xF7
_NOT_FRAME_HEADERS = (0xC4, 0xC8, 0xCC)
_J2K_START = b"\xff\x4f\xff\x51"
_JP2_START = b"\x00\x00\x00\x0cjP  "
_JP2_BOXES_END = 1 << 16
_END = b"\xff\xd9"
_PADDING_AT_MOST = 64


@dataclass(frozen=True, slots=True)
class Codestream:
    """A frame's own description.

    Attributes:
        process: Low byte of the JPEG frame header's marker, for instance 0xC3 for lossless; 0 for JPEG 2000.
        components: Samples a pixel.
        precision: Bits a sample.
        has_restarts: JPEG restart markers are in use.
    """

    process: int
    rows: int
    columns: int
    components: int
    precision: int
    has_restarts: bool = False


def has_end(frame: bytes) -> bool:
    """Whether the end marker is there, at most a little padding before the end; entropy-coded data cannot hold it."""
    return _END in frame[-_PADDING_AT_MOST:]


def read_jpeg(frame: bytes) -> Codestream | None:
    """The description of a JPEG or JPEG-LS frame, None when there is none before the first scan."""
    if frame[:2] != b"\xff\xd8":
        return None
    found: Codestream | None = None
    has_restarts = False
    position = 2
    while position + 4 <= len(frame) and frame[position] == 0xFF:
        marker, length = frame[position + 1], struct.unpack(">H", frame[position + 2 : position + 4])[0]
        if marker == 0xFF:
            position += 1
            continue
        if marker == _SOS:
            break
        if _is_frame_header(marker):
            found = _frame_header(marker, frame[position + 4 : position + 10])
        has_restarts |= marker == _DRI and frame[position + 4 : position + 6] != b"\0\0"
        position += 2 + length
    return replace(found, has_restarts=has_restarts) if found else None


def read_jpeg_2000(frame: bytes) -> Codestream | None:
    """The description of a JPEG 2000 codestream, bare or in a JP2 file; None when there is none."""
    start = frame.find(_J2K_START, 0, _JP2_BOXES_END if frame.startswith(_JP2_START) else len(_J2K_START))
    size = frame[start + 8 : start + 43]
    if start < 0 or len(size) < 35:
        return None
    right, bottom, left, top = struct.unpack(">4I", size[:16])
    components, depth = struct.unpack(">HB", size[32:35])
    return Codestream(
        process=0,
        rows=bottom - top,
        columns=right - left,
        components=components,
        precision=(depth & 0x7F) + 1,
    )


def _is_frame_header(marker: int) -> bool:
    return marker == _SOF_LS or (0xC0 <= marker <= 0xCF and marker not in _NOT_FRAME_HEADERS)


def _frame_header(marker: int, body: bytes) -> Codestream | None:
    if len(body) < 6:
        return None
    precision, rows, columns, components = struct.unpack(">BHHB", body)
    return Codestream(marker, rows, columns, components, precision)
