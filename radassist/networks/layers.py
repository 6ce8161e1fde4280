"""Pieces the networks of this package share: the network of blocks and head, the convolution block, the size check."""

from collections.abc import Sequence
from typing import Literal

from torch import Tensor, nn

from radassist.domain.analysis import BlockSpec
from radassist.domain.errors import UserError

Pooling = Literal["max", "stride"]

_DEPTHS = ("edges", "textures", "shapes", "regions")


class BlockNetwork(nn.Module):
    """Features in blocks, then a head that turns them into logits.

    Attributes:
        features: (N, channels, H, W) to the deepest feature map.
        head: The deepest feature map to logits (N, classes).
        blocks: What can be laid over the film, shallow first.
        input_shape: (channels, height, width) it is meant for.
        smallest: Smallest height and width it takes, None where only those of `input_shape` will do.
    """

    def __init__(
        self,
        features: nn.Module,
        head: nn.Module,
        blocks: tuple[BlockSpec, ...],
        input_shape: tuple[int, int, int],
        smallest: int | None = None,
    ) -> None:
        super().__init__()
        self.features = features
        self.head = head
        self.blocks = blocks
        self.input_shape = input_shape
        self.smallest = smallest

    def forward(self, batch: Tensor) -> Tensor:
        """Logits (N, classes) of (N, channels, H, W).

        Raises:
            UserError: If `batch` has another size than the network takes.
        """
        check_input(batch, self.input_shape, self.smallest)
        scores: Tensor = self.head(self.features(batch))
        return scores


def conv_block(in_channels: int, out_channels: int, *, batch_norm: bool = True, pool: Pooling = "max") -> nn.Sequential:
    """Conv3x3 (padding 1) - BatchNorm - ReLU - halving: (N, in, H, W) to (N, out, H // 2, W // 2).

    Args:
        in_channels: Channels of the input.
        out_channels: Filters.
        batch_norm: Whether the convolution is followed by BatchNorm2d.
        pool: `max` halves by 2x2 max pooling, `stride` by a step of 2 in the convolution itself.

    Raises:
        ValueError: If `pool` is neither.
    """
    if pool not in ("max", "stride"):
        raise ValueError(f"pool is 'max' or 'stride', not {pool!r}")
    block = nn.Sequential()
    block.add_module("conv", nn.Conv2d(in_channels, out_channels, 3, stride=2 if pool == "stride" else 1, padding=1))
    if batch_norm:
        block.add_module("norm", nn.BatchNorm2d(out_channels))
    block.add_module("relu", nn.ReLU(inplace=True))
    if pool == "max":
        block.add_module("pool", nn.MaxPool2d(2))
    return block


def plain_blocks(
    in_channels: int, widths: Sequence[int], *, batch_norm: bool = True, pool: Pooling = "max"
) -> nn.Sequential:
    """`block1`, `block2`, ... of `widths` filters, each halving height and width."""
    features = nn.Sequential()
    for number, (before, after) in enumerate(zip((in_channels, *widths), widths, strict=False), start=1):
        features.add_module(f"block{number}", conv_block(before, after, batch_norm=batch_norm, pool=pool))
    return features


def halved_cells(size: int, halvings: int) -> int:
    """Cells of the map that is left of `size` x `size` pixels after so many halvings.

    Raises:
        ValueError: If none is left.
    """
    if size < 2**halvings:
        raise ValueError(f"size is at least {2**halvings}, not {size}")
    return int(size // 2**halvings) ** 2


def plain_block_specs(widths: Sequence[int]) -> tuple[BlockSpec, ...]:
    """What a network whose `features` are `plain_blocks` publishes."""
    return tuple(
        BlockSpec(f"block{number}", f"features.block{number}", 2**number, block_title(number, width, len(widths)))
        for number, width in enumerate(widths, start=1)
    )


def block_title(number: int, channels: int, count: int) -> str:
    """Block `number` (from 1) of `count` in a reader's words: shallow blocks see edges, deep ones regions."""
    depth = _DEPTHS[(number - 1) * len(_DEPTHS) // max(count, len(_DEPTHS))]
    return f"Block {number}: {depth}, {channels} channels"


def grey_stem(weight: Tensor) -> Tensor:
    """Stem weights (filters, 3, k, k) as (filters, 1, k, k): what they do to a film whose three channels are equal."""
    return weight.sum(dim=1, keepdim=True)


def check_input(batch: Tensor, shape: tuple[int, int, int], smallest: int | None = None) -> None:
    """Say what is wanted where `batch` does not suit.

    Args:
        batch: What the network was given.
        shape: (channels, height, width) it was built for.
        smallest: Smallest height and width that will do; None where only those of `shape` will.

    Raises:
        UserError: One sentence that names the wanted and the given size.
    """
    given = tuple(batch.shape[1:])
    sized = given == shape or (smallest is not None and min(given[1:], default=0) >= smallest)
    if batch.ndim == 4 and given[0] == shape[0] and sized:
        return
    size = f"{shape[1]}x{shape[2]}" if smallest is None else f"at least {smallest}x{smallest}"
    raise UserError(f"The network takes {size} pixels in {shape[0]} channel(s), not {_words(batch)}.")


def _words(batch: Tensor) -> str:
    if batch.ndim != 4:
        return f"an array of shape {tuple(batch.shape)}"
    return f"{batch.shape[2]}x{batch.shape[3]} in {batch.shape[1]} channel(s)"
