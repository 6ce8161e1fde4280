"""Pixel size and shape, and what the header asks to tell the reader."""

import pytest
from helpers.dicom_factory import film_bytes, film_dataset, phantom, to_bytes
from pydicom.uid import JPEGExtended12Bit, JPEGLosslessSV1

from radassist.domain.radiograph import PixelSpacing, SpacingSource
from radassist.imaging.dicom_facts import read_aspect, read_notices, read_spacing
from radassist.imaging.dicom_file import parse

pytestmark = pytest.mark.filterwarnings("ignore")  # pydicom complains of what these tests put in on purpose

FILM = phantom()


def spacing(**elements) -> PixelSpacing | None:
    return read_spacing(parse(film_bytes(FILM, bits=12, elements=elements)).header)


def aspect(**elements) -> float:
    header = parse(film_bytes(FILM, bits=12, elements=elements)).header
    return read_aspect(header, read_spacing(header))


def codes(syntax=None, preamble: bytes = bytes(128), **elements) -> list[str]:
    data = film_bytes(FILM, bits=12, elements=elements, **({"syntax": syntax} if syntax else {}))
    return [notice.code for notice in read_notices(parse(data), preamble, FILM.nbytes)]


def test_imager_spacing_is_at_the_detector_and_pixel_spacing_alone_says_nothing_of_its_meaning() -> None:
    assert spacing() is None
    assert spacing(PixelSpacing=["0.2", "0.1"]) == PixelSpacing(0.2, 0.1, SpacingSource.UNKNOWN)
    assert spacing(ImagerPixelSpacing=["0.2", "0.1"]) == PixelSpacing(0.2, 0.1, SpacingSource.AT_DETECTOR)


def test_pixel_spacing_wins_over_imager_spacing() -> None:
    both = spacing(PixelSpacing=["0.19", "0.19"], ImagerPixelSpacing=["0.2", "0.2"])
    assert both == PixelSpacing(0.19, 0.19, SpacingSource.CALIBRATED)


def test_pixel_spacing_that_repeats_the_imagers_is_not_calibrated_unless_it_says_so() -> None:
    same = {"PixelSpacing": ["0.2", "0.2"], "ImagerPixelSpacing": ["0.2", "0.2"]}
    assert spacing(**same) == PixelSpacing(0.2, 0.2, SpacingSource.AT_DETECTOR)
    assert spacing(**same, PixelSpacingCalibrationType="FIDUCIAL") == PixelSpacing(0.2, 0.2, SpacingSource.CALIBRATED)


@pytest.mark.parametrize("values", [["0", "-1"], ["0.1", "0"], ["1e9", "1e9"], ["nan", "0.1"], ["9", "0.01"], "0.1"])
def test_absurd_spacing_is_none_and_told(values: object) -> None:
    assert spacing(PixelSpacing=values) is None
    assert codes(PixelSpacing=values) == ["PIXEL_SIZE"]


def test_an_absurd_spacing_beside_one_that_can_be_used_is_passed_over() -> None:
    usable = {"PixelSpacing": ["0", "0"], "ImagerPixelSpacing": ["0.2", "0.2"]}
    assert spacing(**usable) == PixelSpacing(0.2, 0.2, SpacingSource.AT_DETECTOR)
    assert codes(**usable) == []


def test_pixels_are_square_unless_the_header_says_otherwise() -> None:
    assert aspect() == 1.0
    assert aspect(PixelAspectRatio=["2", "1"]) == 2.0
    assert aspect(ImagerPixelSpacing=["0.4", "0.2"]) == pytest.approx(2.0)
    assert aspect(PixelAspectRatio=["1", "1"], PixelSpacing=["0.1", "0.2"]) == pytest.approx(0.5)


@pytest.mark.parametrize("ratio", [["0", "1"], ["1", "0"], ["-1", "1"], ["1000", "1"], "3"])
def test_an_absurd_aspect_is_square(ratio: object) -> None:
    assert aspect(PixelAspectRatio=ratio) == 1.0


def test_an_ordinary_film_has_nothing_to_tell() -> None:
    assert codes() == []
    assert codes(syntax=JPEGLosslessSV1, LossyImageCompression="00", BurnedInAnnotation="NO") == []


@pytest.mark.parametrize(
    ("elements", "code"),
    [
        ({"PresentationIntentType": "FOR PROCESSING"}, "FOR_PROCESSING"),
        ({"LossyImageCompression": "01"}, "LOSSY"),
        ({"BurnedInAnnotation": "YES"}, "BURNED_IN"),
        ({"PixelData": bytes(FILM.nbytes + 100)}, "EXTRA_DATA"),
    ],
)
def test_what_the_header_says_is_told(elements: dict[str, object], code: str) -> None:
    assert codes(**elements) == [code]


def test_a_lossy_syntax_is_told_even_where_the_header_is_silent() -> None:
    assert codes(syntax=JPEGExtended12Bit) == ["LOSSY"]


@pytest.mark.parametrize("magic", [b"MZ\x90", b"\x7fELF", b"#!/bin/sh", b"PK\x03\x04", b"<html>"])
def test_a_preamble_of_another_kind_of_file_is_told(magic: bytes) -> None:
    assert codes(preamble=magic.ljust(128, b"\0")) == ["PREAMBLE"]


def test_the_preamble_of_a_dual_tiff_is_legal() -> None:
    assert codes(preamble=b"II*\0".ljust(128, b"\0")) == []


@pytest.mark.parametrize(
    ("elements", "told"),
    [
        ({"PixelSpacing": ["0.2", "0.2"], "PixelAspectRatio": [1, 1]}, []),
        ({"PixelSpacing": ["0.2", "0.1"]}, ["NOT_SQUARE"]),
        ({"PixelAspectRatio": [2, 1]}, ["NOT_SQUARE"]),
        ({"PixelSpacing": ["0.2", "0.1"], "PixelAspectRatio": [2, 1]}, ["NOT_SQUARE"]),
        ({"PixelSpacing": ["0.2", "0.2"], "PixelAspectRatio": [2, 1]}, ["PIXEL_SHAPE"]),
        ({"PixelAspectRatio": [0, 1]}, ["PIXEL_SHAPE"]),
        ({"PixelAspectRatio": [1000, 1]}, ["PIXEL_SHAPE"]),
        ({"PixelAspectRatio": [3]}, ["PIXEL_SHAPE"]),
    ],
)
def test_pixels_that_are_not_square_or_of_doubtful_shape_are_told(elements: dict, told: list[str]) -> None:
    assert codes(**elements) == told


def test_drawings_in_overlay_planes_are_told_as_not_shown() -> None:
    dataset = film_dataset(FILM, bits=12)
    dataset.add_new((0x6002, 0x3000), "OW", bytes(FILM.size // 8))
    assert [notice.code for notice in read_notices(parse(to_bytes(dataset)), bytes(128), FILM.nbytes)] == ["GRAPHICS"]
