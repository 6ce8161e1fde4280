import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from radassist.gui.actions.action_table import ACTIONS
from radassist.gui.theme import (
    Theme,
    change_theme,
    icon,
    list_themes,
    load_theme,
    mix,
    palette,
    style_sheet,
    theme_name,
    tinted_icon,
)
from radassist.paths import resources_dir

GROUNDS = ("window", "surface", "raised")
WORDS = ("text", "muted", "positive", "negative", "undetermined", "warning", "danger")
DRAWINGS = sorted(path.stem for path in (resources_dir() / "icons").glob("*.svg"))


@pytest.fixture(params=["dark", "light"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def luminance(color: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(color: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2), 1 to 21."""
    low, high = sorted((luminance(color), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_agrees_with_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_there_is_a_dark_and_a_light_theme() -> None:
    assert list_themes() == ("dark", "light")


@pytest.mark.parametrize("ground", [*GROUNDS, "chosen_row"])
@pytest.mark.parametrize("word", WORDS)
def test_words_can_be_read_on_every_ground(theme: Theme, word: str, ground: str) -> None:
    assert contrast(getattr(theme, word), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize(("word", "ground"), [("on_accent", "accent"), ("on_film", "film"), ("on_film_muted", "film")])
def test_words_on_film_and_selection_can_be_read(theme: Theme, word: str, ground: str) -> None:
    assert contrast(getattr(theme, word), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("grey", [0, 128, 255])
@pytest.mark.parametrize("word", ["on_film", "mark", "mark_chosen"])
def test_words_over_the_film_can_be_read_on_black_air_and_white_bone(theme: Theme, word: str, grey: int) -> None:
    plate, film = theme.plate, f"#{grey:02x}{grey:02x}{grey:02x}"
    assert contrast(getattr(theme, word), mix(film, plate.name(), plate.alphaF())) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("mark", ["focus", "accent"])
def test_marks_stand_out_from_every_ground(theme: Theme, mark: str, ground: str) -> None:
    assert contrast(getattr(theme, mark), getattr(theme, ground)) >= 3


@pytest.mark.parametrize("bar", ["accent", "warning"])
def test_a_bar_stands_out_from_what_it_is_filled_in_on(theme: Theme, bar: str) -> None:
    assert contrast(getattr(theme, bar), theme.track) >= 3


@pytest.mark.parametrize("bar", ["positive", "negative", "undetermined"])
def test_a_score_stands_out_from_the_rest_of_its_bar(theme: Theme, bar: str) -> None:
    assert contrast(getattr(theme, bar), theme.border) >= 3


def test_the_film_lies_on_black_in_every_theme(theme: Theme) -> None:
    assert theme.film == "#000000"


def test_every_colour_of_the_style_sheet_is_filled_in(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    assert theme.accent in sheet


def test_disabled_words_are_fainter_than_muted_ones(theme: Theme) -> None:
    assert contrast(theme.disabled, theme.surface) < contrast(theme.muted, theme.surface)


def test_mixing_moves_from_one_colour_to_the_other() -> None:
    assert mix("#000000", "#ff8040", 0.0) == "#000000"
    assert mix("#000000", "#ff8040", 0.5) == "#804020"
    assert mix("#000000", "#ff8040", 1.0) == "#ff8040"


def test_the_palette_takes_its_colours_from_the_theme(theme: Theme) -> None:
    made = palette(theme)
    assert made.window().color() == QColor(theme.surface)
    assert made.highlight().color() == QColor(theme.accent)
    assert made.color(made.ColorGroup.Disabled, made.ColorRole.Text) == QColor(theme.disabled)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", DRAWINGS)
def test_every_drawing_can_be_drawn(name: str) -> None:
    assert _colors(tinted_icon(name, "#ff0000"), 24)


@pytest.mark.usefixtures("qapp")
def test_every_act_with_an_icon_has_its_drawing() -> None:
    assert {spec.icon for spec in ACTIONS if spec.icon} <= set(DRAWINGS)


@pytest.mark.usefixtures("qapp")
def test_an_icon_has_the_colour_of_text_and_a_fainter_one_when_disabled(theme: Theme) -> None:
    made = icon("stop", theme)
    assert _colors(made, 48) == {theme.text}
    assert _colors(made, 48, QIcon.Mode.Disabled) == {theme.disabled}


@pytest.mark.usefixtures("qapp")
def test_the_programs_own_icon_keeps_its_colours(theme: Theme) -> None:
    assert len(_colors(icon("radassist", theme), 48)) > 5


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_at_the_pixels_of_the_screen(ratio: float) -> None:
    picture = tinted_icon("fit", "#ffffff").pixmap(QSize(20, 20), ratio)
    assert picture.size() == QSize(round(20 * ratio), round(20 * ratio))
    assert picture.devicePixelRatio() == ratio


@pytest.mark.usefixtures("qapp")
def test_an_icon_outlives_its_maker() -> None:
    copy = QIcon(icon("open", load_theme("dark")))
    assert _colors(copy, 24)


def _colors(made: QIcon, side: int, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    image: QImage = made.pixmap(QSize(side, side), 1.0, mode).toImage()
    colors = (image.pixelColor(x, y) for x in range(side) for y in range(side))
    return {color.name() for color in colors if color.alpha() == 255}


def test_a_theme_that_is_not_there_gives_way_to_the_desktops(qapp) -> None:
    assert theme_name("light") == "light"
    assert theme_name("system") in list_themes()
    assert theme_name("pink") == theme_name("system")


def test_a_theme_that_becomes_another_has_all_its_colours() -> None:
    theme = load_theme("dark")
    theme.become(load_theme("light"))
    assert theme == load_theme("light") != load_theme("dark")


@pytest.mark.usefixtures("qapp")
def test_an_icon_follows_its_theme() -> None:
    theme = load_theme("dark")
    made = icon("stop", theme)
    theme.become(load_theme("light"))
    assert _colors(made, 48) == {load_theme("light").text}


def test_changing_to_the_theme_there_is_changes_nothing(qapp: QApplication) -> None:
    before = qapp.styleSheet()
    change_theme(qapp, load_theme("dark"), "dark")
    assert qapp.styleSheet() == before
