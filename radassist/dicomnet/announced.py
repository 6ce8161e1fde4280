"""Whether a film that comes by C-STORE is the one that its command announces."""

import struct
import zlib
from io import BytesIO

from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.tag import BaseTag, Tag
from pydicom.uid import UID
from pynetdicom.dimse_primitives import C_STORE

_CLASS, _INSTANCE = (Tag(tag_for_keyword(keyword) or 0) for keyword in ("SOPClassUID", "SOPInstanceUID"))
_HEAD_BYTES = 1 << 16
_UNREADABLE = (ValueError, LookupError, EOFError, NotImplementedError, RecursionError, struct.error, zlib.error)


def is_as_announced(request: C_STORE, syntax: UID) -> bool:
    """Whether class and instance of the data set are those of the command (PS3.4 B.2.3, status A900).

    A data set that names neither within its first 64 KiB is not as announced; nothing behind its SOP Instance UID is
    looked at.
    """
    if request.DataSet is None:
        return False
    head = bytes(request.DataSet.getbuffer()[:_HEAD_BYTES])
    try:
        beginning = _beginning(head, syntax)
    except _UNREADABLE:
        return False
    announced = (request.AffectedSOPClassUID, request.AffectedSOPInstanceUID)
    return [_text(beginning, tag) for tag in (_CLASS, _INSTANCE)] == [str(uid or "") for uid in announced]


def _beginning(head: bytes, syntax: UID) -> Dataset:
    if syntax.is_deflated:
        head = zlib.decompressobj(-zlib.MAX_WBITS).decompress(head, _HEAD_BYTES)
    return read_dataset(
        BytesIO(head),
        syntax.is_implicit_VR,
        syntax.is_little_endian,
        stop_when=_is_behind,
        specific_tags=[_CLASS, _INSTANCE],
    )


def _is_behind(tag: BaseTag, _vr: str | None, _length: int) -> bool:
    return bool(tag > _INSTANCE)


def _text(beginning: Dataset, tag: BaseTag) -> str | None:
    """The identifier as its bytes say; None where there is none. Not by pydicom's values: they warn of hostile ones."""
    element = beginning.get_item(tag) if tag in beginning else None
    if not isinstance(element, RawDataElement) or not element.value:
        return None
    return element.value.decode("ascii", "replace").rstrip("\0 ")
