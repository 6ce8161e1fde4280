"""LeNet-5 (LeCun et al. 1998) with today's ReLU and max pooling."""

from torch import nn

from radassist.networks.layers import BlockNetwork, halved_cells, plain_block_specs
from radassist.networks.registry import register_architecture

_WIDTHS = (6, 16)


@register_architecture("lenet")
def lenet(*, in_channels: int = 1, classes: int = 2, size: int = 32) -> BlockNetwork:
    """Two blocks of 5x5 convolutions with 6 and 16 filters, then 120 and 84 hidden units.

    The convolutions are padded, unlike those of 1998: without padding a map covers the middle of the film only, and
    would lie wrong over it.

    Args:
        in_channels: 1 or 3.
        classes: Number of logits.
        size: Height and width in pixels; the flattened head takes no other.

    Raises:
        ValueError: If `size` is too small.
    """
    features = nn.Sequential()
    features.add_module("block1", _block(in_channels, _WIDTHS[0]))
    features.add_module("block2", _block(*_WIDTHS))
    head = nn.Sequential(
        nn.Flatten(),
        nn.Linear(_WIDTHS[1] * halved_cells(size, len(_WIDTHS)), 120),
        nn.ReLU(inplace=True),
        nn.Linear(120, 84),
        nn.ReLU(inplace=True),
        nn.Linear(84, classes),
    )
    return BlockNetwork(features, head, plain_block_specs(_WIDTHS), (in_channels, size, size))


def _block(in_channels: int, out_channels: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(in_channels, out_channels, 5, padding=2), nn.ReLU(inplace=True), nn.MaxPool2d(2))
