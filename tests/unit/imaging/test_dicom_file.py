"""The outer shape of DICOM files, sound and broken."""

import zlib

import pytest
from helpers.dicom_factory import film_bytes, phantom
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLosslessSV1,
)

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.imaging import dicom_file
from radassist.imaging.dicom_file import UNDEFINED_LENGTH, parse

PIXELS = phantom()
FILM = film_bytes(PIXELS, bits=12)


def body_of(film: bytes) -> bytes:
    """The data set without preamble and file meta group."""
    group_length = int.from_bytes(film[140:144], "little")
    return film[144 + group_length :]


@pytest.mark.parametrize(
    "syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian]
)
def test_the_pixel_data_is_found_in_every_native_syntax(syntax: UID) -> None:
    file = parse(film_bytes(PIXELS, bits=12, syntax=syntax))
    assert file.syntax == syntax
    assert file.pixels is not None
    assert file.pixels.length == PIXELS.nbytes == file.pixels.bytes_left
    order = ">u2" if syntax == ExplicitVRBigEndian else "<u2"
    assert file.pixels.body[file.pixels.offset :] == PIXELS.astype(order).tobytes()
    assert file.header.text("Modality") == "CR"


def test_encapsulated_pixel_data_has_no_length() -> None:
    file = parse(film_bytes(PIXELS, bits=12, syntax=JPEGLosslessSV1))
    assert file.pixels is not None
    assert file.pixels.length == UNDEFINED_LENGTH


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_without_file_meta_the_encoding_is_seen_from_the_first_element(syntax: UID) -> None:
    file = parse(body_of(film_bytes(PIXELS, bits=12, syntax=syntax)))
    assert file.syntax == syntax
    assert file.header.unsigned("Rows") == PIXELS.shape[0]


def test_a_file_starting_at_its_meta_group_is_read() -> None:
    assert parse(FILM[132:]).header.unsigned("Columns") == PIXELS.shape[1]


def test_the_identity_can_be_had_from_the_beginning_of_a_deflated_file() -> None:
    deflated = film_bytes(PIXELS, bits=12, syntax=DeflatedExplicitVRLittleEndian)
    assert parse(deflated[: len(deflated) // 2], identity_only=True).header.text("PatientID") == "P1"


def test_reading_for_the_identity_stops_before_anything_else() -> None:
    file = parse(FILM, identity_only=True)
    assert file.pixels is None
    assert "Rows" not in file.header


def test_a_deflated_file_cut_in_half_is_cut_short() -> None:
    deflated = film_bytes(PIXELS, bits=12, syntax=DeflatedExplicitVRLittleEndian)
    with pytest.raises(DecodeError, match="cut short"):
        parse(deflated[: len(deflated) // 2])


def test_inflation_stops_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dicom_file, "_MAX_INFLATED", 1 << 20)
    shrunk = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    bomb = shrunk.compress(bytes(2 << 20)) + shrunk.flush()
    meta = film_bytes(PIXELS, syntax=DeflatedExplicitVRLittleEndian)[: 144 + int.from_bytes(FILM[140:144], "little")]
    with pytest.raises(UnsupportedImage, match="grows too much"):
        parse(meta + b"\0\0" + bomb)


def test_an_element_longer_than_the_file_means_cut_short() -> None:
    header_end = FILM.index(b"\xe0\x7f\x10\x00")
    assert parse(FILM[: header_end - 1]).is_cut_short
    assert not parse(FILM[:header_end]).is_cut_short
    assert parse(FILM[:132]).is_cut_short


@pytest.mark.parametrize("depth", [3, 3000])
def test_sequences_inside_each_other_without_end_are_damage(depth: int) -> None:
    opened = (b"\x08\x00\x40\x11SQ\0\0" + b"\xff" * 4 + b"\xfe\xff\x00\xe0" + b"\xff" * 4) * depth
    with pytest.raises(DecodeError, match="header cannot be read"):
        parse(FILM[: len(FILM) - len(body_of(FILM))] + opened)
