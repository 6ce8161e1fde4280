"""Colours by meaning: a theme file's tokens, the palette and the style sheet made of them."""

import json
from dataclasses import dataclass

from radassist.paths import resources_dir


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by meaning, each `#rrggbb`.

    Attributes:
        film: Behind the film; black in every theme.
        window, surface, raised: Backgrounds, from the back to the front.
        border, focus: Lines; `focus` marks what has the keyboard.
        text, muted: Words, and words of less weight; readable on all three backgrounds.
        accent, on_accent: Selection and progress, and words on it.
        positive, negative, undetermined: Suspected, not suspected, no decision; told apart without red and green.
        warning, danger: Needs attention; went wrong.
    """

    name: str
    film: str
    window: str
    surface: str
    raised: str
    border: str
    focus: str
    text: str
    muted: str
    accent: str
    on_accent: str
    positive: str
    negative: str
    undetermined: str
    warning: str
    danger: str


def load_theme(name: str) -> Theme:
    """The theme `name` of `resources/themes`."""
    path = resources_dir() / "themes" / f"{name}.json"
    return Theme(name=name, **json.loads(path.read_text(encoding="utf-8")))
