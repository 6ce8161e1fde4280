"""Texts from files and headers, made harmless for spreadsheets and terminals."""

import re
import unicodedata

# What spreadsheets take for a formula at the start of a cell (OWASP ASVS 1.2.10), full-width forms included. A cell
# may also begin after a semicolon, where that is the list separator of the reader's country.
_FORMULA = re.compile("(^|;)(?=\\s*['=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20])")
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def inert(text: str) -> str:
    """`text` as a cell no spreadsheet executes: a leading apostrophe where needed, control characters spelled out."""
    return spelled_out(_FORMULA.sub(r"\1'", text))


def spelled_out(text: str) -> str:
    """`text` on one line: control characters, and surrogates (bytes of a file name that are no UTF-8), as escapes."""
    return text if text.isprintable() else "".join(map(_spelled_out, text))


def _spelled_out(character: str) -> str:
    if unicodedata.category(character) not in _UNPRINTABLE:
        return character
    return character.encode("unicode_escape").decode("ascii")
