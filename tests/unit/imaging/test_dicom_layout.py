"""Layouts: sound ones are read, impossible ones are refused by the name of what is wrong."""

import pytest
from helpers.dicom_factory import film_dataset, phantom, to_bytes
from pydicom.dataelem import DataElement

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.imaging.dicom_file import parse
from radassist.imaging.dicom_layout import PixelLayout, read_layout

pytestmark = pytest.mark.filterwarnings("ignore")  # pydicom complains of what these tests put in on purpose


def layout(**elements) -> PixelLayout:
    return read_layout(parse(to_bytes(film_dataset(phantom(8, 6), bits=12, elements=elements))).header)


def test_a_sound_header_is_read() -> None:
    assert layout() == PixelLayout(
        rows=8,
        columns=6,
        samples=1,
        photometric="MONOCHROME2",
        bits_allocated=16,
        bits_stored=12,
        high_bit=11,
        signed=False,
        planar=0,
        frames=1,
    )


def test_a_missing_high_bit_is_the_one_the_standard_allows() -> None:
    assert layout(HighBit=None).high_bit == 11


def test_the_size_of_native_pixels_follows_from_the_layout() -> None:
    assert layout().bytes_uncompressed == 8 * 6 * 2
    assert layout(NumberOfFrames="3").bytes_uncompressed == 8 * 6 * 2 * 3
    halved = layout(
        PhotometricInterpretation="YBR_FULL_422", SamplesPerPixel=3, BitsAllocated=8, BitsStored=8, HighBit=7
    )
    assert halved.bytes_uncompressed == 8 * 6 * 2


@pytest.mark.parametrize(
    "keyword",
    [
        "Rows",
        "Columns",
        "BitsAllocated",
        "BitsStored",
        "SamplesPerPixel",
        "PixelRepresentation",
        "PhotometricInterpretation",
    ],
)
def test_what_is_missing_is_named(keyword: str) -> None:
    with pytest.raises(DecodeError, match=keyword):
        layout(**{keyword: None})


@pytest.mark.parametrize(
    ("elements", "reason"),
    [
        ({"Rows": 0}, "0 rows"),
        ({"Columns": 65535}, "65535 columns"),
        ({"Rows": DataElement(0x00280010, "UL", 100_000)}, "Rows"),
        ({"NumberOfFrames": "0"}, "NumberOfFrames"),
        ({"NumberOfFrames": "-1"}, "NumberOfFrames"),
        ({"SamplesPerPixel": 4}, "SamplesPerPixel 4"),
        ({"PhotometricInterpretation": "RGB"}, "RGB"),
        ({"PixelRepresentation": 2}, "PixelRepresentation"),
        ({"PhotometricInterpretation": "RGB", "SamplesPerPixel": 3, "PixelRepresentation": 1}, "below zero"),
        ({"BitsAllocated": 12}, "bits of a pixel"),
        ({"BitsStored": 0}, "bits of a pixel"),
        ({"BitsStored": 17}, "bits of a pixel"),
        ({"BitsAllocated": 8}, "bits of a pixel"),
        ({"HighBit": 16}, "bits of a pixel"),
        ({"HighBit": 3}, "bits of a pixel"),
    ],
)
def test_a_header_that_cannot_be_is_damage(elements: dict[str, object], reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        layout(**elements)


@pytest.mark.parametrize(
    ("elements", "reason"),
    [
        ({"PhotometricInterpretation": "FOO"}, "FOO"),
        ({"BitsAllocated": 32}, "32-bit"),
        ({"BitsAllocated": 1}, "1-bit"),
        ({"Rows": 20_000, "Columns": 20_000}, "far larger"),
        ({"Rows": 5000, "Columns": 5000, "NumberOfFrames": "11"}, "far larger"),
        ({"NumberOfFrames": "2147483647"}, "far larger"),
    ],
)
def test_what_is_not_read_is_refused_with_its_reason(elements: dict[str, object], reason: str) -> None:
    with pytest.raises(UnsupportedImage, match=reason):
        layout(**elements)


def test_a_lower_case_photometric_interpretation_is_understood() -> None:
    assert layout(PhotometricInterpretation="monochrome1").photometric == "MONOCHROME1"
