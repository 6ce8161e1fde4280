"""Colours by meaning: a theme file's tokens, and the palette, style sheet and icons made of them.

A window has one `Theme` for as long as it lives; what it holds may change while the window is open. So colours are read
when something is painted, and never kept.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from string import Template

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from radassist.paths import resources_dir

_PLATE_ALPHA = 190


@dataclass(slots=True)
class Theme:
    """Colours by meaning, each `#rrggbb`. Not frozen: see `become`.

    Attributes:
        film: Behind the film; black in every theme.
        on_film, on_film_muted: Words over the film, and words of less weight; light in every theme.
        window, surface, raised: Backgrounds, from the back to the front.
        border, focus: Lines; `focus` marks what has the keyboard.
        text, muted: Words, and words of less weight; readable on all three backgrounds.
        track: What a bar of `accent` is filled in on.
        accent, on_accent: Selection and progress, and words on it.
        positive, negative, undetermined: Suspected, not suspected, no decision; told apart without red and green.
        warning, danger: Needs attention; went wrong.
        mark, mark_chosen: Lines and words a reader draws on the film, and those taken hold of; in no colour map.
    """

    name: str
    film: str
    on_film: str
    on_film_muted: str
    window: str
    surface: str
    raised: str
    border: str
    focus: str
    text: str
    muted: str
    track: str
    accent: str
    on_accent: str
    positive: str
    negative: str
    undetermined: str
    warning: str
    danger: str
    mark: str
    mark_chosen: str

    def become(self, other: "Theme") -> None:
        """Take over every colour of `other`, so that all who hold this theme paint in those from now on."""
        for field in fields(self):
            setattr(self, field.name, getattr(other, field.name))

    @property
    def plate(self) -> QColor:
        """The ground of words over the film: they can be read on white bone, and the film still shows through."""
        ground = QColor(self.film)
        ground.setAlpha(_PLATE_ALPHA)
        return ground

    @property
    def chosen_row(self) -> str:
        """The ground of a chosen row that keeps the colours of its words."""
        return mix(self.accent, self.raised, 0.8)

    @property
    def disabled(self) -> str:
        """Words that cannot be acted on: half way from `muted` to `surface`."""
        return mix(self.muted, self.surface, 0.5)


def load_theme(name: str) -> Theme:
    """The theme `name` of `resources/themes`."""
    path = resources_dir() / "themes" / f"{name}.json"
    return Theme(name=name, **json.loads(path.read_text(encoding="utf-8")))


def theme_name(wanted: str) -> str:
    """`wanted` where there is such a theme; else, for `system`, dark or light as the desktop has it.

    Dark where the desktop says nothing: films are read in dark rooms.
    """
    if wanted in list_themes():
        return wanted
    return "light" if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light else "dark"


def list_themes() -> tuple[str, ...]:
    """Names of the themes there are, sorted."""
    return tuple(sorted(path.stem for path in (resources_dir() / "themes").glob("*.json")))


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole program: Fusion style, palette and one style sheet."""
    app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


def change_theme(app: QApplication, theme: Theme, wanted: str) -> None:
    """Dress the whole running program as `wanted`, a theme's name or `system`; costs nothing where it is so already."""
    name = theme_name(wanted)
    if name == theme.name:
        return
    theme.become(load_theme(name))
    app.setStyleSheet("")  # from one sheet to the next at once, Qt takes four times as long
    app.setPalette(palette(theme))  # first: the style sheet gives its widgets palettes made of this one
    app.setStyleSheet(style_sheet(theme))
    for widget in app.allWidgets():
        widget.update()


def icon(name: str, theme: Theme) -> QIcon:
    """The drawing `name` of `resources/icons`, its `currentColor` in the theme's text colour, sharp at every size."""
    return QIcon(_SvgIconEngine(_drawing(name), lambda: theme.text, lambda: theme.disabled))


def tinted_icon(name: str, color: str) -> QIcon:
    """The drawing `name` of `resources/icons` in one colour for ever: for what is painted afresh each time."""
    return QIcon(_SvgIconEngine(_drawing(name), lambda: color, lambda: color))


def _drawing(name: str) -> bytes:
    return (resources_dir() / "icons" / f"{name}.svg").read_bytes()


def style_sheet(theme: Theme) -> str:
    """The style sheet of `resources/themes` with the theme's colours filled in."""
    template = Template((resources_dir() / "themes" / "style.qss").read_text(encoding="utf-8"))
    icons = (resources_dir() / "icons").as_posix()
    return template.substitute(asdict(theme), disabled=theme.disabled, icons=icons)


def palette(theme: Theme) -> QPalette:
    """The palette for whatever the style sheet leaves to Fusion."""
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.surface,
        role.WindowText: theme.text,
        role.Base: theme.window,
        role.AlternateBase: theme.surface,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.focus,
        role.LinkVisited: theme.focus,
    }
    made = QPalette()
    for key, color in colors.items():
        made.setColor(key, QColor(color))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.disabled))
    return made


def mix(color: str, other: str, share: float) -> str:
    """`color` moved by `share` in [0, 1] towards `other`, both `#rrggbb`."""
    one, two = QColor(color), QColor(other)
    pairs = ((one.red(), two.red()), (one.green(), two.green()), (one.blue(), two.blue()))
    return "#" + "".join(f"{round(start + (end - start) * share):02x}" for start, end in pairs)


class _SvgIconEngine(QIconEngine):
    """Draws one SVG afresh for each size and pixel ratio that is asked for, in what is the mode's colour by then."""

    def __init__(self, drawing: bytes, normal: Callable[[], str], disabled: Callable[[], str]) -> None:
        super().__init__()
        self._drawing, self._normal, self._disabled = drawing, normal, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        color = self._disabled() if mode is QIcon.Mode.Disabled else self._normal()
        drawing = self._drawing.replace(b"currentColor", color.encode())
        QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _SvgIconEngine(self._drawing, self._normal, self._disabled)
