import pytest
import torch
from torch import nn

from radassist.domain.analysis import BlockSpec
from radassist.domain.errors import ModelUnavailable
from radassist.networks.activations import record_activations
from radassist.networks.registry import create_network, list_architectures


def _hooks(network: nn.Module) -> int:
    return sum(len(module._forward_hooks) for module in network.modules())


def test_a_recorded_map_is_what_the_block_put_out_for_every_film_of_the_batch() -> None:
    network = create_network("gap_cnn", widths=(4, 6)).eval()
    batch = torch.randn(3, 1, 16, 20)
    with record_activations(network, network.blocks) as activations:
        network(batch)
    first = network.features.block1(batch)
    torch.testing.assert_close(activations.of(network.blocks[0]), first)
    torch.testing.assert_close(activations.all()[1], network.features.block2(first))
    assert not activations.all()[1].requires_grad


@pytest.mark.parametrize("name", [name for name in list_architectures() if name not in ("vgg11", "pneumonia_cnn")])
def test_no_network_changes_a_map_after_it_was_recorded(name: str) -> None:
    network = create_network(name).eval()
    copies = []
    for block in network.blocks:
        module = network.get_submodule(block.module)
        module.register_forward_hook(lambda _module, _inputs, output: copies.append(output.clone()))
    channels, height, _width = network.input_shape
    side = 64 if getattr(network, "smallest", 32) else height
    with torch.inference_mode(), record_activations(network, network.blocks) as activations:
        network(torch.rand(1, channels, side, side))
    assert len(copies) == len(network.blocks)
    for copy, recorded in zip(copies, activations.all(), strict=True):
        assert torch.equal(copy, recorded)


def test_no_hook_stays_behind_whatever_happens() -> None:
    network = create_network("gap_cnn", widths=(4, 6))
    with pytest.raises(ZeroDivisionError), record_activations(network, network.blocks):
        assert _hooks(network) == 2
        raise ZeroDivisionError
    assert _hooks(network) == 0


def test_a_block_the_network_does_not_have_is_named_and_leaves_no_hook() -> None:
    network = create_network("gap_cnn", widths=(4, 6))
    wanted = (network.blocks[0], BlockSpec("block9", "features.block9", 512))
    with pytest.raises(ModelUnavailable, match=r"no module features\.block9"), record_activations(network, wanted):
        pass
    assert _hooks(network) == 0


def test_the_newest_forward_pass_counts() -> None:
    network = create_network("gap_cnn", widths=(4,)).eval()
    with record_activations(network, network.blocks) as activations:
        network(torch.zeros(1, 1, 8, 8))
        network(torch.ones(2, 1, 8, 8))
    assert activations.of(network.blocks[0]).shape == (2, 4, 4, 4)
