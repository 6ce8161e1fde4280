from itertools import pairwise

import pytest
import torch
from torch import nn

from radassist.training.options import Recipe
from radassist.training.schedule import make_average, make_optimizer, make_schedule, rate_factor


def test_the_rate_rises_linearly_then_falls_as_half_a_cosine() -> None:
    factors = [rate_factor(step, 10, 110) for step in range(111)]
    assert factors[:10] == pytest.approx([(step + 1) / 10 for step in range(10)])
    assert factors[60] == pytest.approx(0.505)
    assert factors[-1] == pytest.approx(0.01)
    assert all(later < earlier for earlier, later in pairwise(factors[10:]))


def test_a_schedule_ends_at_a_hundredth_of_the_peak() -> None:
    recipe = Recipe(epochs=4, learning_rate=0.1, warmup_epochs=1)
    optimizer = make_optimizer(nn.Linear(2, 2), recipe)
    schedule = make_schedule(optimizer, recipe, steps_per_epoch=5)
    rates = []
    for _ in range(20):
        rates.append(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()
    assert max(rates) == pytest.approx(0.1)
    assert schedule.get_last_lr()[0] == pytest.approx(0.001)


def test_biases_and_normalisation_do_not_decay() -> None:
    network = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4))
    decaying, free = make_optimizer(network, Recipe(weight_decay=0.3)).param_groups
    assert [tensor.ndim for tensor in decaying["params"]] == [4]
    assert decaying["weight_decay"] == 0.3
    assert [tensor.ndim for tensor in free["params"]] == [1, 1, 1]
    assert free["weight_decay"] == 0


def test_the_average_follows_weights_and_statistics_with_its_decay() -> None:
    network = nn.BatchNorm1d(1)
    average = make_average(network, Recipe(average_decay=0.9))
    average.update_parameters(network)
    with torch.no_grad():
        network.weight.fill_(2.0)
        network.running_mean.fill_(5.0)
    average.update_parameters(network)
    assert average.module.weight.item() == pytest.approx(0.9 * 1 + 0.1 * 2)
    assert average.module.running_mean.item() == pytest.approx(0.1 * 5)
