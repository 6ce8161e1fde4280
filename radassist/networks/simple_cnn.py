"""Two small CNNs without normalisation, the first steps of many a course: for comparison, not for use."""

from torch import nn

from radassist.networks.layers import BlockNetwork, halved_cells, plain_block_specs, plain_blocks
from radassist.networks.registry import register_architecture


@register_architecture("simple_cnn")
def simple_cnn(*, in_channels: int = 3, classes: int = 10, size: int = 32) -> BlockNetwork:
    """Blocks of 16 and 32 filters, then 128 hidden units.

    Args:
        in_channels: 1 or 3.
        classes: Number of logits.
        size: Height and width in pixels; the flattened head takes no other.

    Raises:
        ValueError: If `size` is too small.
    """
    widths = (16, 32)
    head = nn.Sequential(
        nn.Flatten(),
        nn.Linear(widths[-1] * halved_cells(size, len(widths)), 128),
        nn.ReLU(inplace=True),
        nn.Linear(128, classes),
    )
    return _network(in_channels, widths, head, size)


@register_architecture("simple_cnn3")
def simple_cnn3(*, in_channels: int = 3, classes: int = 10, size: int = 32) -> BlockNetwork:
    """Blocks of 32, 64 and 128 filters, then 512 hidden units with dropout 0.5; arguments as `simple_cnn`."""
    widths = (32, 64, 128)
    head = nn.Sequential(
        nn.Flatten(),
        nn.Linear(widths[-1] * halved_cells(size, len(widths)), 512),
        nn.ReLU(inplace=True),
        nn.Dropout(0.5),
        nn.Linear(512, classes),
    )
    return _network(in_channels, widths, head, size)


def _network(in_channels: int, widths: tuple[int, ...], head: nn.Module, size: int) -> BlockNetwork:
    features = plain_blocks(in_channels, widths, batch_norm=False)
    return BlockNetwork(features, head, plain_block_specs(widths), (in_channels, size, size))
