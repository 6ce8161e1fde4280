"""From the bytes of a PNG, JPEG or TIFF file to a Radiograph, with Pillow.

Errors are sentences without their subject: `formats` puts the film's name before them.
"""

from dataclasses import replace
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageOps

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.domain.radiograph import FileFacts, ModalityTransform, Notice, Radiograph, Window
from radassist.imaging.colour import is_coloured
from radassist.imaging.histogram import histogram
from radassist.imaging.malformed import MALFORMED
from radassist.imaging.notices import COLOUR, NO_CONTRAST, SEND_AGAIN, multiframe, small

_MAX_SIDE = 20_000
_MAX_PIXELS = 100_000_000
_FULL_8_BIT = Window(128.0, 256.0, name="Full range")
_DEEP_GREY = ("I;16", "I;16L", "I;16B", "I;16N")
_TOO_DEEP = {"F": "floating point", "I": "32-bit"}
_PHOTOMETRIC_TAG, _WHITE_IS_ZERO = 262, 0
_VISIBLE_LOSS = 8
_TRANSPARENT = Notice("TRANSPARENT", "Parts of the picture are transparent; they are shown black.")


def read_raster(data: bytes, format_name: str) -> Radiograph:
    """The film in a raster file, upright.

    Args:
        data: The whole file.
        format_name: `PNG`, `JPEG` or `TIFF`: nothing else is tried, whatever the file's name says.

    Raises:
        DecodeError: If the file is damaged or cut short.
        UnsupportedImage: If it is far larger than a film, or of a depth that is not read.
    """
    try:
        if format_name == "PNG":
            _verify(data)
        with Image.open(BytesIO(data), formats=(format_name,)) as image:
            _require_readable(image)
            frames = int(getattr(image, "n_frames", 1))
            ImageOps.exif_transpose(image, in_place=True)
            film = _film(image, format_name, frames)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnsupportedImage("holds a picture far larger than a film.") from error
    except MALFORMED as error:
        raise DecodeError(f"is damaged or cut short. {SEND_AGAIN}") from error
    return film


def _verify(data: bytes) -> None:
    """Compare the checksums of a PNG; decoding alone does not look at all of them."""
    with Image.open(BytesIO(data), formats=("PNG",)) as image:
        image.verify()


def _require_readable(image: Image.Image) -> None:
    """Judge by the header, before anything is unpacked."""
    width, height = image.size
    if max(width, height) > _MAX_SIDE or width * height > _MAX_PIXELS:
        raise UnsupportedImage("holds a picture far larger than a film.")
    if image.mode in _TOO_DEEP:
        raise UnsupportedImage(f"holds {_TOO_DEEP[image.mode]} pixels; only pictures of 8 and 16 bits are read.")


def _film(image: Image.Image, format_name: str, frames: int) -> Radiograph:
    film = _deep_film(image) if image.mode in _DEEP_GREY else _shallow_film(image)
    return replace(
        film,
        facts=FileFacts(format=format_name, photometric=_photometric(image), frames=frames),
        notices=(*multiframe(frames), *film.notices, *small(film.height, film.width)),
    )


def _deep_film(image: Image.Image) -> Radiograph:
    """16-bit grey: never through `convert`, which clips at 255."""
    pixels = np.asarray(image).astype(np.uint16, copy=False)
    transparent = image.info.get("transparency")
    padding = (transparent, transparent) if isinstance(transparent, int) else None
    picture = histogram(pixels, ModalityTransform(), padding)
    return Radiograph(
        pixels=pixels,
        bits_stored=16,
        windows=(picture.automatic_window(),),
        inverted=_is_white_zero(image),
        padding=padding,
        notices=(NO_CONTRAST,) if picture.is_constant else (),
    )


def _shallow_film(image: Image.Image) -> Radiograph:
    """Up to 8 bits a channel, grey or colour, shown as it is."""
    flat, transparent = _flatten(image)
    pixels: NDArray[np.uint8] = np.asarray(_in_mode("L", flat))
    told = {
        COLOUR: flat.mode == "RGB" and is_coloured(np.asarray(flat)),
        _TRANSPARENT: transparent,
        NO_CONTRAST: _is_constant(pixels),
    }
    notices = tuple(notice for notice, is_true in told.items() if is_true)
    return Radiograph(pixels=pixels, bits_stored=8, windows=(_FULL_8_BIT,), notices=notices)


def _is_constant(pixels: NDArray[np.uint8]) -> bool:
    """Whether all pixels are the same; most films tell by their first row."""
    return bool(np.ptp(pixels[0]) == 0 and np.ptp(pixels) == 0)


def _flatten(image: Image.Image) -> tuple[Image.Image, bool]:
    """The picture as L or RGB over black, and whether transparency visibly took something away."""
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        black = Image.new("RGBA", rgba.size, (0, 0, 0, 255))
        flat = Image.alpha_composite(black, rgba).convert("RGB")
        loss = np.asarray(ImageChops.difference(flat, rgba.convert("RGB")))
        return flat, bool(loss.max() > _VISIBLE_LOSS)
    return _in_mode("L" if image.mode in ("1", "L") else "RGB", image), False


def _in_mode(mode: str, image: Image.Image) -> Image.Image:
    """`image` itself where it has that mode: Pillow would copy it."""
    return image if image.mode == mode else image.convert(mode)


def _is_white_zero(image: Image.Image) -> bool:
    """TIFF's WhiteIsZero, which Pillow undoes for 8 bits but not for 16."""
    tags = getattr(image, "tag_v2", {})
    return bool(tags.get(_PHOTOMETRIC_TAG, 1) == _WHITE_IS_ZERO)


def _photometric(image: Image.Image) -> str:
    """The nearest DICOM word for how the picture is stored."""
    if image.mode in (*_DEEP_GREY, "1", "L", "LA"):
        return "MONOCHROME1" if _is_white_zero(image) else "MONOCHROME2"
    return "PALETTE COLOR" if image.mode in ("P", "PA") else image.mode
