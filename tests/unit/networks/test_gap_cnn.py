import pytest
import torch

from radassist.domain.errors import UserError
from radassist.networks.gap_cnn import gap_cnn


def _parameters(network: torch.nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())


def test_with_two_blocks_three_channels_and_ten_classes_it_has_20234_parameters() -> None:
    assert _parameters(gap_cnn(in_channels=3, widths=(32, 64), classes=10)) == 20_234


def test_it_takes_any_size_down_to_one_cell() -> None:
    network = gap_cnn(widths=(4, 8)).eval()
    for size in ((4, 4), (31, 57), (224, 224)):
        assert network(torch.zeros(3, 1, *size)).shape == (3, 2)
    with pytest.raises(UserError, match="at least 4x4"):
        network(torch.zeros(1, 1, 3, 9))


def test_a_flattened_head_takes_its_own_size_only() -> None:
    network = gap_cnn(widths=(4, 8), size=32, head="flatten", classes=3).eval()
    assert network(torch.zeros(2, 1, 32, 32)).shape == (2, 3)
    assert network.head.linear.in_features == 8 * 8 * 8
    with pytest.raises(UserError, match="32x32"):
        network(torch.zeros(2, 1, 40, 40))


def test_without_normalisation_and_pooling_only_convolutions_are_left() -> None:
    network = gap_cnn(widths=(4, 8), batch_norm=False, pool="stride", classes=2)
    assert _parameters(network) == (9 * 4 + 4) + (9 * 4 * 8 + 8) + (8 * 2 + 2)
    assert network.features(torch.zeros(1, 1, 20, 20)).shape == (1, 8, 5, 5)


def test_its_blocks_halve_again_and_again() -> None:
    network = gap_cnn()
    assert [block.stride for block in network.blocks] == [2, 4, 8, 16]
    assert [block.name for block in network.blocks] == ["block1", "block2", "block3", "block4"]
    assert network.blocks[0].title == "Block 1: edges, 32 channels"
    assert network.input_shape == (1, 224, 224)
