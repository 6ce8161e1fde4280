"""Reads a few texts at the beginning of a data set that came over the network, and nothing behind them."""

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO

from pydicom.config import IGNORE
from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.tag import BaseTag, Tag
from pydicom.uid import UID

_UNREADABLE = (ValueError, LookupError, EOFError, NotImplementedError, RecursionError, struct.error, zlib.error)
_PREAMBLE_BYTES, _MAGIC = 128, b"DICM"
_META_GROUP = 0x0002
_META_BYTES = 1 << 16


def texts_at_beginning(
    content: bytes | memoryview, syntax: UID, keywords: Sequence[str], head_bytes: int
) -> list[str | None] | None:
    """What a data set says in some elements, nothing behind the last of them being looked at.

    Args:
        content: The data set.
        syntax: In which it is encoded.
        keywords: Of the elements, by ascending tag.
        head_bytes: Of the data set, unpacked, at most so many are looked at.

    Returns:
        None for an element that is not there; None in place of all where they cannot be read.
    """
    tags = [Tag(tag_for_keyword(keyword) or 0) for keyword in keywords]
    try:
        beginning = _beginning(bytes(content[:head_bytes]), syntax, tags, head_bytes)
    except _UNREADABLE:
        return None
    return [_text(beginning, tag) for tag in tags]


def split_file(content: bytes) -> tuple[memoryview, UID] | None:
    """The data set of a DICOM file and the transfer syntax that its meta group names; None where it is no such file."""
    meta_at = _PREAMBLE_BYTES + len(_MAGIC)
    if content[_PREAMBLE_BYTES:meta_at] != _MAGIC:
        return None
    file = BytesIO(content[meta_at : meta_at + _META_BYTES])
    try:
        meta = read_dataset(file, False, True, stop_when=lambda tag, _vr, _length: tag.group != _META_GROUP)
    except _UNREADABLE:
        return None
    syntax = _text(meta, Tag(tag_for_keyword("TransferSyntaxUID") or 0))
    return (memoryview(content)[meta_at + file.tell() :], UID(syntax, validation_mode=IGNORE)) if syntax else None


def _beginning(head: bytes, syntax: UID, tags: list[BaseTag], head_bytes: int) -> Dataset:
    if syntax.is_deflated:
        head = zlib.decompressobj(-zlib.MAX_WBITS).decompress(head, head_bytes)
    return read_dataset(
        BytesIO(head),
        syntax.is_implicit_VR,
        syntax.is_little_endian,
        stop_when=lambda tag, _vr, _length: bool(tag > tags[-1]),
        specific_tags=list(tags),
    )


def _text(beginning: Dataset, tag: BaseTag) -> str | None:
    """The identifier as its bytes say; None where there is none. Not by pydicom's values: they warn of hostile ones."""
    element = beginning.get_item(tag) if tag in beginning else None
    if not isinstance(element, RawDataElement) or not element.value:
        return None
    return element.value.decode("ascii", "replace").rstrip("\0 ")
