"""A small drawing in a colour of the theme as it is now."""

from helpers.pictures import grab

from radassist.gui.theme import load_theme
from radassist.gui.widgets.sign import Sign


def test_the_drawing_has_the_colour_of_the_theme_also_after_the_theme_changed(qtbot) -> None:
    theme = load_theme("dark")
    sign = Sign(theme, 48)
    qtbot.addWidget(sign)
    sign.show_drawing("stop", lambda colors: colors.danger)
    dark = grab(sign)
    assert _has(dark, theme.danger)
    theme.become(load_theme("light"))
    light = grab(sign)
    assert _has(light, load_theme("light").danger) and not _has(light, load_theme("dark").danger)


def test_without_a_drawing_nothing_is_painted(qtbot) -> None:
    sign = Sign(load_theme("dark"), 16)
    qtbot.addWidget(sign)
    assert len({tuple(pixel) for pixel in grab(sign).reshape(-1, grab(sign).shape[-1])}) == 1


def _has(picture, color: str) -> bool:
    wanted = [int(color[start : start + 2], 16) for start in (1, 3, 5)]
    return bool((picture[..., :3] == wanted).all(axis=-1).any())
