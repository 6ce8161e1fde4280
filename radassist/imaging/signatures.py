"""What the first bytes of a file say of it. No library is asked, so that looking costs nothing."""

import struct

_PREAMBLE = 128
_OTHER_KINDS = {
    b"BM": "a BMP picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a WebP picture or a recording",
    b"%PDF": "a PDF document",
    b"%!PS": "a PostScript document",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a gzip archive",
    b"<": "a web page or other text",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"version https://git-lfs": "a pointer to a file that was not downloaded",
}


def is_dicom(head: bytes) -> bool:
    """DICOM with its preamble, or starting right away with an element of group 0002 or 0008."""
    return has_preamble(head) or _starts_with_an_element(head)


def has_preamble(head: bytes) -> bool:
    """Whether the DICOM prefix stands after a preamble of 128 bytes."""
    return head[_PREAMBLE : _PREAMBLE + 4] == b"DICM"


def is_png(head: bytes) -> bool:
    """The PNG signature."""
    return head.startswith(b"\x89PNG\r\n\x1a\n")


def is_jpeg(head: bytes) -> bool:
    """A JPEG start of image followed by a marker."""
    return head.startswith(b"\xff\xd8\xff")


def is_tiff(head: bytes) -> bool:
    """TIFF in either byte order."""
    return head.startswith((b"II*\x00", b"MM\x00*"))


def kind_in_words(head: bytes) -> str:
    """What a file that is none of these seems to be, with its article."""
    kinds = (kind for magic, kind in _OTHER_KINDS.items() if head.startswith(magic))
    return next(kinds, "not a picture this program knows")


def _starts_with_an_element(head: bytes) -> bool:
    if len(head) < 8:
        return False
    if head[4:6].isalpha() and head[4:6].isupper():  # a value representation: explicit VR, either byte order
        return head[:2] in (b"\x02\x00", b"\x08\x00", b"\x00\x08")
    element, length = struct.unpack("<HI", head[2:8])
    return head[:2] == b"\x08\x00" and element <= 0x0018 and length <= 1024
