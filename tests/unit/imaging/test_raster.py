"""Pictures without DICOM: every mode Pillow knows, upright, to the grey Pillow itself decodes."""

import io
import struct
import zlib

import numpy as np
import pytest
from helpers.dicom_factory import phantom
from PIL import Image

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.domain.radiograph import Radiograph, Window
from radassist.imaging.raster import read_raster
from radassist.imaging.rendering import to_grey8

GREY = phantom(bits=8).astype(np.uint8)
DEEP = phantom(bits=16)
ORIENTATION = 0x0112
LOSSLESS = ["PNG", "TIFF"]


def encoded(image: Image.Image, format_name: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format_name, **options)
    return stream.getvalue()


def read(image: Image.Image, format_name: str = "PNG", **options: object) -> Radiograph:
    return read_raster(encoded(image, format_name, **options), format_name)


def codes(film: Radiograph) -> list[str]:
    return [notice.code for notice in film.notices]


def png_header(width: int, height: int, depth: int, colour_type: int) -> bytes:
    """A PNG with nothing behind its header but an empty picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("format_name", LOSSLESS)
def test_8_bit_grey_is_shown_as_it_is(format_name: str) -> None:
    film = read(Image.fromarray(GREY), format_name)
    assert film.windows == (Window(128.0, 256.0, name="Full range"),)
    assert film.facts.format == format_name
    assert codes(film) == []
    assert np.array_equal(to_grey8(film), GREY)


def test_a_grey_jpeg_gives_exactly_the_grey_pillow_decodes() -> None:
    data = encoded(Image.fromarray(GREY), "JPEG", quality=75)
    assert np.array_equal(to_grey8(read_raster(data, "JPEG")), np.asarray(Image.open(io.BytesIO(data))))


def test_a_jpeg_in_colour_gives_exactly_pillows_luminance() -> None:
    data = encoded(Image.fromarray(np.stack([GREY, GREY // 2, GREY // 3], axis=-1)), "JPEG")
    film = read_raster(data, "JPEG")
    assert np.array_equal(to_grey8(film), np.asarray(Image.open(io.BytesIO(data)).convert("L")))
    assert codes(film) == ["COLOUR"]
    assert film.facts.photometric == "RGB"


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "P"])
def test_grey_stored_in_another_mode_is_the_same_grey_and_needs_no_word(mode: str) -> None:
    film = read(Image.fromarray(GREY).convert(mode))
    assert np.array_equal(to_grey8(film), GREY)
    assert codes(film) == []


def test_a_cmyk_jpeg_is_not_inverted() -> None:
    film = read(Image.fromarray(GREY).convert("RGB").convert("CMYK"), "JPEG", quality=95)
    assert np.abs(to_grey8(film).astype(int) - GREY).max() <= 16
    assert codes(film) == []


def test_black_and_white_is_black_and_white() -> None:
    film = read(Image.fromarray(GREY).convert("1"))
    assert set(np.unique(to_grey8(film))) == {0, 255}


@pytest.mark.parametrize("format_name", LOSSLESS)
def test_16_bit_grey_is_not_clipped(format_name: str) -> None:
    film = read(Image.fromarray(DEEP), format_name)
    assert np.array_equal(film.pixels, DEEP)
    assert film.bits_stored == 16


def test_16_bit_grey_that_uses_12_bits_is_not_dark() -> None:
    grey = to_grey8(read(Image.fromarray(phantom(bits=12))))
    assert (grey.min(), grey.max()) == (0, 255)


def test_a_16_bit_tiff_whose_white_is_zero_is_a_negative() -> None:
    positive = read(Image.fromarray(DEEP), "TIFF")
    negative = read(Image.fromarray(65535 - DEEP), "TIFF", tiffinfo={262: 0})
    assert negative.inverted
    assert negative.facts.photometric == "MONOCHROME1"
    assert np.array_equal(to_grey8(negative), to_grey8(positive))


def test_an_8_bit_tiff_whose_white_is_zero_is_undone_by_pillow() -> None:
    film = read(Image.fromarray(GREY), "TIFF", tiffinfo={262: 0})
    assert np.array_equal(to_grey8(film), GREY)


def test_a_big_endian_tiff_has_the_same_values() -> None:
    rows, columns = DEEP.shape
    entries = [(256, 4, columns), (257, 4, rows), (258, 3, 16 << 16), (259, 3, 1 << 16), (262, 3, 1 << 16)]
    entries += [(273, 4, 8 + 2 + 8 * 12 + 4), (277, 3, 1 << 16), (279, 4, DEEP.nbytes)]
    directory = b"".join(struct.pack(">HHII", tag, kind, 1, value) for tag, kind, value in entries)
    data = b"MM\x00*" + struct.pack(">IH", 8, len(entries)) + directory + bytes(4) + DEEP.astype(">u2").tobytes()
    assert np.array_equal(read_raster(data, "TIFF").pixels, DEEP)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("pixels", [GREY, DEEP], ids=["8 bits", "16 bits"])
def test_films_are_turned_upright(orientation: int, pixels: np.ndarray) -> None:
    stored = {
        1: pixels,
        2: pixels[:, ::-1],
        3: pixels[::-1, ::-1],
        4: pixels[::-1],
        5: pixels.T,
        6: np.rot90(pixels, 1),
        7: pixels[::-1, ::-1].T,
        8: np.rot90(pixels, -1),
    }[orientation]
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    film = read(Image.fromarray(np.ascontiguousarray(stored)), exif=exif)
    assert np.array_equal(film.pixels, pixels)


def test_transparent_parts_are_black_and_told() -> None:
    alpha = np.full_like(GREY, 255)
    alpha[:40] = 0
    film = read(Image.fromarray(np.stack([GREY, alpha], axis=-1)))
    assert not to_grey8(film)[:40].any()
    assert np.array_equal(to_grey8(film)[40:], GREY[40:])
    assert codes(film) == ["TRANSPARENT"]


def test_transparency_that_takes_nothing_visible_away_needs_no_word() -> None:
    assert codes(read(Image.fromarray(GREY).convert("P"), transparency=3)) == []


def test_a_transparent_value_of_a_16_bit_png_is_padding() -> None:
    film = read(Image.fromarray(DEEP), transparency=int(DEEP[0, 0]))
    assert film.padding == (DEEP[0, 0], DEEP[0, 0])
    assert to_grey8(film)[0, 0] == 0


@pytest.mark.parametrize("format_name", LOSSLESS)
def test_of_several_pictures_the_first_is_shown(format_name: str) -> None:
    more = [Image.fromarray(255 - GREY)]
    film = read(Image.fromarray(GREY), format_name, save_all=True, append_images=more)
    assert np.array_equal(to_grey8(film), GREY)
    assert codes(film) == ["MULTIFRAME"]
    assert film.facts.frames == 2


@pytest.mark.parametrize("pixels", [np.zeros((70, 70), np.uint8), np.full((70, 70), 900, np.uint16)])
def test_a_picture_without_contrast_is_told(pixels: np.ndarray) -> None:
    assert codes(read(Image.fromarray(pixels))) == ["NO_CONTRAST"]


@pytest.mark.parametrize(
    ("format_name", "options"),
    [
        ("PNG", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_deflate"}),
    ],
)
@pytest.mark.filterwarnings("ignore")  # Pillow warns of the damage before it raises
def test_no_part_of_a_picture_is_ever_shown(format_name: str, options: dict[str, object]) -> None:
    data = encoded(Image.fromarray(GREY), format_name, **options)
    for share in (0.2, 0.5, 0.8, 0.97):
        with pytest.raises(DecodeError, match="damaged or cut short"):
            read_raster(data[: int(len(data) * share)], format_name)


def test_a_changed_byte_in_a_png_is_noticed() -> None:
    data = bytearray(encoded(Image.fromarray(GREY), "PNG"))
    data[len(data) // 2] ^= 1
    with pytest.raises(DecodeError, match="damaged"):
        read_raster(bytes(data), "PNG")


@pytest.mark.parametrize(
    "header",
    [
        (30_000, 30_000, 1, 0),
        (20_000, 20_000, 16, 0),
        (13_300, 13_300, 16, 6),
        (1, 20_001, 8, 0),
        (2**31 - 1,) * 2 + (8, 0),
    ],
)
def test_bombs_are_refused_by_their_header(header: tuple[int, int, int, int]) -> None:
    with pytest.raises(UnsupportedImage, match="far larger"):
        read_raster(png_header(*header), "PNG")


@pytest.mark.parametrize("mode", ["F", "I"])
def test_depths_that_are_not_read_are_refused(mode: str) -> None:
    with pytest.raises(UnsupportedImage, match="only pictures of 8 and 16 bits"):
        read(Image.fromarray(GREY).convert(mode), "TIFF")


def test_nothing_but_the_announced_format_is_tried() -> None:
    with pytest.raises(DecodeError):
        read_raster(encoded(Image.fromarray(GREY), "PNG"), "JPEG")
