from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from radassist.networks.card import InputSpec
from radassist.networks.preprocess import Preprocess
from radassist.networks.registry import create_network
from radassist.training.datasets import FilmSet, to_input
from radassist.training.guarding import FittedGuard, GuardFilms, fit_guard
from radassist.training.manifest import LabelledFilm, Split

PREPROCESS = Preprocess(InputSpec(channels=1, height=32, width=32, via=None, mean=(0.3,), std=(0.2,)))


def make_set(split: Split, count: int, *, brightest: int = 120) -> FilmSet:
    random = np.random.default_rng(count)
    grey = random.integers(0, brightest, (count, 32, 32), dtype=np.uint8)
    film = LabelledFilm(Path("a.png"), "NORMAL", "p", split)
    return FilmSet(split, (film,) * count, torch.from_numpy(grey), torch.zeros(count, dtype=torch.long))


def fitted(network: nn.Module, originals: FilmSet | None = None) -> FittedGuard:
    films = GuardFilms(make_set(Split.FIT, 200), make_set(Split.VALIDATION, 100), originals)
    steps = fit_guard(network, films, PREPROCESS, torch.device("cpu"))
    while True:
        try:
            next(steps)
        except StopIteration as finished:
            guard: FittedGuard = finished.value
            return guard


def distances(network: nn.Module, guard: FittedGuard, films: FilmSet) -> np.ndarray:
    with torch.inference_mode():
        features = network.features.block1(to_input(films.grey[:, None], PREPROCESS)).mean(dim=(2, 3))
    return guard.distance.of(features.numpy())


def test_a_guard_lets_films_like_the_training_films_pass_and_stops_others() -> None:
    torch.manual_seed(0)
    network = create_network("gap_cnn", widths=(4, 8), size=32).eval()
    guard = fitted(network)
    entry = guard.card_entry("0" * 64)
    assert entry.block == "block1"
    assert entry.refuse_beyond is not None
    assert (distances(network, guard, make_set(Split.TEST, 300)) <= entry.warn_beyond).mean() > 0.93
    assert (distances(network, guard, make_set(Split.TEST, 300, brightest=250)) > entry.refuse_beyond).all()


def test_the_entry_of_the_card_says_how_the_distances_were_chosen() -> None:
    torch.manual_seed(0)
    entry = fitted(create_network("gap_cnn", widths=(4, 8), size=32)).card_entry("ab" * 32)
    assert "99% quantile of validation" in entry.rule
    assert entry.refuse_beyond is not None
    assert abs(entry.refuse_beyond - 1.5 * entry.warn_beyond) < 1e-3
    assert entry.sha256 == "ab" * 32


def test_films_at_their_original_size_decide_from_where_on_it_warns() -> None:
    torch.manual_seed(0)
    network = create_network("gap_cnn", widths=(4, 8), size=32).eval()
    usual = fitted(network).card_entry("0" * 64)
    originals = make_set(Split.FIT, 40, brightest=140)
    guard = fitted(network, originals)
    entry = guard.card_entry("0" * 64)
    assert entry.warn_beyond == pytest.approx(distances(network, guard, originals).max(), abs=1e-3)
    assert entry.warn_beyond > usual.warn_beyond
    assert entry.refuse_beyond is not None
    assert entry.refuse_beyond >= entry.warn_beyond
    assert "farthest of 40 training films at their original size" in entry.rule


def test_original_films_nearer_than_validation_films_change_nothing() -> None:
    torch.manual_seed(0)
    network = create_network("gap_cnn", widths=(4, 8), size=32).eval()
    entry = fitted(network, make_set(Split.FIT, 3)).card_entry("0" * 64)
    assert (entry.warn_beyond, entry.rule) == (
        fitted(network).card_entry("0" * 64).warn_beyond, fitted(network).card_entry("0" * 64).rule
    )  # fmt: skip


def test_a_network_without_blocks_gets_no_feature_guard() -> None:
    films = GuardFilms(make_set(Split.FIT, 4), make_set(Split.VALIDATION, 4))
    steps = fit_guard(create_network("mlp", size=32, hidden=4), films, PREPROCESS, torch.device("cpu"))
    with pytest.raises(StopIteration) as finished:
        next(steps)
    assert finished.value.value is None
