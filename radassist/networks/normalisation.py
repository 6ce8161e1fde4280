"""The last step of the preprocessing as a torch module, so that it can be part of a network's graph."""

import torch
from torch import Tensor, nn

from radassist.networks.card import InputSpec


class Normalisation(nn.Module):
    """(N, 1, H, W) uint8 to (N, channels, H, W) float32: the very arithmetic of `Preprocess.normalise`."""

    mean: Tensor
    std: Tensor

    def __init__(self, spec: InputSpec) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(spec.mean, dtype=torch.float32)[:, None, None])
        self.register_buffer("std", torch.tensor(spec.std, dtype=torch.float32)[:, None, None])

    def forward(self, greys: Tensor) -> Tensor:
        """(grey / 255 - mean) / std, once a channel."""
        normalised: Tensor = (greys.float() / 255 - self.mean) / self.std
        return normalised
