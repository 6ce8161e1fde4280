"""What the blocks of a network put out during a forward pass, caught by forward hooks that never stay behind."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial

from torch import Tensor, nn

from radassist.domain.analysis import BlockSpec
from radassist.domain.errors import ModelUnavailable


class Activations:
    """The blocks' outputs of the newest forward pass."""

    def __init__(self, blocks: Sequence[BlockSpec]) -> None:
        self._blocks = tuple(blocks)
        self._outputs: dict[str, Tensor] = {}

    def of(self, block: BlockSpec) -> Tensor:
        """(N, channels, h, w) as the block put it out, without gradient, on the network's device.

        Raises:
            KeyError: If there was no forward pass, or none through this block.
        """
        return self._outputs[block.name]

    def all(self) -> tuple[Tensor, ...]:
        """One output a block, in the order of the blocks."""
        return tuple(self.of(block) for block in self._blocks)

    def _keep(self, name: str, _module: nn.Module, _inputs: object, output: Tensor) -> None:
        self._outputs[name] = output.detach()


@contextmanager
def record_activations(network: nn.Module, blocks: Sequence[BlockSpec]) -> Iterator[Activations]:
    """Record `blocks` of `network` while the context is open; the hooks are removed whatever happens in it.

    Raises:
        ModelUnavailable: If the network has no such module.
    """
    activations = Activations(blocks)
    with ExitStack() as hooks:
        for block in blocks:
            module = module_of(network, block)
            hooks.callback(module.register_forward_hook(partial(activations._keep, block.name)).remove)
        yield activations


def module_of(network: nn.Module, block: BlockSpec) -> nn.Module:
    """The module whose output is the feature map of `block`.

    Raises:
        ModelUnavailable: If the network has none of that name.
    """
    try:
        return network.get_submodule(block.module)
    except AttributeError as error:
        raise ModelUnavailable(f"The network has no module {block.module} for its block {block.name}.") from error
