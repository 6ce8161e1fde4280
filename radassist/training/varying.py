"""Films as they come and as other places would have made them, so that what is fitted to them holds elsewhere, too."""

from collections.abc import Generator
from dataclasses import dataclass, replace

import torch

from radassist.training.augment import film_augmentation
from radassist.training.datasets import AugmentedFilms, FilmSet
from radassist.training.events import FilmsVaried

_REPORT_EVERY = 50


@dataclass(frozen=True, slots=True)
class Variations:
    """How films are varied before calibration and threshold are fitted.

    Attributes:
        count: Varied copies of each film beside the film itself; 0 for none.
        strength: As in `augment.film_augmentation`.
        seed: Equal seeds give equal copies.
    """

    count: int = 0
    strength: float = 1.0
    seed: int = 0

    @property
    def in_words(self) -> str:
        """To follow the name of the films in a card; empty without copies."""
        if self.count == 0:
            return ""
        return f", each film as it is and in {self.count} variation(s) of strength {self.strength:g}"


def vary(films: FilmSet, variations: Variations) -> Generator[FilmsVaried, None, FilmSet]:
    """A set of the same split: all films as they are, then all of them varied once, twice, ... `count` times."""
    if variations.count == 0:
        return films
    augmentation = film_augmentation((films.grey.shape[1], films.grey.shape[2]), variations.strength)
    total, parts = variations.count * len(films), [films.grey]
    for copy in range(variations.count):
        source, varied = AugmentedFilms(films, augmentation, variations.seed + copy), []
        for index in range(len(films)):
            varied.append(source[index][0])
            if (index + 1) % _REPORT_EVERY == 0:
                yield FilmsVaried(copy * len(films) + index + 1, total)
        parts.append(torch.cat(varied))
    copies = variations.count + 1
    return replace(
        films, films=films.films * copies, grey=torch.cat(parts), targets=films.targets.repeat(copies), copies=copies
    )
