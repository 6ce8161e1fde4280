"""Small plain CNNs that end in global average pooling, so that they take films of any size."""

from collections.abc import Sequence
from typing import Literal

from torch import Tensor, nn

from radassist.domain.analysis import BlockSpec
from radassist.networks.layers import Pooling, block_title, check_input, conv_block
from radassist.networks.registry import register_architecture

Head = Literal["gap", "flatten"]


class GapCnn(nn.Module):
    """Blocks of Conv3x3 - BatchNorm - ReLU - halving, then one linear layer on their means.

    Attributes:
        blocks: `block1` .. one a width; block k has 2**k input pixels a cell.
        input_shape: (channels, height, width) it is meant for; only a head that flattens insists on height and width.
    """

    def __init__(
        self,
        features: nn.Sequential,
        head: nn.Sequential,
        blocks: tuple[BlockSpec, ...],
        input_shape: tuple[int, int, int],
    ) -> None:
        super().__init__()
        self.features = features
        self.head = head
        self.blocks = blocks
        self.input_shape = input_shape

    def forward(self, batch: Tensor) -> Tensor:
        """Logits (N, classes) of (N, channels, H, W)."""
        check_input(batch, self.input_shape, any_size=hasattr(self.head, "pool"), smallest=self.blocks[-1].stride)
        scores: Tensor = self.head(self.features(batch))
        return scores


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
) -> GapCnn:
    """A `GapCnn` with one block a width.

    Args:
        widths: Filters of each block.
        in_channels: 1 or 3.
        classes: Number of logits.
        size: Height and width in pixels the network is meant for.
        batch_norm: Whether convolutions are followed by BatchNorm2d.
        pool: `max` halves by max pooling, `stride` by strided convolution.
        head: `gap` averages each channel over the film; `flatten` keeps every cell and fixes the input size.
    """
    features = nn.Sequential()
    for number, (before, after) in enumerate(zip((in_channels, *widths), widths, strict=False), start=1):
        features.add_module(f"block{number}", conv_block(before, after, batch_norm=batch_norm, pool=pool))
    cells = 1 if head == "gap" else (size // 2 ** len(widths)) ** 2
    linear = nn.Linear(widths[-1] * cells, classes)
    return GapCnn(features, _head(head, linear), _blocks(widths), (in_channels, size, size))


def _head(head: Head, linear: nn.Linear) -> nn.Sequential:
    if head not in ("gap", "flatten"):
        raise ValueError(f"head is 'gap' or 'flatten', not {head!r}")
    layers = nn.Sequential()
    if head == "gap":
        layers.add_module("pool", nn.AdaptiveAvgPool2d(1))
    layers.add_module("flatten", nn.Flatten())
    layers.add_module("linear", linear)
    return layers


def _blocks(widths: Sequence[int]) -> tuple[BlockSpec, ...]:
    return tuple(
        BlockSpec(f"block{number}", f"features.block{number}", 2**number, block_title(number, width, len(widths)))
        for number, width in enumerate(widths, start=1)
    )
