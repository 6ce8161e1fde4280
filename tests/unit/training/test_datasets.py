from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.labelled_films import LABELS, SIDE, make_labelled_film, usual_rows, write_manifest

from radassist.domain.errors import DecodeError
from radassist.networks.card import InputSpec
from radassist.networks.preprocess import Preprocess
from radassist.training.augment import film_augmentation
from radassist.training.datasets import FilmSet, read_film_set, shuffled_batches, to_input
from radassist.training.events import FilmsRead
from radassist.training.manifest import Split, films_of, read_labelled_films

PREPROCESS = Preprocess(InputSpec(channels=1, height=SIDE, width=SIDE, via=None, mean=(0.4,), std=(0.2,)))


def read_fit(folder: Path, per_label: int = 20) -> tuple[list[FilmsRead], FilmSet]:
    loader = write_manifest(folder, usual_rows(per_label))
    films = films_of(read_labelled_films(folder), Split.FIT)
    steps = read_film_set(Split.FIT, films, LABELS, PREPROCESS, loader)
    events = []
    while True:
        try:
            events.append(next(steps))
        except StopIteration as finished:
            return events, finished.value


def test_films_and_labels_stay_together_and_in_order(tmp_path: Path) -> None:
    events, film_set = read_fit(tmp_path)
    assert events[-1] == FilmsRead(40, 40)
    assert len(film_set) == 40
    for film, grey, target in zip(film_set.films, film_set.grey, film_set.targets, strict=True):
        assert LABELS[target] == film.label
        assert np.array_equal(grey.numpy(), make_labelled_film(film.path.name, film.label).pixels)


def test_a_film_that_cannot_be_read_stops_the_reading_and_is_named(tmp_path: Path) -> None:
    loader = write_manifest(tmp_path, usual_rows(4))
    films = films_of(read_labelled_films(tmp_path), Split.FIT)
    loader.outcomes = {films[2].path.name: DecodeError(f"{films[2].path.name} is cut short.")}
    with pytest.raises(DecodeError, match=f"{films[2].path.name} is cut short"):
        list(read_film_set(Split.FIT, films, LABELS, PREPROCESS, loader))


def test_batches_hold_every_film_once_in_an_order_of_the_seed(tmp_path: Path) -> None:
    _, film_set = read_fit(tmp_path)
    orders = []
    for seed in (1, 1, 2):
        batches = list(shuffled_batches(film_set, None, batch_size=16, seed=seed))
        orders.append(torch.cat([grey for grey, _ in batches]))
    assert len(orders[0]) == len(film_set)
    assert torch.equal(orders[0], orders[1])
    assert not torch.equal(orders[0], orders[2])
    assert torch.equal(orders[0].flatten(1).sum(1).sort().values, film_set.grey.flatten(1).sum(1).sort().values)


def test_the_augmentation_of_a_film_does_not_depend_on_its_place_in_the_order(tmp_path: Path) -> None:
    _, film_set = read_fit(tmp_path)
    augmentation = film_augmentation((SIDE, SIDE))
    small, large = (
        torch.cat([grey for grey, _ in shuffled_batches(film_set, augmentation, batch_size=size, seed=3)])
        for size in (8, 20)
    )
    assert torch.equal(small, large)


@pytest.mark.parametrize(("films", "batches"), [(17, 2), (16, 2), (10, 2), (9, 1)])
def test_a_single_film_at_the_end_is_dropped_because_batch_norm_cannot_take_it(films: int, batches: int) -> None:
    film_set = FilmSet(Split.FIT, (), torch.zeros(films, 8, 8, dtype=torch.uint8), torch.zeros(films, dtype=torch.long))
    film_set = FilmSet(film_set.split, tuple([None] * films), film_set.grey, film_set.targets)  # type: ignore[arg-type]
    sizes = [len(targets) for _, targets in shuffled_batches(film_set, None, batch_size=8, seed=0)]
    assert len(sizes) == batches
    assert min(sizes) > 1


def test_a_batch_is_normalised_as_the_product_normalises_a_film() -> None:
    grey = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE), dtype=np.uint8)
    batch = to_input(torch.from_numpy(grey)[None, None], PREPROCESS)
    assert np.allclose(batch[0].numpy(), PREPROCESS.normalise(grey), atol=1e-6)
