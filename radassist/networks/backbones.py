"""Well-known networks as torchvision defines them, with a stem for grey films and a head for our labels."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from torch import Tensor, nn

from radassist.domain.analysis import BlockSpec
from radassist.domain.errors import ModelUnavailable
from radassist.networks.layers import block_title, check_input, grey_stem
from radassist.networks.registry import register_architecture


@dataclass(frozen=True, slots=True)
class _Stage:
    module: str
    stride: int
    channels: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where torchvision's network keeps its first convolution, its last linear layer and its stages."""

    stem: str
    head: str
    stages: tuple[_Stage, ...]


_RESNET18 = (_Stage("layer1", 4, 64), _Stage("layer2", 8, 128), _Stage("layer3", 16, 256), _Stage("layer4", 32, 512))
_RESNET50 = tuple(_Stage(stage.module, stage.stride, 4 * stage.channels) for stage in _RESNET18)
_VGG11 = (
    _Stage("features.2", 2, 64),
    _Stage("features.5", 4, 128),
    _Stage("features.10", 8, 256),
    _Stage("features.15", 16, 512),
    _Stage("features.20", 32, 512),
)
_DENSENET121 = (
    _Stage("features.denseblock1", 4, 256),
    _Stage("features.denseblock2", 8, 512),
    _Stage("features.denseblock3", 16, 1024),
    _Stage("features.denseblock4", 32, 1024),
)
_EFFICIENTNET_B0 = (
    _Stage("features.1", 2, 16),
    _Stage("features.2", 4, 24),
    _Stage("features.3", 8, 40),
    _Stage("features.4", 16, 80),
    _Stage("features.5", 16, 112),
    _Stage("features.6", 32, 192),
    _Stage("features.7", 32, 320),
)
_PLANS = {
    "vgg11": _Plan("features.0", "classifier.6", _VGG11),
    "resnet18": _Plan("conv1", "fc", _RESNET18),
    "resnet50": _Plan("conv1", "fc", _RESNET50),
    "densenet121": _Plan("features.conv0", "classifier", _DENSENET121),
    "efficientnet_b0": _Plan("features.0.0", "classifier.1", _EFFICIENTNET_B0),
}
_IMAGENET_CLASSES = 1000
_SMALLEST = 32


class Backbone(nn.Module):
    """A torchvision network that publishes its stages as blocks and says which films it takes.

    Attributes:
        net: torchvision's own module.
        blocks: One a stage.
        input_shape: (channels, height, width) it is meant for; it takes any film of at least 32x32.
    """

    def __init__(self, net: nn.Module, blocks: tuple[BlockSpec, ...], input_shape: tuple[int, int, int]) -> None:
        super().__init__()
        self.net = net
        self.blocks = blocks
        self.input_shape = input_shape

    def forward(self, batch: Tensor) -> Tensor:
        """Logits (N, classes) of (N, channels, H, W)."""
        check_input(batch, self.input_shape, _SMALLEST)
        scores: Tensor = self.net(batch)
        return scores


def create_backbone(
    name: str, *, in_channels: int = 1, classes: int = 2, size: int = 224, pretrained: bool = False
) -> Backbone:
    """The torchvision network `name`.

    Args:
        name: One of the names registered here, which are torchvision's.
        in_channels: 3, or 1 for grey: the stem then has one input channel.
        classes: Number of logits; with 1000 the head is torchvision's own.
        size: Height and width in pixels the network is meant for.
        pretrained: Begin from torchvision's ImageNet weights, which torchvision downloads when they are not on this
            machine. They expect the ImageNet mean and standard deviation; a grey stem has the sum of the RGB weights.

    Raises:
        ValueError: If `in_channels` is neither 1 nor 3, or `size` too small.
        ModelUnavailable: If the ImageNet weights cannot be had.
    """
    if in_channels not in (1, 3):
        raise ValueError(f"in_channels is 1 or 3, not {in_channels}")
    if size < _SMALLEST:
        raise ValueError(f"size is at least {_SMALLEST}, not {size}")
    plan = _PLANS[name]
    net = _library_network(name, pretrained=pretrained)
    if in_channels == 1:
        _make_grey(net, plan.stem)
    if classes != _IMAGENET_CLASSES:
        _replace_head(net, plan.head, classes)
    return Backbone(net, tuple(_blocks(plan)), (in_channels, size, size))


def _library_network(name: str, *, pretrained: bool) -> nn.Module:
    from torchvision import models  # three seconds, so only where it is needed

    try:
        network: nn.Module = models.get_model(name, weights="DEFAULT" if pretrained else None)
    except OSError as error:
        raise ModelUnavailable(f"torchvision's weights of {name} cannot be had: {error}.") from error
    return network


def _make_grey(net: nn.Module, stem: str) -> None:
    conv = net.get_submodule(stem)
    assert isinstance(conv, nn.Conv2d)
    conv.in_channels = 1
    conv.weight = nn.Parameter(grey_stem(conv.weight.detach()))


def _replace_head(net: nn.Module, head: str, classes: int) -> None:
    linear = net.get_submodule(head)
    assert isinstance(linear, nn.Linear)
    net.set_submodule(head, nn.Linear(linear.in_features, classes))


def _blocks(plan: _Plan) -> Iterator[BlockSpec]:
    for number, stage in enumerate(plan.stages, start=1):
        title = block_title(number, stage.channels, len(plan.stages))
        yield BlockSpec(f"block{number}", f"net.{stage.module}", stage.stride, title)


for _name in _PLANS:
    register_architecture(_name)(partial(create_backbone, _name))
