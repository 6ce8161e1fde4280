"""Every way a film's own file offers to show it, by name, and the film without a lookup table. Nothing here paints."""

from collections.abc import Callable
from dataclasses import dataclass

from radassist.domain.radiograph import LookupTable, Radiograph, Window
from radassist.gui.film.corner_texts import window_lines
from radassist.gui.widgets.plain_text import one_line

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, eq=False)
class WindowChoice:
    """One way to show a film; `text` is one harmless line."""

    text: str
    window: Window | LookupTable


@dataclass(frozen=True, slots=True)
class OfferedView:
    """An entry of the list that comes from beside the film's own file.

    Attributes:
        text: One harmless line.
        apply: Shows the film so; None where it cannot be, and `text` says why.
    """

    text: str
    apply: Callable[[], object] | None = None


def window_choices(film: Radiograph) -> tuple[WindowChoice, ...]:
    """The file's windows and tables in its own order; where it has a table, then the film without any."""
    offered = tuple(WindowChoice(_words(window), window) for window in film.windows)
    plain = plain_window(film)
    return offered if plain is None else (*offered, WindowChoice(f"No lookup table ({_words(plain)})", plain))


def plain_window(film: Radiograph) -> Window | None:
    """What switches a film's lookup tables off: its first window that is none; None where it has no tables."""
    windows = [window for window in film.windows if isinstance(window, Window)]
    return windows[0] if windows and len(windows) < len(film.windows) else None


def _words(window: Window | LookupTable) -> str:
    numbers, name = window_lines(window)
    return one_line(f"{one_line(name, _LONGEST_NAME)} · {numbers}" if name else numbers)
