"""Whole films: against DCMTK's pictures of the same files, and twins that must look alike."""

from pathlib import Path

import numpy as np
import pytest
from helpers.dicom_factory import film_bytes, lookup_table, phantom
from PIL import Image
from pydicom.uid import JPEGBaseline8Bit, JPEGLosslessSV1

from radassist.domain.errors import UnsupportedImage
from radassist.domain.radiograph import Radiograph, SpacingSource
from radassist.imaging.dicom import read_dicom
from radassist.imaging.rendering import full_range, to_grey8

GOLDEN = Path(__file__).parent / "golden"
FILM = phantom()
GREY = phantom(bits=8).astype(np.uint8)


def film(pixels: np.ndarray = FILM, bits: int = 12, **elements) -> Radiograph:
    return read_dicom(film_bytes(pixels, bits=bits, elements=elements))


def codes(read: Radiograph) -> list[str]:
    return [notice.code for notice in read.notices]


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.dcm")), ids=lambda path: path.stem)
def test_films_look_as_dcmtk_shows_them(path: Path) -> None:
    read = read_dicom(path.read_bytes())
    shown = to_grey8(read, full_range(read) if path.stem == "min_max" else None)
    expected = np.asarray(Image.open(path.with_suffix(".pgm")))
    assert np.abs(shown.astype(int) - expected).max() <= 1


@pytest.mark.parametrize(
    "inverse",
    [
        {"PhotometricInterpretation": "MONOCHROME1"},
        {"PresentationLUTShape": "INVERSE"},
        {"PhotometricInterpretation": "MONOCHROME1", "PresentationLUTShape": "INVERSE"},
    ],
)
def test_a_negative_is_inverted_once_however_often_it_says_so(inverse: dict[str, str]) -> None:
    for window in ({}, {"WindowCenter": "2048", "WindowWidth": "4096"}):
        assert np.array_equal(to_grey8(film(4095 - FILM, **window, **inverse)), to_grey8(film(**window)))


@pytest.mark.parametrize("inverse", [{}, {"PhotometricInterpretation": "MONOCHROME1"}])
def test_padding_is_black_and_does_not_shift_the_automatic_window(inverse: dict[str, str]) -> None:
    padded = np.clip(FILM, 100, 4095)
    padded[:30] = 0
    plain = film(np.clip(FILM, 100, 4095)[30:], **inverse)
    read = film(padded, PixelPaddingValue=0, **inverse)
    assert read.windows == plain.windows
    assert not to_grey8(read)[:30].any()
    assert np.array_equal(to_grey8(read)[30:], to_grey8(plain))


def test_left_justified_bits_and_garbage_around_them_look_like_the_clean_film() -> None:
    left = film((FILM << 4).astype(np.uint16) | np.uint16(9), HighBit=15)
    assert np.array_equal(left.pixels, film().pixels)
    assert np.array_equal(to_grey8(left), to_grey8(film()))


def test_the_voi_table_of_a_film_is_its_default() -> None:
    curve = (np.linspace(0, 1, 4096) ** 0.5 * 65535).astype(np.uint16)
    read = film(VOILUTSequence=[lookup_table(0, curve, 16)])
    assert np.array_equal(to_grey8(read), np.rint(curve[FILM] / 65535 * 255).astype(np.uint8))


def test_facts_tell_what_the_file_is() -> None:
    frames = np.stack([FILM, FILM])
    read = read_dicom(film_bytes(frames, bits=12, syntax=JPEGLosslessSV1, elements={"PixelSpacing": ["0.4", "0.2"]}))
    assert read.facts.format == "DICOM"
    assert read.facts.transfer_syntax == JPEGLosslessSV1
    assert read.facts.photometric == "MONOCHROME2"
    assert read.facts.frames == 2
    assert read.spacing is not None
    assert read.spacing.source is SpacingSource.UNKNOWN
    assert read.aspect == pytest.approx(2.0)
    assert read.identity.view == "PA"
    assert codes(read) == ["MULTIFRAME", "NOT_SQUARE"]


def test_a_film_without_contrast_is_told_and_black() -> None:
    read = film(np.full((70, 70), 700, np.uint16))
    assert codes(read) == ["NO_CONTRAST"]
    assert not to_grey8(read).any()


def test_a_grey_film_stored_in_colour_is_shown_as_it_was_and_needs_no_word() -> None:
    read = film(np.stack([GREY] * 3, axis=-1), bits=8)
    assert np.array_equal(to_grey8(read), GREY)
    assert read.facts.photometric == "RGB"
    assert codes(read) == []


def test_colours_become_brightness_and_are_told() -> None:
    rgb = np.stack([GREY, GREY // 3, 255 - GREY], axis=-1)
    read = film(rgb, bits=8)
    assert np.array_equal(to_grey8(read), np.asarray(Image.fromarray(rgb).convert("L")))
    assert codes(read) == ["COLOUR"]


def test_planes_of_colour_are_put_together() -> None:
    rgb = np.stack([GREY, GREY // 3, 255 - GREY], axis=-1)
    planes = np.ascontiguousarray(rgb.transpose(2, 0, 1)).reshape(rgb.shape)
    assert np.array_equal(film(planes, bits=8, PlanarConfiguration=1).pixels, film(rgb, bits=8).pixels)


def test_16_bit_colours_keep_their_range() -> None:
    deep = np.stack([GREY.astype(np.uint16) * 257] * 3, axis=-1)
    assert np.array_equal(to_grey8(film(deep, bits=16)), GREY)


def test_brightness_and_chroma_become_brightness() -> None:
    neutral = np.full_like(GREY, 128)
    read = film(np.stack([GREY, neutral, neutral], axis=-1), bits=8, PhotometricInterpretation="YBR_FULL")
    assert np.abs(to_grey8(read).astype(int) - GREY).max() <= 1


def test_palette_colours_become_brightness() -> None:
    grey = (np.arange(256) * 257).astype("<u2").tobytes()
    palette = {f"{colour}PaletteColorLookupTableDescriptor": [256, 0, 16] for colour in ("Red", "Green", "Blue")}
    palette |= {f"{colour}PaletteColorLookupTableData": grey for colour in ("Red", "Green", "Blue")}
    read = film(GREY, bits=8, PhotometricInterpretation="PALETTE COLOR", **palette)
    assert np.array_equal(to_grey8(read), GREY)


def test_lossy_films_say_so() -> None:
    assert codes(read_dicom(film_bytes(GREY, syntax=JPEGBaseline8Bit))) == ["LOSSY"]


def test_unknown_ways_to_store_a_picture_are_refused_not_guessed() -> None:
    with pytest.raises(UnsupportedImage, match="FOO"):
        film(PhotometricInterpretation="FOO")
