"""Text from files made harmless: one line, bounded, nothing that moves the cursor or the reading order."""

import unicodedata

_REORDERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str, limit: int = 256) -> str:
    """One line of at most `limit` characters without control, surrogate and reordering characters."""
    kept = "".join(_harmless(character) for character in text[: 4 * limit])
    return " ".join(kept.split())[:limit].rstrip()


def _harmless(character: str) -> str:
    if character.isspace():
        return " "
    if character in _REORDERING or unicodedata.category(character) == "Cc":
        return ""
    return "\ufffd" if unicodedata.category(character) == "Cs" else character
