"""From the bytes of a DICOM file to its tags as rows. The pixels are neither read nor shown.

Errors are sentences without their subject: `formats` puts the file's name before them.
"""

from collections.abc import Iterable

from pydicom.datadict import dictionary_has_tag, dictionary_VR
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from radassist.domain.tags import TagList
from radassist.imaging.dicom_file import UNDEFINED_LENGTH, PixelElement, parse
from radassist.imaging.malformed import MALFORMED
from radassist.imaging.tag_rows import LONGEST_VALUE, TagRows

_DEEPEST = 8
_MOST_VALUES = 200
_LONGEST_RAW = 1 << 16
_BYTES_SHOWN = 16
_BINARY = ("OB", "OW", "OF", "OD", "OL", "OV", "UN")
_UNREADABLE = "cannot be read"


def read_dicom_tags(data: bytes) -> TagList:
    """Every tag of file meta group and data set up to the pixel data, private ones included, sequences opened.

    Raises:
        DecodeError: If the header is damaged.
        UnsupportedImage: If it inflates to more than a film can need.
    """
    file = parse(data)
    rows = TagRows()
    _add_elements(rows, file.meta.dataset, depth=0)
    _add_elements(rows, file.header.dataset, depth=0)
    if file.pixels is not None:
        rows.add("Pixel Data", _pixels_in_words(file.pixels), tag="(7FE0,0010)", vr=file.pixels.vr)
    return rows.to_list("DICOM")


def _add_elements(rows: TagRows, dataset: Dataset, depth: int) -> None:
    for tag in sorted(dataset.keys()):
        if rows.is_full:
            return
        _add_element(rows, dataset, tag, depth)


def _add_element(rows: TagRows, dataset: Dataset, tag: BaseTag, depth: int) -> None:
    """One element; of one too long to be a text, only the length, without making it anything else."""
    place = f"({tag.group:04X},{tag.element:04X})"
    raw = dataset.get_item(tag, keep_deferred=True)
    if isinstance(raw, RawDataElement) and _is_bulk(raw):
        rows.add(_name_of(tag), f"{len(raw.value or b''):,} bytes", tag=place, vr=raw.VR or "", depth=depth)
        return
    try:
        element = dataset[tag]
        name, vr, value = element.name, str(element.VR), element.value
    except MALFORMED:
        rows.add(_name_of(tag), _UNREADABLE, tag=place, depth=depth)
        return
    if isinstance(value, Sequence):
        rows.add(name, _counted(len(value), "item"), tag=place, vr=vr, depth=depth)
        _add_items(rows, value, depth + 1)
    else:
        rows.add(name, _in_words(element), tag=place, vr=vr, depth=depth)


def _is_bulk(raw: RawDataElement) -> bool:
    """Too long for a text, and no sequence: those are opened item by item."""
    vr = raw.VR or (dictionary_VR(raw.tag) if dictionary_has_tag(raw.tag) else "UN")
    return len(raw.value or b"") > _LONGEST_RAW and vr != "SQ"


def _add_items(rows: TagRows, items: Iterable[Dataset], depth: int) -> None:
    if depth > _DEEPEST:
        rows.add("Deeper levels", "are not shown", depth=depth)
        return
    for number, item in enumerate(items, start=1):
        if rows.is_full:
            return
        rows.add(f"Item {number}", _counted(len(item.keys()), "element"), depth=depth)
        _add_elements(rows, item, depth + 1)


def _in_words(element: DataElement) -> str:
    value = element.value
    if isinstance(value, bytes):
        return _bytes_in_words(value, is_text=str(element.VR) not in _BINARY)
    try:
        if isinstance(value, MultiValue | list):
            more = f" … ({len(value):,} values in all)" if len(value) > _MOST_VALUES else ""
            return "\\".join(str(each) for each in value[:_MOST_VALUES]) + more
        return "" if value is None else str(value)
    except MALFORMED:
        return _UNREADABLE


def _bytes_in_words(value: bytes, *, is_text: bool) -> str:
    """Private values often are text that nobody declared as such: shown as text where all of it is."""
    stripped = value.rstrip(b"\0 ")
    if len(stripped) <= LONGEST_VALUE and stripped.isascii() and stripped.decode("ascii", "replace").isprintable():
        return stripped.decode("ascii")
    if is_text:
        return stripped.decode("latin-1")
    more = " …" if len(value) > _BYTES_SHOWN else ""
    return f"{len(value):,} bytes: {value[:_BYTES_SHOWN].hex(' ')}{more}"


def _pixels_in_words(pixels: PixelElement) -> str:
    if pixels.length == UNDEFINED_LENGTH:
        return "compressed; not shown"
    return f"{pixels.length:,} bytes; not shown"


def _name_of(tag: BaseTag) -> str:
    """The dictionary's name, without looking at the value."""
    return DataElement(tag, "UN", b"").name


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
