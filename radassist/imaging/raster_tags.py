"""What a PNG, JPEG or TIFF file says of itself, as rows: size, depth, EXIF and text entries. The pixels are not read.

Errors are sentences without their subject: `formats` puts the file's name before them.
"""

from io import BytesIO

from PIL import ExifTags, Image

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.domain.tags import TagList
from radassist.imaging.malformed import MALFORMED
from radassist.imaging.notices import SEND_AGAIN
from radassist.imaging.tag_rows import TagRows

_BYTES_SHOWN = 16


def read_raster_tags(data: bytes, format_name: str) -> TagList:
    """The facts of a raster file.

    Args:
        data: The whole file.
        format_name: `PNG`, `JPEG` or `TIFF`: nothing else is tried.

    Raises:
        DecodeError: If its header is damaged.
        UnsupportedImage: If it holds a picture far larger than a film.
    """
    rows = TagRows()
    rows.add("Format", format_name)
    rows.add("File size", f"{len(data):,} bytes")
    try:
        with Image.open(BytesIO(data), formats=(format_name,)) as image:
            _add_picture(rows, image)
            for name, value in image.info.items():
                rows.add(str(name), _in_words(value))
            for tag, value in image.getexif().items():
                rows.add(ExifTags.TAGS.get(tag, "Unknown"), _in_words(value), tag=f"EXIF {tag:04X}")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnsupportedImage("holds a picture far larger than a film.") from error
    except MALFORMED as error:
        raise DecodeError(f"is damaged or cut short. {SEND_AGAIN}") from error
    return rows.to_list(format_name)


def _add_picture(rows: TagRows, image: Image.Image) -> None:
    rows.add("Width", f"{image.width} pixels")
    rows.add("Height", f"{image.height} pixels")
    rows.add("Pixels", image.mode)
    rows.add("Pictures in the file", str(getattr(image, "n_frames", 1)))


def _in_words(value: object) -> str:
    if isinstance(value, bytes):
        more = " …" if len(value) > _BYTES_SHOWN else ""
        return f"{len(value):,} bytes: {value[:_BYTES_SHOWN].hex(' ')}{more}"
    return str(value)
