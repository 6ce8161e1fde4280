"""Forward passes that are cut open at a block: its activations, the gradients there, and scores with it replaced."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from radassist.domain.analysis import BlockSpec
from radassist.networks.activations import module_of


def activations_and_gradients(
    network: nn.Module, block: BlockSpec, batch: Tensor, target: int
) -> tuple[Tensor, Tensor]:
    """What `block` puts out, and how one label's score changes with it.

    Args:
        network: In eval mode, so that films of a batch do not touch each other.
        block: Where.
        batch: (N, C, H, W).
        target: Index of the label.

    Returns:
        Two tensors (N, channels, h, w); the second is the gradient of each film's own score.
    """
    leaves: list[Tensor] = []

    def cut(output: Tensor) -> Tensor:
        leaves.append(output.detach().requires_grad_())
        return leaves[0].clone()  # a layer that works in place may not overwrite the leaf

    with torch.enable_grad(), _output_through(network, block, cut):
        score = network(batch)[:, target].sum()
        (gradient,) = torch.autograd.grad(score, leaves)
    return leaves[0].detach(), gradient


def input_gradients(network: nn.Module, batch: Tensor, target: int) -> Tensor:
    """How one label's score changes with each value of the input: (N, C, H, W)."""
    with torch.enable_grad():
        leaf = batch.detach().clone().requires_grad_()
        (gradient,) = torch.autograd.grad(network(leaf)[:, target].sum(), leaf)
    return gradient


def activations_of(network: nn.Module, block: BlockSpec, batch: Tensor) -> Tensor:
    """What `block` puts out: (N, channels, h, w)."""
    kept: list[Tensor] = []

    def keep(output: Tensor) -> Tensor:
        kept.append(output.clone())
        return output

    with torch.no_grad(), _output_through(network, block, keep):
        network(batch)
    return kept[0]


def scores_from(network: nn.Module, block: BlockSpec, batch: Tensor, activations: Tensor) -> Tensor:
    """Scores (M, labels) of the network from `block` onwards.

    Args:
        network: In eval mode.
        block: One through which everything passes, as through every published block.
        batch: (1, C, H, W), run as far as the block only to get there.
        activations: (M, channels, h, w), taken for what the block puts out.
    """
    with torch.no_grad(), _output_through(network, block, lambda _: activations.clone()):
        scores: Tensor = network(batch)
    return scores


@contextmanager
def _output_through(network: nn.Module, block: BlockSpec, change: Callable[[Tensor], Tensor]) -> Iterator[None]:
    """While the context is open, what `block` puts out is `change` of it."""
    hook = module_of(network, block).register_forward_hook(lambda _module, _inputs, output: change(output))
    try:
        yield
    finally:
        hook.remove()
