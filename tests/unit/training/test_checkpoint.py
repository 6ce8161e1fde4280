from pathlib import Path

import pytest
import torch
from torch import nn

from radassist.domain.errors import StoreError, UserError
from radassist.training.checkpoint import TrainingState, has_checkpoint, load_checkpoint, save_checkpoint
from radassist.training.events import EpochMetrics
from radassist.training.options import Recipe
from radassist.training.schedule import make_average, make_optimizer, make_schedule

RECIPE = Recipe(epochs=3)


def make_state(features: int = 3, *, steps: int = 0) -> TrainingState:
    torch.manual_seed(steps)
    network = nn.Sequential(nn.Linear(features, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))
    optimizer = make_optimizer(network, RECIPE)
    state = TrainingState(
        network, make_average(network, RECIPE), optimizer, make_schedule(optimizer, RECIPE, 4), {}, []
    )
    for _ in range(steps):
        optimizer.zero_grad()
        network(torch.randn(5, features)).square().sum().backward()
        optimizer.step()
        state.schedule.step()
        state.average.update_parameters(network)
    if steps:
        state.best.update({name: tensor.clone() for name, tensor in network.state_dict().items()})
        state.history.append(EpochMetrics(1, 0.5, 0.4, 0.9, 1e-3, 12.5))
    return state


def test_a_checkpoint_brings_everything_back(tmp_path: Path) -> None:
    saved, fresh = make_state(steps=6), make_state()
    save_checkpoint(saved, RECIPE, tmp_path)
    assert load_checkpoint(fresh, RECIPE, tmp_path)
    assert fresh.history == saved.history
    assert fresh.schedule.last_epoch == saved.schedule.last_epoch
    assert fresh.optimizer.param_groups[0]["lr"] == pytest.approx(saved.optimizer.param_groups[0]["lr"])
    for name, tensor in saved.average.state_dict().items():
        assert torch.equal(tensor, fresh.average.state_dict()[name])
    for number, moments in saved.optimizer.state_dict()["state"].items():
        for moment, tensor in moments.items():
            assert torch.equal(tensor, fresh.optimizer.state_dict()["state"][number][moment])
    assert fresh.best.keys() == saved.best.keys()


def test_without_a_checkpoint_nothing_changes(tmp_path: Path) -> None:
    assert not has_checkpoint(tmp_path)
    assert not load_checkpoint(make_state(), RECIPE, tmp_path)


def test_only_the_newest_checkpoint_is_kept(tmp_path: Path) -> None:
    state = make_state(steps=2)
    save_checkpoint(state, RECIPE, tmp_path)
    state.history.append(EpochMetrics(2, 0.4, 0.3, 0.95, 1e-3, 12.5))
    save_checkpoint(state, RECIPE, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["epoch2.safetensors", "state.json"]


def test_a_checkpoint_of_another_recipe_is_refused(tmp_path: Path) -> None:
    save_checkpoint(make_state(steps=2), RECIPE, tmp_path)
    with pytest.raises(UserError, match="made with other settings"):
        load_checkpoint(make_state(), Recipe(epochs=4), tmp_path)


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    save_checkpoint(make_state(steps=2), RECIPE, tmp_path)
    with pytest.raises(UserError, match="belongs to another network"):
        load_checkpoint(make_state(features=7), RECIPE, tmp_path)


@pytest.mark.parametrize("name", ["epoch1.safetensors", "state.json"])
def test_a_damaged_checkpoint_is_refused(tmp_path: Path, name: str) -> None:
    save_checkpoint(make_state(steps=2), RECIPE, tmp_path)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:40])
    with pytest.raises(UserError, match="is damaged"):
        load_checkpoint(make_state(), RECIPE, tmp_path)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file cannot be made"):
        save_checkpoint(make_state(steps=2), RECIPE, tmp_path / "file")
