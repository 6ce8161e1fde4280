"""What rasters say of themselves, against what was written into them."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from radassist.domain.errors import DecodeError
from radassist.imaging.raster_tags import read_raster_tags

PICTURE = Image.fromarray(np.arange(200, dtype=np.uint8).reshape(10, 20))


def saved(format_name: str, **options: object) -> bytes:
    buffer = BytesIO()
    PICTURE.save(buffer, format_name, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["PNG", "JPEG", "TIFF"])
def test_size_and_kind_are_told(name: str) -> None:
    data = saved(name)
    listed = read_raster_tags(data, name)
    rows = {row.name: row.value for row in listed.rows}
    assert listed.format == rows["Format"] == name
    assert (rows["Width"], rows["Height"], rows["Pixels"]) == ("20 pixels", "10 pixels", "L")
    assert rows["File size"] == f"{len(data):,} bytes"


def test_text_entries_of_a_png_are_plain_text() -> None:
    info = PngInfo()
    info.add_text("Comment", "<b>hello</b>\n\x1b[2J")
    rows = {row.name: row.value for row in read_raster_tags(saved("PNG", pnginfo=info), "PNG").rows}
    assert rows["Comment"] == "<b>hello</b> [2J"


def test_exif_entries_have_their_names_and_numbers() -> None:
    exif = Image.Exif()
    exif[271] = "Maker"
    rows = {row.name: row for row in read_raster_tags(saved("JPEG", exif=exif), "JPEG").rows}
    assert (rows["Make"].value, rows["Make"].tag) == ("Maker", "EXIF 010F")


def test_bytes_are_counted_and_their_beginning_shown() -> None:
    rows = {row.name: row.value for row in read_raster_tags(saved("JPEG", icc_profile=bytes(100)), "JPEG").rows}
    assert rows["icc_profile"].startswith("100 bytes: 00 00") and rows["icc_profile"].endswith("…")


def test_a_damaged_file_is_refused_in_words() -> None:
    with pytest.raises(DecodeError, match="damaged"):
        read_raster_tags(saved("PNG")[:20], "PNG")
