import pytest
import torch
from helpers.opened import opened, taken

from radassist.explain.shuffling import all_shuffled, shuffled_from_the_output, stages_of


@pytest.mark.parametrize(
    ("architecture", "config", "names"),
    [
        ("gap_cnn", None, ["head", "block2", "block1"]),
        ("efficientnet_lite0", {"size": 32}, ["head", *(f"block{n}" for n in range(7, 0, -1)), "features.stem"]),
    ],
)
def test_stages_go_from_the_output_to_the_input_and_hold_every_weight_once(architecture, config, names) -> None:
    model = opened(architecture, config)
    stages = stages_of(model)
    assert [stage.name for stage in stages] == names
    modules = [path for stage in stages for path in stage.modules]
    weights = sum(
        parameter.numel() for path in modules for parameter in model.network.get_submodule(path).parameters(False)
    )
    assert weights == sum(parameter.numel() for parameter in model.network.parameters())


def test_each_stage_shuffles_its_own_weights_and_keeps_their_values() -> None:
    model = opened()
    before = {name: value.clone() for name, value in model.network.state_dict().items()}
    changed = []
    for _, copy in shuffled_from_the_output(model, 0):
        now = copy.network.state_dict()
        changed.append({name for name in before if not torch.equal(before[name], now[name])})
        for name, value in now.items():
            assert torch.equal(value.flatten().sort().values, before[name].flatten().sort().values)
    assert all(name.startswith("head") for name in changed[0])
    assert changed[0] < changed[1] < changed[2]
    assert "features.block1.conv.weight" in changed[2]


def test_the_model_itself_is_never_touched() -> None:
    model = opened()
    film = taken(model)
    before = model.network(film.batch)
    copy = all_shuffled(model, 1)
    assert torch.equal(model.network(film.batch), before)
    assert not torch.equal(copy.network(film.batch), before)


def test_a_seed_shuffles_the_same_way_each_time() -> None:
    model = opened()
    one, again, other = (all_shuffled(model, seed).network.state_dict() for seed in (3, 3, 4))
    name = "features.block2.conv.weight"
    assert torch.equal(one[name], again[name])
    assert not torch.equal(one[name], other[name])
