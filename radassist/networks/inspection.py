"""What a network is made of: its layers with shapes, parameters, work and receptive field, and its learned kernels."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from radassist.domain.analysis import BlockSpec
from radassist.domain.network_facts import LayerRow, NetworkFacts, ReceptiveField, Totals
from radassist.networks.activations import record_activations
from radassist.networks.card import BlockEntry, ModelCard
from radassist.networks.efficientnet_lite import SameConv2d

_WHOLE = ReceptiveField(side=None)


def network_facts(card: ModelCard, network: nn.Module) -> NetworkFacts:
    """All of this about the network of one model, by one forward pass of zeros in eval mode."""
    traced = _traced(network)
    return NetworkFacts(
        model=card.id,
        model_sha256=card.weights_sha256,
        layers=tuple(traced.rows),
        totals=totals(network, traced.rows),
        fields=MappingProxyType(traced.fields),
        kernels=first_kernels(network),
    )


def trace(network: nn.Module) -> tuple[LayerRow, ...]:
    """The layers of `network` for one film of its `input_shape`, by one forward pass of zeros in eval mode."""
    return tuple(_traced(network).rows)


def _traced(network: nn.Module) -> "_Tracer":
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
    return tracer


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

    Additions, concatenations and other calls outside the layers hand on the fields of their inputs, joined; the layer
    hooks widen them where there is a window.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[LayerRow] = []
        self.fields: dict[str, ReceptiveField] = {}

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Call `func` and give its outputs the fields of its inputs, joined."""
        out = func(*args, **(kwargs or {}))
        joined = _joined([_field(tensor) for tensor in _tensors(args)])
        for tensor in _tensors(out):
            _set_field(tensor, joined)
        return out

    def add_layer(self, name: str, layer: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        """Forward hook of a layer: one row."""
        field = _field_after(layer, inputs[0])
        _set_field(output, field)
        parameters = sum(p.numel() for p in layer.parameters(recurse=False))
        shape = tuple(output.shape)
        row = LayerRow(name, type(layer).__name__, shape, parameters, _multiply_adds(layer, shape), field.side)
        self.rows.append(row)

    def end_block(self, block: str, _module: nn.Module, _inputs: object, output: Tensor) -> None:
        """Forward hook of a block: the layers since the block before are its own."""
        self.fields[block] = _field(output)
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


def _field_after(layer: nn.Module, batch: Tensor) -> ReceptiveField:
    field = _field(batch)
    match layer:
        case nn.Conv2d():
            side = (layer.kernel_size[0] - 1) * layer.dilation[0] + 1
            return _through(field, side, layer.stride[0], _padding_before(layer, batch))
        case nn.MaxPool2d() | nn.AvgPool2d():
            return _through(field, _side(layer.kernel_size), _side(layer.stride), _side(layer.padding))
        case nn.Linear() | nn.AdaptiveAvgPool2d():
            return _WHOLE
        case _:
            return field


def _through(field: ReceptiveField, kernel: int, step: int, padding: int) -> ReceptiveField:
    """After a window of `kernel` values moved by `step` (Araujo et al. 2019, equations 2 and 5)."""
    side = None if field.side is None else field.side + (kernel - 1) * field.step
    return ReceptiveField(side, field.step * step, field.start - padding * field.step)


def _padding_before(layer: nn.Conv2d, batch: Tensor) -> int:
    """Values of padding above and left."""
    if isinstance(layer, SameConv2d):
        return layer.padding_before(batch.shape[2], 0)
    return layer.padding[0] if isinstance(layer.padding, tuple) else 0


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


def _field(tensor: Tensor) -> ReceptiveField:
    field: ReceptiveField = getattr(tensor, "_field", ReceptiveField())
    return field


def _set_field(tensor: Tensor, field: ReceptiveField) -> None:
    tensor._field = field  # type: ignore[attr-defined]  # carried on the tensor, so that it dies with it


def _joined(fields: Sequence[ReceptiveField]) -> ReceptiveField:
    """All that a value depends on which is made of values with these fields."""
    if not fields:
        return ReceptiveField()
    if any(field.side is None for field in fields):
        return _WHOLE
    start = min(field.start for field in fields)
    end = max(field.start + (field.side or 0) for field in fields)
    return ReceptiveField(end - start, max(field.step for field in fields), start)
