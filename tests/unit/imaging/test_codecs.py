"""The allow-list of decoders, and the checks before one is called."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.dicom_factory import encode_frame, phantom
from pydicom.uid import (
    HTJ2K,
    JPEG2000,
    MPEG4HP41,
    UID,
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

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.imaging.codecs import decode_compressed, inspect, require_supported
from radassist.imaging.dicom_layout import PixelLayout

FILM = phantom()
LAYOUT = PixelLayout(
    rows=FILM.shape[0],
    columns=FILM.shape[1],
    samples=1,
    photometric="MONOCHROME2",
    bits_allocated=16,
    bits_stored=12,
    high_bit=11,
    signed=False,
    planar=0,
    frames=1,
)
LAYOUT_8 = replace(LAYOUT, bits_allocated=8, bits_stored=8, high_bit=7)
LOSSLESS = [
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEG2000Lossless,
    HTJ2KLossless,
    HTJ2KLosslessRPCL,
    HTJ2K,
    RLELossless,
]
WITH_END_MARKER = [syntax for syntax in LOSSLESS if syntax != RLELossless]


def decode(frame: bytes, syntax: UID, layout: PixelLayout = LAYOUT) -> np.ndarray:
    return decode_compressed(frame, layout, syntax, inspect(frame, layout, syntax))


@pytest.mark.parametrize("syntax", LOSSLESS)
def test_lossless_frames_come_back_to_the_bit(syntax: UID) -> None:
    require_supported(syntax)
    assert np.array_equal(decode(encode_frame(FILM, 12, syntax), syntax), FILM)


@pytest.mark.parametrize(("syntax", "worst"), [(JPEGExtended12Bit, 16), (JPEGLSNearLossless, 2), (JPEG2000, 64)])
def test_lossy_frames_come_back_close(syntax: UID, worst: int) -> None:
    decoded = decode(encode_frame(FILM, 12, syntax), syntax)
    assert 0 < np.abs(decoded.astype(int) - FILM).max() <= worst


@pytest.mark.parametrize("syntax", [JPEGBaseline8Bit, JPEGExtended12Bit])
def test_8_bit_jpeg_comes_back_close(syntax: UID) -> None:
    film = phantom(bits=8).astype(np.uint8)
    decoded = decode(encode_frame(film, 8, syntax), syntax, LAYOUT_8)
    assert np.abs(decoded.astype(int) - film).max() <= 12


def test_8_bit_jpeg_in_a_wider_container_comes_back_close() -> None:
    film = phantom(bits=8).astype(np.uint8)
    decoded = decode(encode_frame(film, 8, JPEGExtended12Bit), JPEGExtended12Bit)
    assert np.abs(decoded.astype(int) - film).max() <= 12


@pytest.mark.parametrize("syntax", [JPEGLSLossless, JPEG2000Lossless, RLELossless])
def test_lossless_colour_comes_back_to_the_bit(syntax: UID) -> None:
    grey = phantom(bits=8).astype(np.uint8)
    rgb = np.stack([grey, grey // 2, 255 - grey], axis=-1)
    layout = replace(LAYOUT_8, samples=3, photometric="RGB")
    assert np.array_equal(decode(encode_frame(rgb, 8, syntax), syntax, layout), rgb)


@pytest.mark.parametrize("syntax", [MPEG4HP41, UID("1.2.3.4"), UID("1.2.840.10008.1.2.8.1")])
def test_other_syntaxes_are_refused_by_name(syntax: UID) -> None:
    with pytest.raises(UnsupportedImage) as refusal:
        require_supported(syntax)
    assert syntax.name in str(refusal.value)


def test_uncompressed_films_need_no_decoder() -> None:
    require_supported(ExplicitVRLittleEndian)


@pytest.mark.parametrize("syntax", WITH_END_MARKER)
@pytest.mark.parametrize("share", [0.5, 0.99])
def test_a_frame_cut_short_never_reaches_a_decoder(syntax: UID, share: float) -> None:
    frame = encode_frame(FILM, 12, syntax)
    with pytest.raises(DecodeError, match="cut short"):
        inspect(frame[: int(len(frame) * share)], LAYOUT, syntax)


@pytest.mark.parametrize("syntax", WITH_END_MARKER)
def test_a_frame_with_a_hole_is_no_picture_even_with_its_end_in_place(syntax: UID) -> None:
    frame = encode_frame(FILM, 12, syntax)
    with pytest.raises(DecodeError, match="cannot be decoded"):
        decode(frame[: len(frame) * 9 // 10] + b"\xff\xd9", syntax)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_part_of_an_rle_frame_is_no_picture(share: float) -> None:
    frame = encode_frame(FILM, 12, RLELossless)
    with pytest.raises(DecodeError, match="cannot be decoded"):
        decode(frame[: int(len(frame) * share)], RLELossless)


@pytest.mark.parametrize("change", [{"rows": 95}, {"rows": 97}, {"columns": 40}, {"columns": 160}])
def test_an_rle_frame_of_another_size_than_the_header_says_is_refused(change: dict[str, int]) -> None:
    with pytest.raises(DecodeError, match="cannot be decoded"):
        decode(encode_frame(FILM, 12, RLELossless), RLELossless, replace(LAYOUT, **change))


def test_rle_of_8_bits_comes_back_to_the_bit() -> None:
    film = phantom(bits=8).astype(np.uint8)
    assert np.array_equal(decode(encode_frame(film, 8, RLELossless), RLELossless, LAYOUT_8), film)


@pytest.mark.parametrize("syntax", WITH_END_MARKER)
@pytest.mark.parametrize("change", [{"rows": 95}, {"columns": 1}, {"samples": 3}, {"bits_allocated": 8}])
def test_a_frame_of_another_size_than_the_header_says_is_refused(syntax: UID, change: dict[str, int]) -> None:
    with pytest.raises(DecodeError, match="contradicts itself"):
        inspect(encode_frame(FILM, 12, syntax), replace(LAYOUT, **change), syntax)


@pytest.mark.parametrize(
    ("written", "announced"),
    [(JPEG2000Lossless, JPEGLSLossless), (JPEGLSLossless, JPEGLosslessSV1), (JPEGLosslessSV1, JPEGExtended12Bit)],
)
def test_a_frame_of_another_codec_than_announced_is_refused_by_name(written: UID, announced: UID) -> None:
    with pytest.raises(DecodeError) as refusal:
        inspect(encode_frame(FILM, 12, written), LAYOUT, announced)
    assert announced.name in str(refusal.value)
