"""Reading a DICOM file that is to be sent: one that is damaged anywhere is told from a whole one, and never sent."""

import struct
import zlib
from pathlib import Path

from pydicom import Dataset, dcmread
from pydicom.dataelem import RawDataElement
from pydicom.errors import BytesLengthException, InvalidDicomError

_UNREADABLE = (
    InvalidDicomError,
    BytesLengthException,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)
_UNDEFINED = 0xFFFFFFFF
_NEEDED = ("SOPClassUID", "SOPInstanceUID")


def read_whole(file: Path) -> Dataset | None:
    """The object in `file`; None where it is damaged, cut short for instance, or does not name itself.

    Raises:
        OSError: If it cannot be read at all.
    """
    try:
        dataset = dcmread(file)
        is_whole = all(keyword in dataset for keyword in _NEEDED) and not _is_cut_short(dataset)
    except _UNREADABLE:
        return None
    return dataset if is_whole else None


def _is_cut_short(dataset: Dataset) -> bool:
    """Whether the last element has fewer bytes than it says: pydicom reads what there is without a word."""
    last = dataset.get_item(list(dataset.keys())[-1])
    return isinstance(last, RawDataElement) and last.length not in (len(last.value or b""), _UNDEFINED)
