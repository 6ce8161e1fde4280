"""What runs a network on one device, whichever library does it, and what comes out. Imports none of the libraries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import BlockSpec


@dataclass(frozen=True, slots=True, eq=False)
class BatchOutput:
    """What a network said of a batch.

    Attributes:
        logits: (N, labels) float64.
        maps: One (N, channels, h, w) float32 a block that was asked for, in that order.
    """

    logits: NDArray[np.float64]
    maps: tuple[NDArray[np.float32], ...]


class Backend(Protocol):
    """Runs batches on one device. Used by one thread."""

    @property
    def title(self) -> str:
        """What computes, for the screen and for provenance, for instance `OpenVINO`."""
        ...

    def run(self, greys: NDArray[np.uint8], blocks: Sequence[BlockSpec] = ()) -> BatchOutput:
        """Logits and the maps of `blocks` for `greys`, (N, H, W) uint8 of the network's size, not normalised.

        Raises:
            MemoryError: If the device's memory does not hold the batch.
            RuntimeError: If the device fails.
            UserError: If the network takes films of another size.
        """
        ...
