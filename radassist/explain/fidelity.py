"""Does a score rest on what a map points at? Deletion and insertion curves (Petsiuk et al. 2018, "RISE")."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from radassist.domain.trust import Curve
from radassist.explain.agreement import Grid
from radassist.explain.open_model import FedFilm
from radassist.inference.calibration import calibrated_probabilities

STEPS = 16
"""Equal parts of the film, by importance, that are changed one after the other."""

ORDERS = 2
"""Random orders whose mean the map's own order is held against."""

SCORES = 2 * (STEPS + 1) + ORDERS * (STEPS - 1)
"""Films scored in all."""

AT_ONCE = 2
"""Films scored between two steps."""
_BLUR = 1 / 22
"""Of the input's height: standard deviation of the blur, about 10 pixels at 224."""


@dataclass(frozen=True, slots=True)
class Fidelity:
    """Both curves of one map, and the film blurred in no order that means anything."""

    deletion: Curve
    insertion: Curve
    random: Curve


def fidelity(film: FedFilm, values: Grid, target: int) -> Iterator[Fidelity | None]:
    """Blur a film by importance, uncover it again, blur it at random: None while it goes on, at last the curves.

    The random orders have the grain of the map; their curves begin and end where that of the map does.

    Args:
        film: As the network gets it.
        values: (h, w), a map over all of it; highest values first.
        target: Index of the label whose probability is followed.
    """
    clear = film.fed.array
    spread = _BLUR * clear.shape[1]
    blurred = ndimage.gaussian_filter(clear, (0, spread, spread), mode="nearest")
    order = _order(values, (clear.shape[1], clear.shape[2]))
    shares = [part / STEPS for part in range(STEPS + 1)]
    inputs = [np.where(order < share, blurred, clear) for share in shares]
    inputs += [np.where(order < share, clear, blurred) for share in shares]
    for seed in range(ORDERS):
        anyhow = _order(np.random.default_rng(seed).random(values.shape, np.float32), order.shape)
        inputs += [np.where(anyhow < share, blurred, clear) for share in shares[1:-1]]
    found: list[float] = []
    for first in range(0, len(inputs), AT_ONCE):
        found += _probabilities(film, np.stack(inputs[first : first + AT_ONCE]), target)
        yield None
    blurring, uncovering, at_random = found[: STEPS + 1], found[STEPS + 1 : 2 * STEPS + 2], found[2 * STEPS + 2 :]
    inner = np.reshape(at_random, (ORDERS, STEPS - 1)).mean(axis=0).tolist()
    yield Fidelity(Curve(tuple(blurring)), Curve(tuple(uncovering)), Curve((blurring[0], *inner, blurring[-1])))


def _order(values: Grid, size: tuple[int, ...]) -> NDArray[np.float64]:
    """Place of each input pixel among all, from 0 for the most important to just below 1, (h, w)."""
    smooth = Image.fromarray(values.astype(np.float32)).resize((size[1], size[0]), Image.Resampling.BILINEAR)
    ranks = np.empty(size[0] * size[1])
    ranks[np.argsort(-np.asarray(smooth, np.float64).ravel(), kind="stable")] = np.arange(ranks.size) / ranks.size
    return ranks.reshape(size)


def _probabilities(film: FedFilm, inputs: NDArray[np.float32], target: int) -> list[float]:
    batch = torch.from_numpy(inputs).to(memory_format=torch.channels_last)
    with torch.no_grad():
        logits = film.model.network(batch).double().numpy()
    return [float(row[target]) for row in calibrated_probabilities(logits, film.model.card.calibration.temperature)]
