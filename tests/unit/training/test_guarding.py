from pathlib import Path

import numpy as np
import torch
from torch import nn

from radassist.networks.card import InputSpec
from radassist.networks.preprocess import Preprocess
from radassist.networks.registry import create_network
from radassist.training.datasets import FilmSet, to_input
from radassist.training.guarding import FittedGuard, fit_guard
from radassist.training.manifest import LabelledFilm, Split

PREPROCESS = Preprocess(InputSpec(channels=1, height=32, width=32, via=None, mean=(0.3,), std=(0.2,)))


def make_set(split: Split, count: int, *, brightest: int = 120) -> FilmSet:
    random = np.random.default_rng(count)
    grey = random.integers(0, brightest, (count, 32, 32), dtype=np.uint8)
    film = LabelledFilm(Path("a.png"), "NORMAL", "p", split)
    return FilmSet(split, (film,) * count, torch.from_numpy(grey), torch.zeros(count, dtype=torch.long))


def fitted(network: nn.Module) -> FittedGuard:
    steps = fit_guard(
        network, make_set(Split.FIT, 200), make_set(Split.VALIDATION, 100), PREPROCESS, torch.device("cpu")
    )
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
