"""Tolerant, typed reading of a DICOM header: what is absent, malformed or absurdly long reads as absent.

Everything pydicom can throw at a hostile element is caught here.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radassist.imaging.malformed import MALFORMED
from radassist.imaging.plain_text import plain

_LONGEST_VALUE = 1 << 16
_MOST_VALUES = 64


class Header:
    """A DICOM data set without its pixels, by keyword."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    def __contains__(self, keyword: str) -> bool:
        """Whether the element is there with a value."""
        return len(self.raw(keyword)) > 0 or self._value(keyword) not in (None, "", [])

    def text(self, keyword: str, limit: int = 256) -> str:
        """The value as one harmless line, several values joined by a backslash; empty when absent."""
        return plain("\\".join(self._texts(keyword)), limit)

    def code(self, keyword: str) -> str:
        """The first value of a code string, upper case; empty when absent."""
        values = self._texts(keyword)
        return plain(values[0], 64).upper() if values else ""

    def labels(self, keyword: str) -> tuple[str, ...]:
        """Every value as one short line each."""
        return tuple(plain(value, 64) for value in self._texts(keyword)[:_MOST_VALUES])

    def unsigned(self, keyword: str) -> int | None:
        """The value of an element that must hold exactly one unsigned 16-bit number (VR US)."""
        try:
            element = self._dataset[keyword]
            if element.VR == "US" and isinstance(element.value, int):
                return int(element.value)
        except MALFORMED:
            return None
        return None

    def integer(self, keyword: str) -> int | None:
        """One whole number, of any VR; None when absent, malformed or several."""
        numbers = self.numbers(keyword)
        return int(numbers[0]) if len(numbers) == 1 and numbers[0].is_integer() else None

    def numbers(self, keyword: str, most: int = _MOST_VALUES) -> tuple[float, ...]:
        """The first `most` values as numbers, NaN and infinity included; empty when one of them is none."""
        value = self._value(keyword)
        if value is None or value == "":
            return ()
        values = list(value)[:most] if isinstance(value, MultiValue | list) else [value]
        try:
            return tuple(float(each) for each in values)
        except MALFORMED:
            return ()

    def words(self, keyword: str) -> NDArray[np.uint16]:
        """The value as unsigned 16-bit words, whatever its VR; empty when absent."""
        raw = self.raw(keyword)
        order = "<u2" if self._is_little_endian(keyword) else ">u2"
        return np.frombuffer(raw[: len(raw) // 2 * 2], order).astype(np.uint16)

    def raw(self, keyword: str) -> bytes:
        """The bytes of a value that was not yet read as anything else; empty when absent."""
        element = self._element(keyword)
        return (element.value or b"") if element is not None else b""

    def items(self, keyword: str) -> tuple["Header", ...]:
        """The items of a sequence; empty when absent or malformed."""
        try:
            sequence = self._dataset[keyword]
            return tuple(Header(item) for item in sequence.value[:_MOST_VALUES]) if sequence.VR == "SQ" else ()
        except MALFORMED:
            return ()

    @property
    def dataset(self) -> Dataset:
        """The data set itself, for pydicom's own functions; they may raise any of `MALFORMED`."""
        return self._dataset

    def _texts(self, keyword: str) -> list[str]:
        value = self._value(keyword)
        if value is None:
            return []
        values = value if isinstance(value, MultiValue | list) else [value]
        return [str(each) for each in values[:_MOST_VALUES]]

    def _value(self, keyword: str) -> Any:
        if len(self.raw(keyword)) > _LONGEST_VALUE:
            return None
        try:
            return self._dataset[keyword].value
        except MALFORMED:
            return None

    def _is_little_endian(self, keyword: str) -> bool:
        element = self._element(keyword)
        return element is None or element.is_little_endian

    def _element(self, keyword: str) -> RawDataElement | None:
        """The element as it lies in the file, None when absent or already read as something else."""
        element = self._dataset.get_item(tag_for_keyword(keyword) or 0, keep_deferred=True)
        return element if isinstance(element, RawDataElement) else None
