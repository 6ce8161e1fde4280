"""What a file says of itself, as a flat list of rows for people. Every text is harmless, bounded, one line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TagRow:
    """One element of a header.

    Attributes:
        depth: Sequences it lies in; 0 at the top.
        tag: `(0010,0010)`, or what stands for it in files that have no such numbers; empty for facts of the file.
        vr: DICOM value representation; empty elsewhere.
        name: What the element is called.
        value: As text, several values joined by a backslash; cut short where it is very long, and then it says so.
    """

    depth: int
    tag: str
    vr: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class TagList:
    """The header of one file.

    Attributes:
        format: `DICOM`, `PNG`, `JPEG` or `TIFF`.
        rows: In the file's order, the items of a sequence after it.
        is_cut: There are more rows than are told.
    """

    format: str
    rows: tuple[TagRow, ...]
    is_cut: bool = False
