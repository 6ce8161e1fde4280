from dataclasses import replace

import numpy as np
import pytest
import torch
from helpers.opened import opened, taken
from torch import nn

from radassist.explain.fidelity import AT_ONCE, SCORES, STEPS, Fidelity, fidelity
from radassist.explain.open_model import FedFilm


class Patch(nn.Module):
    """Says yes as far as one corner of the film is as it was."""

    def __init__(self, film: torch.Tensor) -> None:
        super().__init__()
        self.corner = film[:, :, :8, :8].clone()

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        distance = (batch[:, :, :8, :8] - self.corner).abs().mean(dim=(1, 2, 3))
        return torch.stack([16 * distance - 1, 1 - 16 * distance], dim=1) * 3


def film_of_patch() -> FedFilm:
    film = taken(opened())
    return replace(film, model=replace(film.model, network=Patch(film.batch)))


def corner_map(value: float) -> np.ndarray:
    values = np.zeros((8, 8), np.float32)
    values[:2, :2] = value
    return values


def curves(values: np.ndarray) -> Fidelity:
    *ticks, found = fidelity(film_of_patch(), values, 1)
    assert ticks
    assert set(ticks) == {None}
    assert found is not None
    return found


def test_a_map_of_what_the_score_rests_on_falls_and_rises_early() -> None:
    found = curves(corner_map(1.0))
    assert found.deletion.area < 0.2
    assert found.insertion.area > 0.8


def test_the_opposite_map_does_the_opposite() -> None:
    found = curves(corner_map(-1.0))
    assert found.deletion.area > 0.8
    assert found.insertion.area < 0.2


def test_both_curves_go_from_one_end_to_the_other() -> None:
    found = curves(corner_map(1.0))
    deletion, insertion = found.deletion.probabilities, found.insertion.probabilities
    assert len(deletion) == len(insertion) == STEPS + 1
    assert deletion[0] == pytest.approx(insertion[-1])
    assert deletion[-1] == pytest.approx(insertion[0])


def test_random_orders_lie_between_a_map_of_what_matters_and_its_opposite() -> None:
    found = curves(corner_map(1.0))
    assert found.deletion.area < found.random.area < found.insertion.area
    assert len(found.random.probabilities) == STEPS + 1
    assert found.random.probabilities[0] == found.deletion.probabilities[0]
    assert found.random.probabilities[-1] == found.deletion.probabilities[-1]


def test_random_orders_have_nothing_to_do_with_the_values_of_the_map() -> None:
    assert curves(corner_map(1.0)).random == curves(corner_map(-1.0)).random


def test_the_films_scored_are_as_many_as_is_told() -> None:
    *ticks, _ = fidelity(film_of_patch(), corner_map(1.0), 1)
    assert AT_ONCE * len(ticks) == SCORES
