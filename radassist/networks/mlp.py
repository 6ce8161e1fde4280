"""The plainest network: every pixel to every hidden unit. What a CNN is measured against."""

from torch import nn

from radassist.networks.layers import BlockNetwork
from radassist.networks.registry import register_architecture


@register_architecture("mlp")
def mlp(*, in_channels: int = 1, classes: int = 2, size: int = 256, hidden: int = 1000) -> BlockNetwork:
    """Flatten - hidden layer - ReLU - logits.

    It publishes no blocks: a hidden unit looks at the whole film, so there is no map that could lie over it.

    Args:
        in_channels: 1 or 3.
        classes: Number of logits.
        size: Height and width in pixels; it takes no other.
        hidden: Hidden units.
    """
    head = nn.Sequential(
        nn.Linear(in_channels * size * size, hidden),
        nn.ReLU(inplace=True),
        nn.Linear(hidden, classes),
    )
    return BlockNetwork(nn.Flatten(), head, (), (in_channels, size, size))
