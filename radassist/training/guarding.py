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
_REFUSING = f"refuses beyond {_REFUSAL} times the {_QUANTILE:.0%} quantile of validation films"


@dataclass(frozen=True, slots=True, eq=False)
class GuardFilms:
    """What a guard is fitted to.

    Attributes:
        fit: The cloud of training films.
        validation: How far films of the same kind lie from it.
        originals: Films of the fit split at their original size, which lack the compression of the stored ones and so
            lie farther away; None where there are none.
    """

    fit: FilmSet
    validation: FilmSet
    originals: FilmSet | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FittedGuard:
    """A guard that is not yet on disk.

    Attributes:
        block: Whose features it compares.
        usual: Distance that nearly all validation films stay below.
        farthest_original: Of the training films at their original size; None without any.
        originals: How many those are.
    """

    block: BlockSpec
    distance: FeatureDistance
    usual: float
    farthest_original: float | None = None
    originals: int = 0

    def card_entry(self, sha256: str) -> FeatureGuard:
        """What the card says of it; `sha256` is that of the written parameters."""
        warn = max(self.usual, self.farthest_original or 0.0)
        return FeatureGuard(
            block=self.block.name,
            warn_beyond=round(warn, 4),
            # A film is never refused before it would be warned of.
            refuse_beyond=round(max(_REFUSAL * self.usual, warn), 4),
            rule=f"{self._warning}; {_REFUSING}",
            fitted_on="fit, distances chosen on validation" + (" and on fit" if self.originals else ""),
            sha256=sha256,
        )

    @property
    def _warning(self) -> str:
        if self.farthest_original is None or self.farthest_original < self.usual:
            return f"warns beyond the {_QUANTILE:.0%} quantile of validation films"
        return (
            f"warns beyond the farthest of {self.originals} training films at their original size, which lack the"
            " compression of the stored ones"
        )


def fit_guard(
    network: nn.Module, films: GuardFilms, preprocess: Preprocess, device: torch.device
) -> Generator[FilmsScored, None, FittedGuard | None]:
    """Learn the cloud of features from at most 1500 films, evenly spread, and how far films lie from it.

    The block is the last but one: the last knows the labels best, and what is no chest least. A network that publishes
    no block gets no guard of this kind.
    """
    blocks: tuple[BlockSpec, ...] = network.blocks  # type: ignore[assignment]  # torch types attributes as modules
    if not blocks:
        return None
    block = blocks[max(0, len(blocks) - 2)]
    rows = np.linspace(0, len(films.fit) - 1, min(_MOST_FILMS, len(films.fit))).round().astype(int)
    learnt = yield from _features(network, block, films.fit.grey[torch.from_numpy(rows)], preprocess, device)
    distance = fit_feature_distance(learnt)
    others = yield from _features(network, block, films.validation.grey, preprocess, device)
    usual = distance_threshold(distance.of(others), _QUANTILE)
    if films.originals is None:
        return FittedGuard(block, distance, usual)
    whole = yield from _features(network, block, films.originals.grey, preprocess, device)
    return FittedGuard(block, distance, usual, float(distance.of(whole).max()), len(films.originals))


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
