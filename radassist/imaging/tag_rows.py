"""Rows of a tag list, limited in number and length: a header may be built to have no end."""

from radassist.domain.tags import TagList, TagRow
from radassist.imaging.plain_text import plain

LONGEST_VALUE = 1000
_LONGEST_NAME = 100
_MOST_ROWS = 5000
_MOST_CHARACTERS = 1_000_000


class TagRows:
    """Collects rows until one of the limits is reached.

    Attributes:
        is_full: No more rows are taken.
    """

    def __init__(self) -> None:
        self.is_full = False
        self._rows: list[TagRow] = []
        self._characters = 0

    def add(self, name: str, value: str, *, tag: str = "", vr: str = "", depth: int = 0) -> None:
        """Take a row, its texts made harmless; does nothing once full."""
        self.is_full = self.is_full or len(self._rows) >= _MOST_ROWS or self._characters >= _MOST_CHARACTERS
        if self.is_full:
            return
        row = TagRow(depth, tag, vr, plain(name, _LONGEST_NAME), shortened(value))
        self._rows.append(row)
        self._characters += len(row.name) + len(row.value)

    def to_list(self, file_format: str) -> TagList:
        """All rows taken."""
        return TagList(file_format, tuple(self._rows), self.is_full)


def shortened(text: str, longest: int = LONGEST_VALUE) -> str:
    """One harmless line of `text`; where it is longer than `longest`, its beginning and how long it is."""
    if len(text) <= longest:
        return plain(text, longest)
    return f"{plain(text, longest)} … ({len(text):,} characters in all)"
