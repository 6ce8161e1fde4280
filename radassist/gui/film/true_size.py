"""How large a film must be shown so that a millimetre on it is a millimetre on the screen."""

from dataclasses import dataclass

from PySide6.QtGui import QScreen

from radassist.domain.errors import UserError
from radassist.domain.film_scale import FilmScale

_SANE_DOTS_PER_MM = (1.5, 40.0)


@dataclass(frozen=True, slots=True)
class ScreenSize:
    """What a screen says of itself.

    Attributes:
        pixels: Device pixels across.
        millimetres: Across; 0 where the screen does not say.
    """

    pixels: float
    millimetres: float


def size_of(screen: QScreen) -> ScreenSize:
    """Width of `screen` in device pixels and millimetres."""
    return ScreenSize(screen.size().width() * screen.devicePixelRatio(), screen.physicalSize().width())


def true_size_zoom(scale: FilmScale, screen: ScreenSize) -> float:
    """Device pixels a film pixel at true size.

    Raises:
        UserError: If the size of the film's pixels or of the screen's is not known, or cannot be right.
    """
    if not scale.is_metric:
        raise UserError(f"There is no true size: {scale.origin[0].lower()}{scale.origin[1:]}")
    dots = screen.pixels / screen.millimetres if screen.millimetres > 0 else 0.0
    low, high = _SANE_DOTS_PER_MM
    if not low <= dots <= high:
        raise UserError("There is no true size: this screen does not say how large it is.")
    return scale.across * dots
