"""Saliency by hiding one piece of a film after the other. It asks for scores alone: no gradient, and no torch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.domain.explanation import ExplainStep, SaliencyMap, SaliencyMethod, Subject
from radassist.explain.scorer import Grey, Scorer
from radassist.explain.sweep import SweepStep, sweep


@dataclass(frozen=True, slots=True, eq=False)
class OccludedFilm:
    """A film and the model that is asked about it.

    Attributes:
        grey: (H, W) uint8 as `rendering.to_grey8` makes it.
        labels: Of the model.
        scorer: The model.
    """

    subject: Subject
    grey: Grey
    labels: Sequence[str]
    scorer: Scorer


def occlusion(film: OccludedFilm, target: str, cancel: CancelToken) -> Iterator[ExplainStep[SaliencyMap]]:
    """By how much the log odds of `target` fall when each piece is hidden, coarse first; steps as those of `sweep`.

    A sweep speaks of the positive label; what it says of the other of two labels is the opposite.

    Raises:
        UserError: If the model has no such label, or more than two and this is not the positive one.
        Cancelled: If `cancel` is cancelled.
    """
    if target not in film.labels:
        raise UserError(f"The model has no label {target!r}; it has: {', '.join(film.labels)}.")
    is_positive = target == film.labels[1]
    if not is_positive and len(film.labels) > 2:
        raise UserError(f"Occlusion speaks of {film.labels[1]} only with this model.")
    for step in sweep(film.grey, film.scorer, cancel):
        yield ExplainStep(step.done, step.total, _as_map(film, target, step, np.float32(1 if is_positive else -1)))


def _as_map(film: OccludedFilm, target: str, step: SweepStep, sign: np.float32) -> SaliencyMap | None:
    """None before every piece of the first level was hidden."""
    if np.isnan(step.drops).any():
        return None
    height, width = (side / cells for side, cells in zip(film.grey.shape, step.drops.shape, strict=True))
    return SaliencyMap(film.subject, SaliencyMethod.OCCLUSION, target, None, sign * step.drops, (height, width))
