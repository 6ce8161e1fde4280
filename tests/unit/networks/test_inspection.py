from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.models import make_card, save_model
from torch import nn

from radassist.domain.analysis import BlockSpec
from radassist.networks.inspection import describe_blocks, first_kernels, network_facts, totals, trace
from radassist.networks.layers import BlockNetwork
from radassist.networks.registry import create_network
from radassist.networks.weights import load_network


def _on_meta(name: str, **config: object) -> nn.Module:
    with torch.device("meta"):
        network: nn.Module = create_network(name, **config)
    return network


@contextmanager
def record_outputs(network: nn.Module, module: str) -> Iterator[list[torch.Tensor]]:
    """What `module` puts out, with its way back to the input."""
    kept: list[torch.Tensor] = []
    hook = network.get_submodule(module).register_forward_hook(lambda _module, _inputs, output: kept.append(output))
    yield kept
    hook.remove()


def _plain(*layers: nn.Module, size: int = 32) -> BlockNetwork:
    return BlockNetwork(nn.Sequential(*layers), nn.Flatten(), (), (1, size, size))


def test_stacked_3x3_convolutions_see_3_then_5_then_7_pixels() -> None:
    rows = trace(_plain(*(nn.Conv2d(1, 1, 3, padding=1) for _ in range(3))))
    assert [row.receptive_field for row in rows[:3]] == [3, 5, 7]


def test_strides_pooling_and_dilation_widen_what_follows() -> None:
    rows = trace(_plain(nn.Conv2d(1, 1, 3, stride=2), nn.MaxPool2d(2), nn.Conv2d(1, 1, 3, dilation=2)))
    # 3, then 3 + 1 step of 2, then 5 + 4 steps of 4.
    assert [row.receptive_field for row in rows[:3]] == [3, 5, 21]


@pytest.mark.parametrize(
    ("name", "block", "side"), [("resnet18", "block4", 435), ("vgg11", "block5", 150), ("densenet121", "block1", 59)]
)
def test_receptive_fields_follow_branches_and_joints(name: str, block: str, side: int) -> None:
    """Sides from the tables of Araujo et al. 2019, and for the first dense block 11 + 6 layers of 3x3 at stride 4."""
    rows = [row for row in trace(_on_meta(name)) if row.block == block]
    assert max(row.receptive_field or 0 for row in rows) == side


def test_the_measured_receptive_field_is_the_computed_one() -> None:
    network = create_network("efficientnet_lite0", size=224).double().eval()
    film = torch.randn(1, 1, 224, 224, dtype=torch.float64, requires_grad=True)
    features = network.features.stage2(network.features.stage1(network.features.stem(film)))
    features[0, :, 28, 28].sum().backward()
    assert film.grad is not None
    rows = film.grad[0, 0].abs().sum(dim=1).nonzero()
    computed = [row.receptive_field for row in trace(network) if row.block == "block2"][-1]
    assert int(rows.max() - rows.min()) + 1 == computed


@pytest.mark.parametrize(
    ("name", "config"), [("gap_cnn", {"size": 96}), ("efficientnet_lite0", {"size": 128}), ("lenet", {"size": 32})]
)
def test_the_square_a_value_depends_on_lies_where_its_gradient_does(name: str, config: dict[str, int]) -> None:
    network = create_network(name, **config).double().eval()
    for parameter in network.parameters():
        parameter.data.abs_().mul_(0.1)  # nothing cancels, no ReLU closes, no ReLU6 is full
    for path, module in list(network.named_modules()):
        if isinstance(module, nn.MaxPool2d):  # which lets one gradient of its window through
            network.set_submodule(path, nn.AvgPool2d(module.kernel_size, module.stride))
    fields = network_facts(make_card(), network).fields
    film = torch.rand(1, 1, config["size"], config["size"], dtype=torch.float64, requires_grad=True)
    for block in network.blocks:
        with record_outputs(network, block.module) as kept:
            network(film)
        field = fields[block.name]
        assert field.step == block.stride
        for cell in (0, kept[0].shape[2] // 2, kept[0].shape[2] - 1):
            (gradient,) = torch.autograd.grad(kept[0][0, :, cell, 0].sum(), film, retain_graph=True)
            rows = gradient[0, 0].abs().sum(dim=1).nonzero()
            first = field.start + cell * field.step
            computed = (max(0, first), min(config["size"], first + field.side) - 1)
            assert (int(rows.min()), int(rows.max())) == computed


def test_what_has_seen_everything_says_so() -> None:
    rows = trace(_on_meta("gap_cnn"))
    assert rows[-1].receptive_field is None
    squeezed = [row for row in trace(_on_meta("efficientnet_b0")) if row.block == "block1"]
    assert squeezed[-1].receptive_field is None


def test_multiply_adds_are_those_of_the_closed_form() -> None:
    network = _on_meta("gap_cnn", widths=(8, 12), size=32, classes=3)
    rows = {row.name: row.multiply_adds for row in trace(network)}
    assert rows["features.block1.conv"] == 32 * 32 * 8 * 9
    assert rows["features.block2.conv"] == 16 * 16 * 12 * 8 * 9
    assert rows["head.linear"] == 12 * 3
    assert rows["features.block1.norm"] == 0


def test_depthwise_convolutions_count_their_own_channel_only() -> None:
    rows = trace(_plain(nn.Conv2d(1, 6, 1), nn.Conv2d(6, 6, 5, padding=2, groups=6)))
    assert rows[1].multiply_adds == 32 * 32 * 6 * 25


@pytest.mark.parametrize(
    ("name", "giga"), [("resnet18", 1.814), ("resnet50", 4.089), ("efficientnet_b0", 0.386), ("vgg11", 7.609)]
)
def test_totals_of_well_known_networks_are_the_published_ones(name: str, giga: float) -> None:
    """Multiply-adds in units of 10^9 as torchvision publishes them for its ImageNet weights."""
    network = _on_meta(name, in_channels=3, classes=1000)
    sums = totals(network, trace(network))
    assert sums.multiply_adds / 1e9 == pytest.approx(giga, abs=0.006)
    assert sums.parameters == sum(p.numel() for p in network.parameters())


def test_layers_belong_to_the_block_they_lead_to() -> None:
    rows = trace(_on_meta("gap_cnn", widths=(4, 6)))
    assert [row.block for row in rows if row.kind == "Conv2d"] == ["block1", "block2"]
    assert {row.block for row in rows if row.name.startswith("head")} == {""}


def test_tracing_leaves_neither_hooks_nor_another_mode() -> None:
    network = create_network("gap_cnn", widths=(4,)).train()
    before = network.features.block1.norm.running_mean.clone()
    trace(network)
    assert network.training
    assert torch.equal(network.features.block1.norm.running_mean, before)
    assert all(not module._forward_hooks for module in network.modules())


def test_blocks_are_described_with_their_channels() -> None:
    entries = describe_blocks(_on_meta("gap_cnn", widths=(4, 6)))
    assert [(entry.name, entry.stride, entry.channels) for entry in entries] == [("block1", 2, 4), ("block2", 4, 6)]


def test_a_network_without_blocks_is_traced_too() -> None:
    network = _on_meta("mlp", size=16)
    assert describe_blocks(network) == ()
    assert [row.kind for row in trace(network)] == ["Flatten", "Linear", "ReLU", "Linear"]


def test_the_first_kernels_are_the_learned_ones() -> None:
    network = create_network("gap_cnn", widths=(4,))
    kernels = first_kernels(network)
    assert kernels is not None
    assert kernels.shape == (4, 1, 3, 3)
    np.testing.assert_array_equal(kernels, network.features.block1.conv.weight.detach().numpy())
    assert first_kernels(create_network("mlp", size=8)) is None


def test_a_block_that_is_a_single_layer_is_traced() -> None:
    network = BlockNetwork(
        nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.ReLU()),
        nn.Flatten(),
        (BlockSpec("block1", "features.0", 1),),
        (1, 8, 8),
    )
    assert [row.block for row in trace(network)] == ["block1", "", ""]


def test_the_facts_of_a_model_are_its_layers_fields_and_kernels_in_one(tmp_path: Path) -> None:
    card = save_model(tmp_path)
    network = load_network(str(tmp_path)).network
    facts = network_facts(card, network)
    assert (facts.model, facts.model_sha256) == (card.id, card.weights_sha256)
    assert facts.layers == trace(network) and facts.totals == totals(network, facts.layers)
    assert set(facts.fields) == {"block1", "block2"}
    np.testing.assert_array_equal(facts.kernels, first_kernels(network))
