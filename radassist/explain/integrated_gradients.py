"""Integrated gradients (Sundararajan et al. 2017): what each input pixel adds to a score on the way from a black film.

In steps, on ever more points of the way: a coarse map is there at once, and the work can be given up at any step.
"""

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from radassist.domain.explanation import ExplainStep
from radassist.explain.gradients import input_gradients

LEVELS = (4, 8, 16, 32)
"""Equal parts of the way, each a multiple of the one before: its points are used again."""

_POINTS_AT_ONCE = 2


def integrated_gradients(
    network: nn.Module, batch: Tensor, baseline: Tensor, target: int, levels: tuple[int, ...] = LEVELS
) -> Iterator[ExplainStep[NDArray[np.float32]]]:
    """(input - baseline) times the mean gradient on the straight way between them, summed over the input's channels.

    The mean is that of the trapezoidal rule. The sum of a map over all pixels comes close to the difference of the
    scores of film and baseline, closer with each level.

    Args:
        network: In eval mode.
        batch: One film, (1, C, H, W).
        baseline: (1, C, H, W), a film that shows nothing.
        target: Index of the label.
        levels: Parts of the way.

    Yields:
        (H, W) float32, raw, None before the first level is done.
    """
    points = [_points(levels, number) for number in range(len(levels))]
    done, total = 0, sum(map(len, points))
    weighted = torch.zeros_like(batch, dtype=torch.float64)
    found: NDArray[np.float32] | None = None
    for level, places in zip(levels, points, strict=True):
        for first in range(0, len(places), _POINTS_AT_ONCE):
            some = torch.tensor(places[first : first + _POINTS_AT_ONCE])[:, None, None, None]
            gradients = input_gradients(network, baseline + some * (batch - baseline), target)
            weighted += (gradients * torch.where((some == 0) | (some == 1), 0.5, 1.0)).sum(dim=0, keepdim=True)
            done += len(some)
            if first + _POINTS_AT_ONCE >= len(places):
                found = ((batch - baseline) * weighted / level).sum(dim=1)[0].float().numpy()
            yield ExplainStep(done, total, found)


def _points(levels: tuple[int, ...], number: int) -> list[float]:
    """Places on the way, 0 the baseline and 1 the film, that level `number` has and none before it."""
    before = {place / part for part in levels[:number] for place in range(part + 1)}
    return [place / levels[number] for place in range(levels[number] + 1) if place / levels[number] not in before]
