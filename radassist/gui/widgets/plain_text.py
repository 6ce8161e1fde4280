"""Text from files made fit to be shown: one short line, names in the order people read them, tool tips."""

import html
import unicodedata

from radassist.imaging.plain_text import plain

_MOST_MARKS = 2


def one_line(text: str, longest: int = 200) -> str:
    """`text` made harmless, on one line of at most `longest` characters.

    Accents beyond two on one letter go: piled up, they paint over the lines above and below.
    """
    kept: list[str] = []
    marks = 0
    for character in plain(text, longest):
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def person_name(text: str) -> str:
    """A DICOM person name (PS3.5 6.2.1) for the eye: `DOE^JANE^A` becomes `DOE, JANE A`."""
    family, *others = one_line(text).split("=")[0].split("^")
    given = " ".join(part.strip() for part in others if part.strip())
    return ", ".join(part for part in (family.strip(), given) if part)


def as_markup(text: str) -> str:
    """Lines of `text` as markup that shows them as they are written.

    For tool tips: Qt guesses whether one is markup, and a tag in a file or a model's card must not tip the scale.
    """
    return f"<p>{'<br>'.join(html.escape(text).splitlines())}</p>"
