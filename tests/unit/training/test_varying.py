from pathlib import Path

import numpy as np
import torch

from radassist.training.datasets import FilmSet
from radassist.training.events import FilmsVaried
from radassist.training.manifest import LabelledFilm, Split
from radassist.training.varying import Variations, vary


def make_set(count: int = 60) -> FilmSet:
    grey = torch.from_numpy(np.random.default_rng(0).integers(0, 256, (count, 32, 32), dtype=np.uint8))
    films = tuple(LabelledFilm(Path(f"{row}.png"), "NORMAL", "p", Split.CALIBRATION) for row in range(count))
    return FilmSet(Split.CALIBRATION, films, grey, torch.arange(count) % 2)


def varied(variations: Variations) -> tuple[FilmSet, list[FilmsVaried]]:
    steps, events = vary(make_set(), variations), []
    while True:
        try:
            events.append(next(steps))
        except StopIteration as finished:
            return finished.value, events


def test_the_films_as_they_are_come_first_and_copies_follow_in_the_same_order() -> None:
    films, events = varied(Variations(2, 1.0))
    before = make_set()
    assert (len(films), films.copies, films.split) == (180, 3, Split.CALIBRATION)
    assert torch.equal(films.grey[:60], before.grey)
    assert films.films == before.films * 3
    assert torch.equal(films.targets[120:], before.targets)
    assert not torch.equal(films.grey[60:120], before.grey)
    assert not torch.equal(films.grey[60:120], films.grey[120:])
    assert [(event.done, event.total) for event in events] == [(50, 120), (110, 120)]


def test_equal_seeds_give_equal_copies() -> None:
    first, second, other = (varied(Variations(1, 0.5, seed))[0].grey for seed in (3, 3, 4))
    assert torch.equal(first, second)
    assert not torch.equal(first, other)


def test_without_copies_the_films_are_handed_on() -> None:
    films, events = varied(Variations())
    assert (len(films), films.copies, events) == (60, 1, [])
    assert Variations().in_words == ""


def test_copies_are_named_with_their_strength() -> None:
    assert Variations(4, 0.5).in_words == ", each film as it is and in 4 variation(s) of strength 0.5"
