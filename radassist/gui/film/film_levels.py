"""Halved copies of a film, made ahead in a worker: those of a large film would hold up the window for a second."""

from dataclasses import dataclass

from radassist.domain.radiograph import Radiograph
from radassist.gui.film.pyramid import Pyramid
from radassist.imaging import rendering

_BUILT_TO = 256
_LARGE = 16_000_000


@dataclass(frozen=True, slots=True, eq=False)
class FilmLevels:
    """What a view paints from.

    Attributes:
        values: Stored values, for windows that move.
        greys: Greys of the file's default window, for the film at rest.
    """

    values: Pyramid
    greys: Pyramid

    @property
    def nbytes(self) -> int:
        """Bytes held besides the film's own pixels."""
        return self.values.nbytes_of_halves + self.greys.nbytes_of_halves + self.greys.level(0).nbytes


def make_levels(film: Radiograph) -> FilmLevels:
    """All levels a screen can ask for at first; values of large films too, those of others take no time later."""
    levels = FilmLevels(Pyramid(film.pixels, film.padding), Pyramid(rendering.to_grey8(film)))
    levels.greys.build(_BUILT_TO)
    if film.pixels.size >= _LARGE:
        levels.values.build(_BUILT_TO)
    return levels
