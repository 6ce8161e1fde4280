"""Lookup tables of a DICOM header: modality, VOI and palette tables (PS3.3 C.11.1.1, C.11.2.1.1, C.7.6.3.1.5)."""

import numpy as np
from numpy.typing import NDArray
from pydicom.pixels.processing import apply_color_lut

from radassist.domain.errors import DecodeError
from radassist.domain.radiograph import LookupTable
from radassist.imaging.dicom_header import Header
from radassist.imaging.malformed import MALFORMED
from radassist.imaging.notices import SEND_AGAIN

_FULL_TABLE = 1 << 16
_COLOURS = ("Red", "Green", "Blue")


def read_table(header: Header, prefix: str, lowest_input: float) -> LookupTable | None:
    """The table in `<prefix>Descriptor` and `<prefix>Data`, None when it is shorter than it says or no table at all.

    Args:
        header: Of the film, or a sequence item of it.
        prefix: For instance `LUT`.
        lowest_input: Where inputs may be negative, the first one mapped is signed, whatever its VR says.
    """
    descriptor = header.words(f"{prefix}Descriptor")
    if descriptor.size != 3:
        return None
    length, first, bits = int(descriptor[0]) or _FULL_TABLE, int(descriptor[1]), int(descriptor[2])
    entries = _entries(header, f"{prefix}Data", length)
    if entries is None or not 8 <= bits <= 16:
        return None
    if lowest_input < 0 and first >= 1 << 15:
        first -= 1 << 16
    depth = 8 if entries.dtype == np.uint8 else max(bits, int(entries.max()).bit_length())  # often understated
    name = header.text("LUTExplanation", 64) or "LUT of the file"
    return LookupTable(first, entries.astype(np.uint16), depth, name)


def apply_palette(indices: NDArray[np.uint8] | NDArray[np.uint16], header: Header) -> NDArray[np.uint8]:
    """Colours of a PALETTE COLOR picture.

    Args:
        indices: (H, W) stored values.
        header: Of the film.

    Returns:
        (H, W, 3), 8 bits a colour whatever the depth of the palette.

    Raises:
        DecodeError: If the palette cannot be used.
    """
    if "SegmentedRedPaletteColorLookupTableData" in header:
        return _apply_segmented_palette(indices, header)
    rgb = np.empty((*indices.shape, 3), np.uint8)
    for channel, colour in enumerate(_COLOURS):
        table = read_table(header, f"{colour}PaletteColorLookupTable", lowest_input=0)
        if table is None:
            raise _unusable_palette()
        shades = np.rint(table.entries * (255.0 / (2**table.bits - 1))).astype(np.uint8)
        rgb[..., channel] = shades[np.clip(indices.astype(np.int32) - table.first, 0, shades.size - 1)]
    return rgb


def _apply_segmented_palette(indices: NDArray[np.uint8] | NDArray[np.uint16], header: Header) -> NDArray[np.uint8]:
    """Palettes packed as line segments (PS3.3 C.7.9.2), which pydicom unpacks; it misreads plain big-endian ones."""
    try:
        rgb = apply_color_lut(indices, header.dataset)
    except MALFORMED as error:
        raise _unusable_palette() from error
    return (rgb >> (8 * rgb.itemsize - 8)).astype(np.uint8)


def _unusable_palette() -> DecodeError:
    return DecodeError(f"is damaged: its colour palette cannot be used. {SEND_AGAIN}")


def _entries(header: Header, keyword: str, length: int) -> NDArray[np.uint8] | NDArray[np.uint16] | None:
    """The entries, packed as bytes or as words."""
    raw = header.raw(keyword)
    if len(raw) in (length, length + length % 2) and len(raw) < 2 * length:
        return np.frombuffer(raw, np.uint8, length)
    words = header.words(keyword)
    return words[:length] if words.size >= length else None
