"""One batch through a torch network: logits and block maps from the same forward pass, in float32."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from radassist.domain.analysis import BlockSpec
from radassist.networks.activations import record_activations


@dataclass(frozen=True, slots=True, eq=False)
class BatchOutput:
    """What a network said of a batch.

    Attributes:
        logits: (N, labels) float64.
        maps: One (N, channels, h, w) float32 a block that was asked for, in that order.
    """

    logits: NDArray[np.float64]
    maps: tuple[NDArray[np.float32], ...]


class TorchBackend:
    """Runs a network on one device; on another device than the CPU it is a copy that runs.

    On the CPU films go through one by one: the last bits of a convolution depend on how many films share it, and a film
    must get the same numbers whatever films it came with. It costs no time there.
    """

    def __init__(self, network: nn.Module, device: str) -> None:
        self._device = torch.device(device)
        own = network if self._device.type == "cpu" else deepcopy(network).to(self._device)
        # Depthwise convolutions run up to ten times faster on a CPU, plain ones somewhat.
        self._network = own.eval().to(memory_format=torch.channels_last)

    def run(self, batch: NDArray[np.float32], blocks: Sequence[BlockSpec] = ()) -> BatchOutput:
        """Logits and the maps of `blocks` for `batch`, (N, C, H, W) float32.

        Raises:
            torch.OutOfMemoryError: If the device's memory does not hold it.
            UserError: If the network takes films of another size.
        """
        step = 1 if self._device.type == "cpu" else max(1, len(batch))
        parts = [self._run_together(batch[first : first + step], blocks) for first in range(0, len(batch), step)]
        return parts[0] if len(parts) == 1 else _joined(parts)

    def _run_together(self, batch: NDArray[np.float32], blocks: Sequence[BlockSpec]) -> BatchOutput:
        # TensorFloat-32 would round convolutions to 10 bits.
        exact = torch.backends.cudnn.flags(enabled=True, allow_tf32=False)
        with torch.inference_mode(), exact, record_activations(self._network, blocks) as activations:
            logits: Tensor = self._network(torch.from_numpy(batch).to(self._device))
            maps = tuple(_to_numpy(output) for output in activations.all())
        return BatchOutput(_to_numpy(logits).astype(np.float64), maps)


def _joined(parts: Sequence[BatchOutput]) -> BatchOutput:
    maps = zip(*(part.maps for part in parts), strict=True)
    return BatchOutput(np.concatenate([part.logits for part in parts]), tuple(map(np.concatenate, maps)))


def _to_numpy(tensor: Tensor) -> NDArray[np.float32]:
    """In the ordinary memory order, channels before rows."""
    return np.ascontiguousarray(tensor.float().cpu().numpy())
