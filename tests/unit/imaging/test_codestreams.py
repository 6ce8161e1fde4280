"""What compressed frames say of themselves, against the encoders that wrote them."""

import struct

import imagecodecs
import numpy as np
import pytest
from helpers.dicom_factory import encode_frame, phantom
from pydicom.uid import (
    UID,
    HTJ2KLossless,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLosslessSV1,
    JPEGLSLossless,
)

from radassist.imaging.codestreams import Codestream, has_end, read_jpeg, read_jpeg_2000


@pytest.mark.parametrize(
    ("syntax", "process"),
    [(JPEGBaseline8Bit, 0xC0), (JPEGExtended12Bit, 0xC1), (JPEGLosslessSV1, 0xC3), (JPEGLSLossless, 0xF7)],
)
def test_jpeg_frames_tell_process_size_and_depth(syntax: UID, process: int) -> None:
    bits = 8 if syntax == JPEGBaseline8Bit else 12
    frame = encode_frame(phantom(37, 53, bits).astype(np.uint8 if bits == 8 else np.uint16), bits, syntax)
    assert read_jpeg(frame) == Codestream(process, rows=37, columns=53, components=1, precision=bits)
    assert has_end(frame)


@pytest.mark.parametrize(("syntax", "depth"), [(JPEG2000Lossless, 12), (HTJ2KLossless, 16)])
def test_jpeg_2000_frames_tell_size_and_depth(syntax: UID, depth: int) -> None:
    frame = encode_frame(phantom(37, 53), 12, syntax)
    assert read_jpeg_2000(frame) == Codestream(0, rows=37, columns=53, components=1, precision=depth)
    assert has_end(frame)


def test_a_codestream_in_jp2_boxes_is_found() -> None:
    frame = bytes(imagecodecs.jpeg2k_encode(phantom(37, 53), level=0, codecformat="JP2"))
    found = read_jpeg_2000(frame)
    assert found is not None
    assert (found.rows, found.columns) == (37, 53)


def test_an_image_area_offset_counts_against_the_size() -> None:
    siz = struct.pack(">HIIIIIIIIH", 0, 100, 80, 10, 20, 90, 60, 0, 0, 1) + bytes([11, 1, 1])
    found = read_jpeg_2000(b"\xff\x4f\xff\x51\x00\x29" + siz)
    assert found == Codestream(0, rows=60, columns=90, components=1, precision=12)


def test_colour_has_three_components() -> None:
    rgb = np.stack([phantom(40, 40, 8).astype(np.uint8)] * 3, axis=-1)
    found = read_jpeg(encode_frame(rgb, 8, JPEGBaseline8Bit))
    assert found is not None
    assert found.components == 3


def test_restart_markers_are_noticed() -> None:
    frame = encode_frame(phantom(8, 8), 12, JPEGLosslessSV1)
    with_interval = frame[:2] + b"\xff\xdd\x00\x04\x00\x08" + frame[2:]
    without = frame[:2] + b"\xff\xdd\x00\x04\x00\x00" + frame[2:]
    assert [bool(read and read.has_restarts) for read in map(read_jpeg, (frame, with_interval, without))] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "frame", [b"", b"\xff\xd8", b"\xff\xd8\xff\xc0\x00", b"\xff\xd8\xff\xc0\x00\x0b\x08", b"noise" * 9]
)
def test_what_is_no_frame_says_nothing(frame: bytes) -> None:
    assert read_jpeg(frame) is None
    assert read_jpeg_2000(frame) is None


def test_a_frame_cut_short_has_no_end_and_padding_does_not_hide_it() -> None:
    frame = encode_frame(phantom(37, 53), 12, JPEG2000Lossless)
    assert has_end(frame + bytes(3))
    assert not has_end(frame[: len(frame) // 2])
