"""What each block alone would say of a film: linear probes on its maps, averaged over the film.

After Alain and Bengio 2017, "Understanding intermediate layers using linear classifier probes". Pure numpy: the maps
may come from any backend.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import BlockOpinion, FeatureMap
from radassist.domain.errors import ModelUnavailable
from radassist.inference.array_file import load_arrays, save_arrays
from radassist.inference.feature_guard import pooled_features
from radassist.networks.card import PROBES_NAME, ModelCard, Probes

_WEIGHTS, _OFFSET = ".weights", ".offset"


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """A linear classifier on one block.

    Attributes:
        block: Name of the block.
        weights: (channels,) float64, of the channels' means over the film.
        offset: Added to their sum; the result is the log odds of the positive label.
    """

    block: str
    weights: NDArray[np.float64]
    offset: float

    def log_odds(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of films whose channels have these means, `features` (N, channels): (N,)."""
        return np.asarray(features @ self.weights + self.offset)


class ProbeSet:
    """The probes of one model."""

    def __init__(self, probes: Iterable[Probe], entry: Probes) -> None:
        self._probes = tuple(probes)
        self._aucs = {part.block: part.auc.value for part in entry.blocks}

    def opinions(self, maps: Sequence[FeatureMap]) -> tuple[BlockOpinion, ...]:
        """What each probe says of a film with these maps, shallow first; blocks without a map are left out."""
        known = {found.block.name: found.activations for found in maps}
        return tuple(
            BlockOpinion(probe.block, _probability(probe, known[probe.block]), self._aucs[probe.block])
            for probe in self._probes
            if probe.block in known
        )


def save_probes(probes: Iterable[Probe], folder: Path) -> str:
    """Write `probes.safetensors` into a model's folder; its SHA-256, which is returned, belongs into the card.

    Raises:
        StoreError: If the folder cannot be written.
    """
    arrays: dict[str, NDArray[np.float64]] = {}
    for probe in probes:
        arrays[probe.block + _WEIGHTS] = probe.weights
        arrays[probe.block + _OFFSET] = np.array([probe.offset])
    return save_arrays(arrays, folder / PROBES_NAME)


def load_probes(folder: Path, card: ModelCard) -> ProbeSet | None:
    """The probes that belong to the model in `folder`, None where its card names none.

    Raises:
        ModelUnavailable: If the file is missing, is another than the card describes, or does not suit the blocks.
    """
    if card.probes is None:
        return None
    arrays = load_arrays(folder / PROBES_NAME, card.probes.sha256, f"probes of model {card.id}")
    channels = {block.name: block.channels for block in card.blocks}
    wanted = {}
    for entry in card.probes.blocks:
        wanted[entry.block + _WEIGHTS] = (channels[entry.block],)
        wanted[entry.block + _OFFSET] = (1,)
    if {name: array.shape for name, array in arrays.items()} != wanted:
        raise ModelUnavailable(f"The probes of model {card.id} do not suit its blocks.")
    names = [entry.block for entry in card.probes.blocks]
    probes = (Probe(name, arrays[name + _WEIGHTS], float(arrays[name + _OFFSET][0])) for name in names)
    return ProbeSet(probes, card.probes)


def _probability(probe: Probe, activations: NDArray[np.float32]) -> float:
    log_odds = float(probe.log_odds(pooled_features(activations[None]))[0])
    return float(0.5 + 0.5 * np.tanh(log_odds / 2))  # 1 / (1 + exp(-x)), written so that it cannot overflow
