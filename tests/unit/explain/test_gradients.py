import pytest
import torch
from helpers.opened import films, opened

from radassist.explain.gradients import activations_and_gradients, activations_of, input_gradients, scores_from

NETWORKS = [("gap_cnn", None), ("efficientnet_lite0", {"size": 64}), ("lenet", None)]


def hooks(network: torch.nn.Module) -> int:
    return sum(len(module._forward_hooks) for module in network.modules())


def open_network(name: str, config: dict | None):
    return opened(name, {} if name == "lenet" else config)


@pytest.mark.parametrize(("name", "config"), NETWORKS)
def test_activations_are_those_of_a_forward_pass_cut_off_at_the_block(name, config) -> None:
    model = open_network(name, config)
    batch = films(model, 2)
    for block in model.blocks:
        cut_off = model.network.features[: list(dict(model.network.features.named_children())).index(
            block.module.removeprefix("features.")
        ) + 1]  # fmt: skip
        torch.testing.assert_close(activations_of(model.network, block, batch), cut_off(batch), rtol=0, atol=0)
    assert hooks(model.network) == 0


def test_gradients_are_those_of_small_changes() -> None:
    model = opened()
    model.network.double()
    batch = films(model, 1).double()
    block = model.blocks[0]
    activations, gradients = activations_and_gradients(model.network, block, batch, 1)
    for place in [(0, 0, 3, 4), (0, 2, 8, 1), (0, 3, 15, 15)]:
        step = torch.zeros_like(activations)
        step[place] = 1e-6
        up, down = (scores_from(model.network, block, batch, activations + sign * step)[0, 1] for sign in (1, -1))
        assert float((up - down) / 2e-6) == pytest.approx(float(gradients[place]), abs=1e-7)


@pytest.mark.parametrize(("name", "config"), NETWORKS)
def test_the_films_of_a_batch_do_not_touch_each_others_gradients(name, config) -> None:
    model = open_network(name, config)
    batch = films(model, 3)
    for block in model.blocks:
        together = activations_and_gradients(model.network, block, batch, 1)
        alone = activations_and_gradients(model.network, block, batch[1:2], 1)
        for whole, part in zip(together, alone, strict=True):
            torch.testing.assert_close(whole[1:2], part, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(("name", "config"), NETWORKS)
def test_scores_from_a_block_with_its_own_activations_are_the_scores(name, config) -> None:
    model = open_network(name, config)
    batch = films(model, 1)
    for block in model.blocks:
        activations = activations_of(model.network, block, batch)
        torch.testing.assert_close(scores_from(model.network, block, batch, activations), model.network(batch))


def test_input_gradients_are_those_of_small_changes() -> None:
    model = opened()
    model.network.double()
    batch = films(model, 1).double()
    gradients = input_gradients(model.network, batch, 1)
    step = torch.zeros_like(batch)
    step[0, 0, 10, 20] = 1e-6
    up, down = (model.network(batch + sign * step)[0, 1] for sign in (1, -1))
    assert float((up - down) / 2e-6) == pytest.approx(float(gradients[0, 0, 10, 20]), abs=1e-7)


def test_a_failed_pass_leaves_no_hook_behind() -> None:
    model = opened()
    with pytest.raises(RuntimeError):
        scores_from(model.network, model.blocks[0], films(model, 1), torch.zeros(1, 99, 16, 16))
    assert hooks(model.network) == 0
