"""Fits linear probes: at which depth of a network its answer can already be read off."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from radassist.domain.analysis import BlockSpec
from radassist.inference.feature_guard import pooled_features
from radassist.inference.probes import Probe
from radassist.networks.activations import record_activations
from radassist.networks.card import Metric, ProbeEntry, Probes
from radassist.networks.preprocess import Preprocess
from radassist.training.calibrate import fit_logit_scale
from radassist.training.datasets import FilmSet, to_input
from radassist.training.events import FilmsScored
from radassist.training.manifest import Split
from radassist.training.metrics import auc
from radassist.training.scoring import SplitScores

_MOST_FILMS = 1500
_BATCH = 64
_PENALTY = 0.01
_RULE = (
    f"logistic regression (L2, C = {_PENALTY:g}, labels weighted equally) on the standardised mean of each channel, on "
    f"at most {_MOST_FILMS} films, evenly spread"
)

_Features = list[NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class ProbeFilms:
    """Films as they are: to fit probes, to calibrate them, and to measure them."""

    fit: FilmSet
    calibration: FilmSet
    validation: FilmSet


@dataclass(frozen=True, slots=True, eq=False)
class FittedProbes:
    """Probes that are not yet on disk.

    Attributes:
        aucs: On validation, one a probe.
    """

    probes: tuple[Probe, ...]
    aucs: tuple[Metric, ...]

    def card_entry(self, sha256: str) -> Probes:
        """What the card says of them; `sha256` is that of the written file."""
        entries = (
            ProbeEntry(block=probe.block, auc=_rounded(area))
            for probe, area in zip(self.probes, self.aucs, strict=True)
        )
        return Probes(
            blocks=tuple(entries),
            rule=_RULE,
            fitted_on=Split.FIT,
            scaled_on=Split.CALIBRATION,
            measured_on=Split.VALIDATION,
            sha256=sha256,
        )


def fit_probes(
    network: nn.Module, films: ProbeFilms, preprocess: Preprocess, device: torch.device
) -> Generator[FilmsScored, None, FittedProbes | None]:
    """One probe a block; None where the network publishes no block, or validation is too small to measure one.

    The whole network is looked at as it is: nothing of it is trained.
    """
    blocks: tuple[BlockSpec, ...] = network.blocks  # type: ignore[assignment]  # torch types attributes as modules
    if not blocks:
        return None
    network.to(device).eval()
    rows = torch.from_numpy(np.linspace(0, len(films.fit) - 1, min(_MOST_FILMS, len(films.fit))).round().astype(int))
    learnt = yield from _features(network, films.fit.grey[rows], preprocess, device)
    scaling = yield from _features(network, films.calibration.grey, preprocess, device)
    measuring = yield from _features(network, films.validation.grey, preprocess, device)
    targets = films.fit.targets[rows].numpy()
    probes = tuple(
        _calibrated(_fit(block.name, features, targets), scaled, films.calibration)
        for block, features, scaled in zip(blocks, learnt, scaling, strict=True)
    )
    truth = films.validation.targets.numpy() == 1
    areas = [auc(truth, probe.log_odds(features)) for probe, features in zip(probes, measuring, strict=True)]
    found = tuple(area for area in areas if area is not None)
    return FittedProbes(probes, found) if len(found) == len(probes) else None


def _features(
    network: nn.Module, grey: torch.Tensor, preprocess: Preprocess, device: torch.device
) -> Generator[FilmsScored, None, _Features]:
    """What the probes see of films (N, h, w) uint8: (N, channels) of each block."""
    blocks: tuple[BlockSpec, ...] = network.blocks  # type: ignore[assignment]  # as above
    parts: list[_Features] = []
    for start in range(0, len(grey), _BATCH):
        inputs = to_input(grey[start : start + _BATCH, None].to(device), preprocess)
        with torch.inference_mode(), record_activations(network, blocks) as activations:
            network(inputs)
            parts.append([pooled_features(output.float().cpu().numpy()) for output in activations.all()])
        yield FilmsScored(min(start + _BATCH, len(grey)), len(grey))
    return [np.concatenate(features) for features in zip(*parts, strict=True)]


def _fit(block: str, features: NDArray[np.float64], targets: NDArray[np.int64]) -> Probe:
    """A logistic regression, its standardisation folded into the weights."""
    from sklearn.linear_model import LogisticRegression  # training only, and slow to import

    mean, deviation = features.mean(axis=0), features.std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1.0)
    fitted = LogisticRegression(C=_PENALTY, class_weight="balanced", max_iter=2000)
    fitted.fit((features - mean) / deviation, targets)
    weights = fitted.coef_[0] / deviation
    return Probe(block, weights, float(fitted.intercept_[0] - weights @ mean))


def _calibrated(probe: Probe, features: NDArray[np.float64], films: FilmSet) -> Probe:
    """`probe` scaled as the network's own scores are: it has seen the films it was fitted to, and is too sure."""
    lead = probe.log_odds(features)
    scores = SplitScores(films.split, films.films, films.targets.numpy(), np.stack([-lead / 2, lead / 2], axis=1))
    scale = fit_logit_scale(scores)
    return Probe(probe.block, probe.weights / scale.temperature, (probe.offset + scale.offset) / scale.temperature)


def _rounded(area: Metric) -> Metric:
    low, high = (None if end is None else round(end, 4) for end in (area.low, area.high))
    return Metric(value=round(area.value, 4), low=low, high=high)
