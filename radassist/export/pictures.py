"""Pictures of a film as it is shown, as PNG, JPEG or TIFF files that say what they must not be used for."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from radassist.domain.errors import StoreError
from radassist.export.files import replacing_bytes

COMMENT = "Research use only, not for diagnosis."
FORMATS: Mapping[str, str] = MappingProxyType(
    {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".tif": "TIFF", ".tiff": "TIFF"}
)
_JPEG_QUALITY = 95
_IMAGE_DESCRIPTION = 270


def write_picture(pixels: NDArray[np.uint8], target: Path) -> None:
    """Write (H, W) or (H, W, 3) `pixels` in the format the name of `target` ends in, whole or not at all.

    Raises:
        StoreError: If the name ends in no known format, or `target` cannot be written.
    """
    kind = FORMATS.get(target.suffix.lower())
    if kind is None:
        raise StoreError(f"{target.name} cannot be written: its name must end in .png, .jpg or .tif.")
    with replacing_bytes(target) as file:
        Image.fromarray(pixels).save(file, format=kind, **_options(kind))


def _options(kind: str) -> dict[str, Any]:
    if kind == "PNG":
        return {"pnginfo": _png_comment()}
    if kind == "JPEG":
        return {"quality": _JPEG_QUALITY, "subsampling": 0, "comment": COMMENT}
    return {"compression": "tiff_lzw", "tiffinfo": _tiff_comment()}


def _png_comment() -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", COMMENT)
    return info


def _tiff_comment() -> ImageFileDirectory_v2:
    directory = ImageFileDirectory_v2()
    directory[_IMAGE_DESCRIPTION] = COMMENT
    return directory
