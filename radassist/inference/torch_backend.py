"""One batch through a torch network: logits and block maps from the same forward pass, in float32."""

from collections.abc import Sequence
from copy import deepcopy

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from radassist.domain.analysis import BlockSpec
from radassist.inference.backend import BatchOutput
from radassist.networks.activations import record_activations
from radassist.networks.card import InputSpec
from radassist.networks.normalisation import Normalisation


class TorchBackend:
    """Runs a network on one device; on another device than the CPU it is a copy that runs.

    On the CPU films go through one by one: the last bits of a convolution depend on how many films share it, and a film
    must get the same numbers whatever films it came with. It costs no time there.
    """

    title = "torch"

    def __init__(self, network: nn.Module, device: str, spec: InputSpec) -> None:
        self._device = torch.device(device)
        own = network if self._device.type == "cpu" else deepcopy(network).to(self._device)
        # Depthwise convolutions run up to ten times faster on a CPU, plain ones somewhat.
        self._network = own.eval().to(memory_format=torch.channels_last)
        self._normalise = Normalisation(spec).to(self._device)

    def run(self, greys: NDArray[np.uint8], blocks: Sequence[BlockSpec] = ()) -> BatchOutput:
        """As `Backend.run`; on the CPU each film by itself."""
        step = 1 if self._device.type == "cpu" else max(1, len(greys))
        parts = [self._run_together(greys[first : first + step], blocks) for first in range(0, len(greys), step)]
        return parts[0] if len(parts) == 1 else _joined(parts)

    def _run_together(self, greys: NDArray[np.uint8], blocks: Sequence[BlockSpec]) -> BatchOutput:
        try:
            return self._forward(greys, blocks)
        except RuntimeError as error:
            if not _is_out_of_memory(error):
                raise
            reason = str(error)
        # Only here, where the exception is gone, does nothing hold the device's memory any more.
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
        raise MemoryError(reason)

    def _forward(self, greys: NDArray[np.uint8], blocks: Sequence[BlockSpec]) -> BatchOutput:
        # TensorFloat-32 would round convolutions to 10 bits.
        exact = torch.backends.cudnn.flags(enabled=True, allow_tf32=False)
        with torch.inference_mode(), exact, record_activations(self._network, blocks) as activations:
            logits: Tensor = self._network(self._normalise(torch.tensor(greys[:, None]).to(self._device)))
            maps = tuple(_to_numpy(output) for output in activations.all())
        return BatchOutput(_to_numpy(logits).astype(np.float64), maps)


def _joined(parts: Sequence[BatchOutput]) -> BatchOutput:
    maps = zip(*(part.maps for part in parts), strict=True)
    return BatchOutput(np.concatenate([part.logits for part in parts]), tuple(map(np.concatenate, maps)))


def _to_numpy(tensor: Tensor) -> NDArray[np.float32]:
    """In the ordinary memory order, channels before rows."""
    return np.ascontiguousarray(tensor.float().cpu().numpy())


def _is_out_of_memory(error: RuntimeError) -> bool:
    """On the CPU it is no class of its own but a RuntimeError that names the allocator."""
    return isinstance(error, torch.OutOfMemoryError) or "DefaultCPUAllocator" in str(error)
