"""Whether a film that comes by C-STORE is the one that its command announces."""

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO

from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.tag import BaseTag, Tag
from pydicom.uid import UID
from pynetdicom.dimse_primitives import C_STORE

_NAMES = ("SOPClassUID", "SOPInstanceUID")
_HEAD_BYTES = 1 << 16
_UNREADABLE = (ValueError, LookupError, EOFError, NotImplementedError, RecursionError, struct.error, zlib.error)


def is_as_announced(request: C_STORE, syntax: UID) -> bool:
    """Whether class and instance of the data set are those of the command (PS3.4 B.2.3, status A900).

    A data set that names neither within its first 64 KiB is not as announced; nothing behind its SOP Instance UID is
    looked at.
    """
    announced = (request.AffectedSOPClassUID, request.AffectedSOPInstanceUID)
    return texts_at_beginning(request, syntax, _NAMES, _HEAD_BYTES) == [str(uid or "") for uid in announced]


def texts_at_beginning(
    request: C_STORE, syntax: UID, keywords: Sequence[str], head_bytes: int
) -> list[str | None] | None:
    """What a data set says in some elements, nothing behind the last of them being looked at.

    Args:
        request: Brought it.
        syntax: In which it is encoded.
        keywords: Of the elements, by ascending tag.
        head_bytes: Of the data set, unpacked, at most so many are looked at.

    Returns:
        None for an element that is not there; None in place of all where they cannot be read.
    """
    if request.DataSet is None:
        return None
    tags = [Tag(tag_for_keyword(keyword) or 0) for keyword in keywords]
    try:
        beginning = _beginning(bytes(request.DataSet.getbuffer()[:head_bytes]), syntax, tags, head_bytes)
    except _UNREADABLE:
        return None
    return [_text(beginning, tag) for tag in tags]


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
