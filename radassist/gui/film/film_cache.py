"""The films around the one on the screen, decoded and scored, within a limit of bytes."""

from collections import OrderedDict
from dataclasses import dataclass

from radassist.domain.analysis import Analysis
from radassist.domain.radiograph import Radiograph
from radassist.gui.film.film_levels import FilmLevels

DEFAULT_LIMIT = 512 * 2**20


@dataclass(frozen=True, slots=True, eq=False)
class CachedFilm:
    """A decoded film with what is known of it.

    Attributes:
        analysis: With feature maps; None while it is being scored or where no score may be given.
        problem: Why there is no score, one sentence; empty otherwise.
        levels: Made ahead for the screen.
    """

    radiograph: Radiograph
    analysis: Analysis | None = None
    problem: str = ""
    levels: FilmLevels | None = None

    @property
    def is_complete(self) -> bool:
        """Whether nothing more will be learned by analysing it again."""
        return self.analysis is not None or bool(self.problem)

    @property
    def nbytes(self) -> int:
        """Bytes of the pixels, of what was made ahead of them, and of the maps."""
        maps = self.analysis.feature_maps if self.analysis else ()
        ahead = self.levels.nbytes if self.levels else 0
        return self.radiograph.pixels.nbytes + ahead + sum(entry.activations.nbytes for entry in maps)


class FilmCache:
    """Least recently used films go first; the newest stays even if it alone passes the limit."""

    def __init__(self, limit: int = DEFAULT_LIMIT) -> None:
        self._limit = limit
        self._films: OrderedDict[int, CachedFilm] = OrderedDict()

    def __contains__(self, number: int) -> bool:
        return number in self._films

    def get(self, number: int) -> CachedFilm | None:
        """The film of worklist item `number`, which counts as used now."""
        if number in self._films:
            self._films.move_to_end(number)
        return self._films.get(number)

    def put(self, number: int, film: CachedFilm) -> None:
        """Keep `film` for worklist item `number`, letting the oldest go where room is needed."""
        self._films[number] = film
        self._films.move_to_end(number)
        while len(self._films) > 1 and self.nbytes > self._limit:
            self._films.popitem(last=False)

    def clear(self) -> None:
        """Forget every film."""
        self._films.clear()

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return sum(film.nbytes for film in self._films.values())
