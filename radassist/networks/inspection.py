"""What a network is made of: its layers with shapes, parameters, work and receptive field, and its learned kernels."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from radassist.domain.analysis import BlockSpec
from radassist.networks.activations import record_activations
from radassist.networks.card import BlockEntry


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One layer, in the order of the forward pass.

    Attributes:
        name: Module path.
        kind: Class of the layer, for instance `Conv2d`.
        output_shape: For one film, batch axis first.
        parameters: Learned numbers of this layer.
        multiply_adds: Of convolutions and linear layers, for one film; 0 for others.
        receptive_field: Side in input pixels of the square an output value depends on, None for the whole film.
        block: Name of the block it is part of or leads to; empty after the last.
    """

    name: str
    kind: str
    output_shape: tuple[int, ...]
    parameters: int
    multiply_adds: int
    receptive_field: int | None
    block: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a network: learned numbers, and multiply-adds for one film."""

    parameters: int
    multiply_adds: int


@dataclass(frozen=True, slots=True)
class _Field:
    """What one value of a tensor depends on: `side` input pixels (None: all), values `step` input pixels apart."""

    side: int | None = 1
    step: int = 1

    def through(self, kernel: int, step: int) -> "_Field":
        """After a window of `kernel` values moved by `step` (Araujo et al. 2019, equation 2)."""
        side = None if self.side is None else self.side + (kernel - 1) * self.step
        return _Field(side, self.step * step)


_WHOLE = _Field(side=None)


def trace(network: nn.Module) -> tuple[LayerRow, ...]:
    """The layers of `network` for one film of its `input_shape`, by one forward pass of zeros in eval mode."""
    tracer = _Tracer()
    with ExitStack() as hooks:
        for name, module in network.named_modules():
            if next(module.children(), None) is None:
                hooks.callback(module.register_forward_hook(partial(tracer.add_layer, name)).remove)
        for block in _blocks_of(network):
            ended = partial(tracer.end_block, block.name)
            hooks.callback(network.get_submodule(block.module).register_forward_hook(ended).remove)
        with tracer:
            _run_on_zeros(network)
    return tuple(tracer.rows)


def totals(network: nn.Module, rows: Iterable[LayerRow]) -> Totals:
    """Sums over `network`, whose layers `rows` are; shared parameters are counted once."""
    return Totals(sum(p.numel() for p in network.parameters()), sum(row.multiply_adds for row in rows))


def describe_blocks(network: nn.Module) -> tuple[BlockEntry, ...]:
    """The blocks of `network` as its card lists them."""
    blocks = _blocks_of(network)
    with record_activations(network, blocks) as activations:
        _run_on_zeros(network)
    return tuple(
        BlockEntry(
            name=block.name,
            module=block.module,
            stride=block.stride,
            channels=activations.of(block).shape[1],
            title=block.title,
        )
        for block in blocks
    )


def first_kernels(network: nn.Module) -> NDArray[np.float32] | None:
    """Learned kernels of the first convolution, (filters, channels, height, width); None where there is none."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            return np.asarray(module.weight.detach().cpu().float().numpy())
    return None


class _Tracer(TorchFunctionMode):
    """Collects layers from hooks and carries receptive fields along the tensors.

    Additions, concatenations and other calls outside the layers hand on the widest field of their inputs; the layer
    hooks widen it where there is a window.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[LayerRow] = []

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Call `func` and give its outputs the widest field of its inputs."""
        out = func(*args, **(kwargs or {}))
        widest = _widest(_field(tensor) for tensor in _tensors(args))
        for tensor in _tensors(out):
            _set_field(tensor, widest)
        return out

    def add_layer(self, name: str, layer: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        """Forward hook of a layer: one row."""
        field = _field_after(layer, _field(inputs[0]))
        _set_field(output, field)
        parameters = sum(p.numel() for p in layer.parameters(recurse=False))
        shape = tuple(output.shape)
        row = LayerRow(name, type(layer).__name__, shape, parameters, _multiply_adds(layer, shape), field.side)
        self.rows.append(row)

    def end_block(self, block: str, _module: nn.Module, _inputs: object, _output: Tensor) -> None:
        """Forward hook of a block: the layers since the block before are its own."""
        self.rows = [row if row.block else replace(row, block=block) for row in self.rows]


def _blocks_of(network: nn.Module) -> Sequence[BlockSpec]:
    blocks: Sequence[BlockSpec] = network.blocks  # type: ignore[assignment]  # torch types attributes as modules
    return blocks


def _run_on_zeros(network: nn.Module) -> None:
    like = next(network.parameters())
    shape: tuple[int, int, int] = network.input_shape  # type: ignore[assignment]  # torch types attributes as modules
    was_training = network.training
    network.eval()
    try:
        with torch.inference_mode():
            network(torch.zeros(1, *shape, device=like.device, dtype=like.dtype))
    finally:
        network.train(was_training)


def _field_after(layer: nn.Module, field: _Field) -> _Field:
    match layer:
        case nn.Conv2d():
            return field.through((layer.kernel_size[0] - 1) * layer.dilation[0] + 1, layer.stride[0])
        case nn.MaxPool2d() | nn.AvgPool2d():
            return field.through(_side(layer.kernel_size), _side(layer.stride))
        case nn.Linear() | nn.AdaptiveAvgPool2d():
            return _WHOLE
        case _:
            return field


def _multiply_adds(layer: nn.Module, output_shape: tuple[int, ...]) -> int:
    if isinstance(layer, nn.Conv2d):
        height, width = layer.kernel_size
        return int(np.prod(output_shape[1:])) * height * width * layer.in_channels // layer.groups
    if isinstance(layer, nn.Linear):
        return layer.in_features * layer.out_features
    return 0


def _side(size: int | tuple[int, ...]) -> int:
    return size if isinstance(size, int) else size[0]


def _tensors(value: object) -> Iterator[Tensor]:
    """The tensors among the arguments or results of a call, in nested lists and tuples too."""
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _tensors(part)


def _field(tensor: Tensor) -> _Field:
    field: _Field = getattr(tensor, "_field", _Field())
    return field


def _set_field(tensor: Tensor, field: _Field) -> None:
    tensor._field = field  # type: ignore[attr-defined]  # carried on the tensor, so that it dies with it


def _widest(fields: Iterable[_Field]) -> _Field:
    return max(fields, key=lambda field: (field.side is None, field.side or 0, field.step), default=_Field())
