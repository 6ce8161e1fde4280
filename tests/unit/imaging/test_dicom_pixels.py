"""Stored values: the right bits, the right sign, and never a part of a picture."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.dicom_factory import encode_frame, film_bytes, film_dataset, phantom, to_bytes
from pydicom.encaps import encapsulate
from pydicom.uid import (
    JPEG2000,
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.imaging.codestreams import Codestream
from radassist.imaging.dicom_file import parse
from radassist.imaging.dicom_layout import PixelLayout, read_layout
from radassist.imaging.dicom_pixels import read_first_frame, stored_values

LOSSLESS = [
    ImplicitVRLittleEndian,
    ExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    DeflatedExplicitVRLittleEndian,
    RLELossless,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEG2000Lossless,
    HTJ2KLossless,
]
LAYOUT = PixelLayout(1, 1, 1, "MONOCHROME2", 16, 12, 11, signed=False, planar=0, frames=1)


def pixels_of(data: bytes) -> np.ndarray:
    file = parse(data)
    assert file.pixels is not None
    return read_first_frame(file.pixels, read_layout(file.header), file.syntax)


@pytest.mark.parametrize("syntax", LOSSLESS)
@pytest.mark.parametrize("bits", [8, 10, 12, 16])
@pytest.mark.parametrize("signed", [False, True])
def test_one_film_has_the_same_values_in_every_lossless_syntax(syntax: UID, bits: int, signed: bool) -> None:
    film = phantom(bits=bits).astype(np.int32) - (2 ** (bits - 1) if signed else 0)
    film = film.astype(np.int16 if signed else np.uint16)
    read = pixels_of(film_bytes(film, bits=bits, syntax=syntax))
    assert read.dtype == film.dtype
    assert np.array_equal(read, film)


@pytest.mark.parametrize("syntax", LOSSLESS)
def test_odd_films_of_bytes_have_the_same_values_in_every_lossless_syntax(syntax: UID) -> None:
    film = phantom(51, 53, bits=8).astype(np.uint8)
    assert np.array_equal(pixels_of(film_bytes(film, syntax=syntax)), film)


@pytest.mark.parametrize(("high_bit", "shift"), [(15, 4), (13, 2), (11, 0)])
def test_bits_are_taken_from_below_the_high_bit_and_nowhere_else(high_bit: int, shift: int) -> None:
    film = phantom()
    around = np.uint16(0xFFFF & ~(0x0FFF << shift))
    container = ((film << shift) | around).astype(np.uint16)
    assert np.array_equal(pixels_of(film_bytes(container, bits=12, elements={"HighBit": high_bit})), film)


def test_signs_are_extended_from_the_bits_stored() -> None:
    container = np.array([[0x0FFF, 0x0800, 0x07FF, 0xF001]], np.uint16)
    signed = stored_values(container.view(np.int16), replace(LAYOUT, columns=4, signed=True))
    assert signed.tolist() == [[-1, -2048, 2047, 1]]


def test_a_codec_gives_its_own_bits_right_aligned_whatever_the_high_bit_says() -> None:
    stream = Codestream(0xC3, 1, 2, 1, precision=12)
    frame = np.array([[1, 4095]], np.uint16)
    left_justified = replace(LAYOUT, columns=2, high_bit=15)
    assert stored_values(frame, left_justified, stream).tolist() == [[1, 4095]]


def test_a_codec_deeper_than_the_bits_stored_is_masked_like_native_pixels() -> None:
    stream = Codestream(0xC3, 1, 2, 1, precision=16)
    frame = np.array([[0x0010, 0xFFF0]], np.uint16)
    left_justified = replace(LAYOUT, columns=2, high_bit=15)
    assert stored_values(frame, left_justified, stream).tolist() == [[1, 4095]]


@pytest.mark.parametrize("syntax", [JPEGExtended12Bit, JPEGLSNearLossless, JPEG2000])
def test_loss_never_turns_white_into_black(syntax: UID) -> None:
    film = np.where(phantom(bits=10) > 500, 1023, 0).astype(np.uint16)
    data = film_dataset(film, bits=12, syntax=syntax, elements={"BitsStored": 10, "HighBit": 9})
    read = pixels_of(to_bytes(data)).astype(int)
    assert read.max() == 1023
    assert np.abs(read - film).max() < 400


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, RLELossless, JPEGLosslessSV1])
def test_of_several_frames_the_first_is_read(syntax: UID) -> None:
    frames = np.stack([phantom(), phantom()[::-1], phantom()])
    assert np.array_equal(pixels_of(film_bytes(frames, bits=12, syntax=syntax)), phantom())


def test_a_frame_in_many_fragments_is_whole() -> None:
    frame = encode_frame(phantom(), 12, JPEGLosslessSV1)
    dataset = film_dataset(phantom(), bits=12, syntax=JPEGLosslessSV1)
    dataset.PixelData = encapsulate([frame], fragments_per_frame=7)
    dataset["PixelData"].is_undefined_length = True
    assert np.array_equal(pixels_of(to_bytes(dataset)), phantom())


@pytest.mark.parametrize(("kept", "percent"), [(0.6, "40 %"), (0.0, "100 %"), (0.9999, "a part")])
def test_missing_bytes_are_told_in_percent(kept: float, percent: str) -> None:
    film = phantom(200, 200)
    data = film_dataset(film, bits=12)
    data.PixelData = data.PixelData[: int(film.nbytes * kept) // 2 * 2]
    with pytest.raises(DecodeError, match=f"cut short: {percent} of its picture is missing"):
        pixels_of(to_bytes(data))


def test_a_file_cut_within_its_pixels_is_cut_short() -> None:
    data = film_bytes(phantom(), bits=12)
    with pytest.raises(DecodeError, match="cut short: 25 % of its picture"):
        pixels_of(data[: len(data) - phantom().nbytes // 4])


def test_a_length_beyond_the_end_of_the_file_is_damage() -> None:
    data = film_bytes(phantom(), bits=12)
    length = phantom().nbytes.to_bytes(4, "little")
    lying = data.replace(b"OW\0\0" + length, b"OW\0\0" + (phantom().nbytes + 99).to_bytes(4, "little"))
    with pytest.raises(DecodeError, match="announces more picture"):
        pixels_of(lying)


def test_bytes_beyond_the_picture_are_left_out() -> None:
    data = film_dataset(phantom(), bits=12)
    data.PixelData += bytes(5000)
    assert np.array_equal(pixels_of(to_bytes(data)), phantom())


def test_compressed_pixels_under_a_native_syntax_contradict_it() -> None:
    data = film_bytes(phantom(), bits=12, syntax=JPEG2000Lossless)
    native = data.replace(b"1.2.840.10008.1.2.4.90", b"1.2.840.10008.1.2.1\0\0\0")
    with pytest.raises(DecodeError, match="how its picture is compressed"):
        pixels_of(native)


def test_native_pixels_under_a_compressed_syntax_are_not_what_it_announces() -> None:
    data = film_bytes(phantom(), bits=12)
    announced = data.replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.5\0")
    with pytest.raises(DecodeError, match="not the RLE Lossless"):
        pixels_of(announced)


def test_floating_point_pixels_are_no_film() -> None:
    data = film_dataset(phantom(), bits=12, elements={"PixelData": None})
    data.FloatPixelData = np.ones((96, 80), np.float32).tobytes()
    with pytest.raises(UnsupportedImage, match="computed numbers"):
        pixels_of(to_bytes(data))
