"""A three-block CNN whose flattened features pass through two wide hidden layers."""

from torch import nn

from radassist.networks.layers import BlockNetwork, halved_cells, plain_block_specs, plain_blocks
from radassist.networks.registry import register_architecture

_WIDTHS = (32, 64, 128)


@register_architecture("pneumonia_cnn")
def pneumonia_cnn(*, in_channels: int = 1, classes: int = 2, size: int = 256) -> BlockNetwork:
    """Three blocks of 32, 64 and 128 filters, flattened, then 512 and 128 hidden units with dropout 0.5.

    Args:
        in_channels: 1 or 3.
        classes: Number of logits.
        size: Height and width in pixels; the flattened head takes no other.

    Raises:
        ValueError: If `size` is too small.
    """
    cells = halved_cells(size, len(_WIDTHS))
    head = nn.Sequential(
        nn.Flatten(),
        nn.Linear(_WIDTHS[-1] * cells, 512),
        nn.ReLU(inplace=True),
        nn.Dropout(0.5),
        nn.Linear(512, 128),
        nn.ReLU(inplace=True),
        nn.Dropout(0.5),
        nn.Linear(128, classes),
    )
    return BlockNetwork(plain_blocks(in_channels, _WIDTHS), head, plain_block_specs(_WIDTHS), (in_channels, size, size))
