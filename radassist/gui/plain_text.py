"""Text from files made safe and short enough to paint: one line, no control characters, no tricks of direction."""

import unicodedata

_MOST_MARKS = 2


def one_line(text: str, longest: int = 200) -> str:
    """`text` on one line of at most `longest` characters.

    Control and format characters (line ends, escape codes, overrides of writing direction, zero-width characters) are
    dropped, runs of spaces become one, and accents beyond two on one letter, which would paint over the neighbours, go.
    """
    kept: list[str] = []
    marks = 0
    for character in text[: 4 * longest]:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if character.isspace():
            kept.append(" ")
        elif not category.startswith("C") and marks <= _MOST_MARKS:
            kept.append(character)
    return " ".join("".join(kept).split())[:longest]


def person_name(text: str) -> str:
    """A DICOM person name (PS3.5 6.2.1) for the eye: `DOE^JANE^A` becomes `DOE, JANE A`."""
    family, *others = one_line(text).split("=")[0].split("^")
    given = " ".join(part.strip() for part in others if part.strip())
    return ", ".join(part for part in (family.strip(), given) if part)
