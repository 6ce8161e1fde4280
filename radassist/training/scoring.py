"""Scores of a split by a network: the one table that thresholds, calibration and figures are computed from."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from radassist.inference.calibration import calibrated_probabilities
from radassist.networks.preprocess import Preprocess
from radassist.training.datasets import FilmSet, to_input
from radassist.training.events import FilmsScored
from radassist.training.manifest import LabelledFilm, Split

_BATCH = 64


@dataclass(frozen=True, slots=True, eq=False)
class SplitScores:
    """What a network says of the films of one split.

    Attributes:
        films: In the order of the rows.
        targets: (N,) int64, indices of labels.
        logits: (N, labels) float64.
        copies: As in `FilmSet`.
    """

    split: Split
    films: tuple[LabelledFilm, ...]
    targets: NDArray[np.int64]
    logits: NDArray[np.float64]
    copies: int = 1

    @property
    def as_they_are(self) -> "SplitScores":
        """Of the films themselves, without their varied copies."""
        count = len(self.films) // self.copies
        return SplitScores(self.split, self.films[:count], self.targets[:count], self.logits[:count])

    def probabilities(self, temperature: float = 1.0) -> NDArray[np.float64]:
        """(N, labels), the softmax of logits over `temperature`."""
        return calibrated_probabilities(self.logits, temperature)


def score_films(
    network: nn.Module, films: FilmSet, preprocess: Preprocess, device: torch.device
) -> Generator[FilmsScored, None, SplitScores]:
    """Score every film of a split, without augmentation, in eval mode and float32; the mode is put back afterwards."""
    was_training = network.training
    network.eval()
    logits = []
    for start in range(0, len(films), _BATCH):
        batch = films.grey[start : start + _BATCH, None].to(device)
        with torch.inference_mode():
            logits.append(network(to_input(batch, preprocess)).double().cpu().numpy())
        yield FilmsScored(min(start + _BATCH, len(films)), len(films))
    network.train(was_training)
    return SplitScores(films.split, films.films, films.targets.numpy(), np.concatenate(logits), films.copies)
