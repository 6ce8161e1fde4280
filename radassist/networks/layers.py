"""Pieces the networks of this package share: the convolution block, block titles and the check of an input's size."""

from typing import Literal

from torch import Tensor, nn

from radassist.domain.errors import UserError

Pooling = Literal["max", "stride"]

_DEPTHS = ("edges", "textures", "shapes", "regions")


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


def block_title(number: int, channels: int, count: int) -> str:
    """Block `number` (from 1) of `count` in a reader's words: shallow blocks see edges, deep ones regions."""
    depth = _DEPTHS[min((number - 1) * len(_DEPTHS) // max(count, len(_DEPTHS)), len(_DEPTHS) - 1)]
    return f"Block {number}: {depth}, {channels} channels"


def check_input(batch: Tensor, shape: tuple[int, int, int], *, any_size: bool = False, smallest: int = 1) -> None:
    """Say what is wanted where `batch` is not (N, C, H, W) of `shape` (C, H, W).

    Args:
        batch: What the network was given.
        shape: What it was built for.
        any_size: Whether other heights and widths will do.
        smallest: Smallest height and width that will, with `any_size`.

    Raises:
        UserError: One sentence that names the wanted and the given size.
    """
    given = tuple(batch.shape[1:])
    if batch.ndim == 4 and given[0] == shape[0] and (given == shape or (any_size and min(given[1:]) >= smallest)):
        return
    channels, height, width = shape
    size = f"at least {smallest}x{smallest}" if any_size else f"{height}x{width}"
    raise UserError(f"The network takes films of {channels} channel(s) and {size} pixels, not {_words(batch)}.")


def _words(batch: Tensor) -> str:
    if batch.ndim != 4:
        return f"an array of shape {tuple(batch.shape)}"
    return f"{batch.shape[1]} channel(s) and {batch.shape[2]}x{batch.shape[3]}"
