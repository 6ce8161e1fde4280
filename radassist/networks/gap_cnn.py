"""Small plain CNNs that by default end in global average pooling, so that they take films of any size."""

from collections.abc import Sequence
from typing import Literal

from torch import nn

from radassist.networks.layers import BlockNetwork, Pooling, halved_cells, plain_block_specs, plain_blocks
from radassist.networks.registry import register_architecture

Head = Literal["gap", "flatten"]


@register_architecture("gap_cnn")
def gap_cnn(  # noqa: PLR0913 - the options of a network are its configuration, written into its card
    *,
    widths: Sequence[int] = (32, 64, 128, 256),
    in_channels: int = 1,
    classes: int = 2,
    size: int = 224,
    batch_norm: bool = True,
    pool: Pooling = "max",
    head: Head = "gap",
) -> BlockNetwork:
    """Blocks of Conv3x3 - BatchNorm - ReLU - halving, then one linear layer.

    Args:
        widths: Filters of each block; block k has 2**k input pixels a cell.
        in_channels: 1 or 3.
        classes: Number of logits.
        size: Height and width in pixels the network is meant for.
        batch_norm: Whether convolutions are followed by BatchNorm2d.
        pool: `max` halves by max pooling, `stride` by strided convolution.
        head: `gap` averages each channel over the film; `flatten` keeps every cell and fixes the input size.

    Raises:
        ValueError: If `pool` or `head` is none of theirs, `widths` is empty, or `size` too small.
    """
    if not widths or head not in ("gap", "flatten"):
        raise ValueError(f"head is 'gap' or 'flatten', not {head!r}, and widths names at least one block")
    cells = halved_cells(size, len(widths))
    return BlockNetwork(
        plain_blocks(in_channels, widths, batch_norm=batch_norm, pool=pool),
        _head(head, nn.Linear(widths[-1] * (cells if head == "flatten" else 1), classes)),
        plain_block_specs(widths),
        (in_channels, size, size),
        smallest=2 ** len(widths) if head == "gap" else None,
    )


def _head(head: Head, linear: nn.Linear) -> nn.Sequential:
    layers = nn.Sequential()
    if head == "gap":
        layers.add_module("pool", nn.AdaptiveAvgPool2d(1))
    layers.add_module("flatten", nn.Flatten())
    layers.add_module("linear", linear)
    return layers
