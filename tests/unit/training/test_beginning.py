from pathlib import Path

import pytest
import torch
from helpers.models import make_card, make_network, save_model

from radassist.domain.errors import ModelUnavailable, UserError
from radassist.training.beginning import read_beginning, take_weights


def test_one_model_hands_on_its_own_weights(tmp_path: Path) -> None:
    card = save_model(tmp_path)
    network = make_network(card, seed=1)
    take_weights(network, read_beginning([str(tmp_path)]))
    batch = torch.randn(2, 1, 32, 32)
    assert torch.equal(network(batch), make_network(card, seed=7)(batch))


def test_several_models_hand_on_the_mean_of_their_weights_and_the_counters_of_the_first(tmp_path: Path) -> None:
    for seed in range(3):
        save_model(tmp_path / str(seed), seed=seed)
    beginning = read_beginning([str(tmp_path / str(seed)) for seed in range(3)])
    states = [make_network(make_card(), seed=seed).state_dict() for seed in range(3)]
    for name, mean in beginning.weights.items():
        assert mean.dtype == states[0][name].dtype
        if mean.is_floating_point():
            torch.testing.assert_close(mean, sum(state[name] for state in states) / 3)
        else:
            assert torch.equal(mean, states[0][name])


def test_models_of_different_shape_have_no_mean(tmp_path: Path) -> None:
    save_model(tmp_path / "a")
    save_model(tmp_path / "b", make_card(config={"widths": [4, 8], "size": 32}, id="wide"))
    with pytest.raises(UserError, match="Models tiny and wide differ in shape"):
        read_beginning([str(tmp_path / "a"), str(tmp_path / "b")])


def test_models_that_were_fed_differently_have_no_mean(tmp_path: Path) -> None:
    card = save_model(tmp_path / "a")
    other = card.input.model_copy(update={"mean": (0.25,)})
    save_model(tmp_path / "b", make_card(id="dark", input=other))
    with pytest.raises(UserError, match="tiny and dark were fed differently"):
        read_beginning([str(tmp_path / "a"), str(tmp_path / "b")])


def test_a_network_of_another_shape_does_not_take_the_weights(tmp_path: Path) -> None:
    save_model(tmp_path)
    other = make_network(make_card(config={"widths": [3], "size": 32}))
    with pytest.raises(UserError, match="another shape than the model"):
        take_weights(other, read_beginning([str(tmp_path)]))


def test_a_beginning_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="There is no model 'nothing'"):
        read_beginning(["nothing"])
