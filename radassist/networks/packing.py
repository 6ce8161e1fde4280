"""Weights in fewer bytes: half precision, and whole numbers with one scale a row for the largest layers.

Packing what was unpacked gives the same bytes again, so figures measured on unpacked weights hold for the file.
"""

from collections.abc import Mapping

import torch
from torch import Tensor

from radassist.networks.storage import Store

SCALE_SUFFIX = ".scale"
"""Added to the name of a tensor of whole numbers: one factor a row, float32, above 0."""

_LARGE = 2**20
_STEPS = 127


def pack(tensors: Mapping[str, Tensor], store: Store) -> dict[str, Tensor]:
    """`tensors` as they go into the file: names and shapes stay, scales are added.

    Args:
        tensors: State of a network.
        store: `float16` rounds weights of two and more dimensions, the others stay whole: they are small, and a
            variance of BatchNorm can outgrow half precision. `int8` also keeps matrices of more than a million weights
            in steps of a 127th of each row's largest weight (symmetric, a row an output; Jacob et al. 2018).
    """
    packed: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        whole = tensor.detach().cpu().contiguous()
        if store == "int8" and whole.ndim == 2 and whole.numel() > _LARGE:
            packed[name], packed[name + SCALE_SUFFIX] = _in_steps(whole.float())
        elif store != "float32" and whole.ndim >= 2 and whole.is_floating_point():
            packed[name] = whole.half()
        else:
            packed[name] = whole
    return packed


def unpack(packed: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The state of a network, floating point as float32.

    Whole numbers without a fitting scale, and scales without whole numbers, stay what they are: who loads them compares
    names, shapes and types with the network's, and says what is wrong.
    """
    return {
        name: _unpacked(tensor, packed.get(name + SCALE_SUFFIX))
        for name, tensor in packed.items()
        if not _is_used_scale(name, packed)
    }


def _in_steps(weight: Tensor) -> tuple[Tensor, Tensor]:
    largest = weight.abs().amax(dim=1)
    # Eight bits of a scale and seven of a step make an exact product, so packing again finds the same scale.
    scale = (largest / _STEPS).bfloat16().float()
    scale = torch.where(scale > 0, scale, torch.ones_like(scale))
    steps = (weight / scale[:, None]).round().clamp(-_STEPS, _STEPS)
    return steps.to(torch.int8), scale


def _unpacked(tensor: Tensor, scale: Tensor | None) -> Tensor:
    if scale is not None and _fits(tensor, scale):
        return tensor.float().mul_(scale.float()[:, None])
    return tensor.float() if tensor.is_floating_point() else tensor


def _is_used_scale(name: str, packed: Mapping[str, Tensor]) -> bool:
    steps = packed.get(name.removesuffix(SCALE_SUFFIX)) if name.endswith(SCALE_SUFFIX) else None
    return steps is not None and _fits(steps, packed[name])


def _fits(steps: Tensor, scale: Tensor) -> bool:
    return (
        steps.dtype == torch.int8
        and steps.ndim == 2
        and scale.is_floating_point()
        and scale.shape == steps.shape[:1]
        and bool((scale > 0).all())
    )
