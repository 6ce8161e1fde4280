"""From the grey film the screen shows to the array a network is fed: one rule for training, evaluation and use."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from radassist.domain.geometry import Geometry
from radassist.domain.prepared import InputShape
from radassist.networks.card import InputSpec, ModelCard
from radassist.networks.resampling import squash

RULE_VERSION = 1
"""Goes up when the same film and card would give another array."""


@dataclass(frozen=True, slots=True, eq=False)
class NetworkInput:
    """One film as a network takes it.

    Attributes:
        array: (channels, height, width) float32, normalised.
        geometry: The way back to the film's pixels.
    """

    array: NDArray[np.float32]
    geometry: Geometry


@dataclass(frozen=True, slots=True)
class Preprocess:
    """Squash, repeat, normalise, as a card's input says."""

    spec: InputSpec

    @classmethod
    def from_card(cls, card: ModelCard) -> "Preprocess":
        """The preprocessing that belongs to a model."""
        return cls(card.input)

    @property
    def version(self) -> str:
        """Rule and figures in one line, for provenance: equal lines mean equal arrays for equal films."""
        spec = self.spec
        via = f"{spec.via[0]}x{spec.via[1]} then " if spec.via else ""
        figures = f"mean {_figures(spec.mean)} std {_figures(spec.std)}"
        return f"grey8 {spec.resample} {via}{spec.height}x{spec.width} x{spec.channels} {figures} (rule {RULE_VERSION})"

    @property
    def shape(self) -> InputShape:
        """What a film is squashed to."""
        return InputShape(self.spec.height, self.spec.width, self.spec.via)

    def apply(self, grey8: NDArray[np.uint8]) -> NetworkInput:
        """The network's input and the way back, from a film (H, W) uint8 as the screen shows it."""
        return NetworkInput(self.normalise(self.squash(grey8)), self.geometry(grey8))

    def geometry(self, grey8: NDArray[np.uint8]) -> Geometry:
        """The way back from the network's input to the film (H, W)."""
        return Geometry((grey8.shape[0], grey8.shape[1]), (self.spec.height, self.spec.width))

    def squash(self, grey8: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """(H, W) uint8 to (height, width) uint8 by way of `via`, aspect not kept, as the training films were made."""
        return squash(grey8, self.shape)

    def normalise(self, grey8: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(height, width) uint8 to (channels, height, width) float32: (grey / 255 - mean) / std for each channel."""
        grey = grey8.astype(np.float32) / np.float32(255)
        mean = np.asarray(self.spec.mean, np.float32)[:, None, None]
        std = np.asarray(self.spec.std, np.float32)[:, None, None]
        return (grey[None] - mean) / std


def _figures(values: tuple[float, ...]) -> str:
    return ",".join(f"{value:g}" for value in values)
