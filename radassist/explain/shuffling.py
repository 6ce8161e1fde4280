"""A network whose learnt weights are shuffled away, stage by stage from its output down to its input.

Cascading randomisation as in Adebayo et al. 2018, "Sanity checks for saliency maps", with each tensor's own values
permuted, so that their distribution stays. It is always a copy that is shuffled.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import torch
from torch import nn

from radassist.explain.open_model import OpenModel


@dataclass(frozen=True, slots=True)
class Stage:
    """Modules that are shuffled together.

    Attributes:
        name: For a reader: a block's name, or the module's own.
        modules: Paths in the network.
    """

    name: str
    modules: tuple[str, ...]


def stages_of(model: OpenModel) -> tuple[Stage, ...]:
    """Every module with weights, in stages from the output to the input; published blocks keep their names.

    Modules that lie between two blocks belong to a stage of their own, named after the last of them.
    """
    names = {block.module: block.name for block in model.blocks}
    stages: list[Stage] = []
    for path in reversed(_with_weights(model.network)):
        owner = next((module for module in names if path == module or path.startswith(f"{module}.")), None)
        name = names[owner] if owner else path.rpartition(".")[0] or path
        if stages and (stages[-1].name == name or (owner is None and stages[-1].name not in names.values())):
            stages[-1] = Stage(stages[-1].name, (*stages[-1].modules, path))
        else:
            stages.append(Stage(name, (path,)))
    return tuple(stages)


def shuffled_from_the_output(model: OpenModel, seed: int) -> Iterator[tuple[Stage, OpenModel]]:
    """A copy of `model` after each stage, with all stages before it shuffled too.

    It is one and the same copy, changed in between.
    """
    copy = OpenModel.of(model.card, deepcopy(model.network))
    random = torch.Generator().manual_seed(seed)
    for stage in stages_of(model):
        for path in stage.modules:
            _shuffle(copy.network.get_submodule(path), random)
        yield stage, copy


def all_shuffled(model: OpenModel, seed: int) -> OpenModel:
    """A copy of `model` with every weight shuffled."""
    *_, (_, copy) = shuffled_from_the_output(model, seed)
    return copy


def _with_weights(network: nn.Module) -> list[str]:
    return [path for path, module in network.named_modules() if any(True for _ in module.parameters(recurse=False))]


def _shuffle(module: nn.Module, random: torch.Generator) -> None:
    with torch.no_grad():
        for weights in module.parameters(recurse=False):
            order = torch.randperm(weights.numel(), generator=random)
            weights.copy_(weights.flatten()[order].reshape(weights.shape))
