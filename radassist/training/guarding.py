"""Fits the guard of a model: how far from the training films a film's features may lie before it warns or refuses."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from radassist.domain.analysis import BlockSpec
from radassist.inference.feature_guard import (
    FeatureDistance,
    distance_threshold,
    fit_feature_distance,
    pooled_features,
)
from radassist.networks.activations import record_activations
from radassist.networks.card import FeatureGuard
from radassist.networks.preprocess import Preprocess
from radassist.training.datasets import FilmSet, to_input
from radassist.training.events import FilmsScored

_MOST_FILMS = 1500
_BATCH = 64
_QUANTILE = 0.99
_REFUSAL = 1.5
_RULE = f"warns beyond the {_QUANTILE:.0%} quantile of validation films, refuses beyond {_REFUSAL} times it"


@dataclass(frozen=True, slots=True, eq=False)
class FittedGuard:
    """A guard that is not yet on disk.

    Attributes:
        block: Whose features it compares.
    """

    block: BlockSpec
    distance: FeatureDistance
    warn_beyond: float

    def card_entry(self, sha256: str) -> FeatureGuard:
        """What the card says of it; `sha256` is that of the written parameters."""
        return FeatureGuard(
            block=self.block.name,
            warn_beyond=round(self.warn_beyond, 4),
            refuse_beyond=round(_REFUSAL * self.warn_beyond, 4),
            rule=_RULE,
            fitted_on="fit, distances chosen on validation",
            sha256=sha256,
        )


def fit_guard(
    network: nn.Module, fit: FilmSet, validation: FilmSet, preprocess: Preprocess, device: torch.device
) -> Generator[FilmsScored, None, FittedGuard]:
    """Learn the cloud of features from at most 1500 films, evenly spread, and the distances from validation.

    The block is the last but one: the last knows the labels best, and what is no chest least.
    """
    blocks: tuple[BlockSpec, ...] = network.blocks  # type: ignore[assignment]  # torch types attributes as modules
    block = blocks[max(0, len(blocks) - 2)]
    rows = np.linspace(0, len(fit) - 1, min(_MOST_FILMS, len(fit))).round().astype(int)
    learnt = yield from _features(network, block, fit.grey[torch.from_numpy(rows)], preprocess, device)
    distance = fit_feature_distance(learnt)
    others = yield from _features(network, block, validation.grey, preprocess, device)
    return FittedGuard(block, distance, distance_threshold(distance.of(others), _QUANTILE))


def _features(
    network: nn.Module, block: BlockSpec, grey: torch.Tensor, preprocess: Preprocess, device: torch.device
) -> Generator[FilmsScored, None, NDArray[np.float64]]:
    network.to(device).eval()
    parts = []
    for start in range(0, len(grey), _BATCH):
        films = to_input(grey[start : start + _BATCH, None].to(device), preprocess)
        with torch.inference_mode(), record_activations(network, (block,)) as activations:
            network(films)
            parts.append(pooled_features(activations.of(block).float().cpu().numpy()))
        yield FilmsScored(min(start + _BATCH, len(grey)), len(grey))
    return np.concatenate(parts)
