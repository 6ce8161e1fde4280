import numpy as np
import pytest
import torch
from captum.attr import IntegratedGradients
from helpers.opened import films, opened

from radassist.explain.integrated_gradients import LEVELS, integrated_gradients


@pytest.fixture(scope="module")
def steps():
    model = opened()
    film = films(model, 1)
    return model, film, list(integrated_gradients(model.network, film, torch.full_like(film, -2.0), 1))


def test_the_last_map_is_captums(steps) -> None:
    model, film, made = steps
    theirs = IntegratedGradients(model.network).attribute(
        film, torch.full_like(film, -2.0), target=1, n_steps=LEVELS[-1] + 1, method="riemann_trapezoid"
    )
    # captum divides the sum over 33 points by 33, where the way between them has 32 parts.
    parts = LEVELS[-1]
    np.testing.assert_allclose(made[-1].result * parts / (parts + 1), theirs[0].sum(dim=0).numpy(), atol=1e-6)


def test_the_map_adds_up_to_the_difference_of_the_scores(steps) -> None:
    model, film, made = steps
    with torch.no_grad():
        difference = model.network(film)[0, 1] - model.network(torch.full_like(film, -2.0))[0, 1]
    assert made[-1].result.sum() == pytest.approx(float(difference), rel=0.05)


def test_a_coarse_map_comes_first_and_the_count_ends_at_its_total(steps) -> None:
    _, _, made = steps
    assert [step.result is None for step in made[:3]] == [True, True, False]
    assert (made[-1].done, made[-1].total) == (LEVELS[-1] + 1, LEVELS[-1] + 1)
    assert [step.done for step in made] == sorted({step.done for step in made})
