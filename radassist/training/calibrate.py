"""What is fitted after the weights: temperature, operating threshold and conformal quantiles, each on its own split."""

from collections.abc import Callable
from math import ceil

import numpy as np
from numpy.typing import NDArray

from radassist.networks.card import Calibration, Conformal, OperatingPoint
from radassist.training.manifest import Split
from radassist.training.scoring import SplitScores

ERROR_RATE = 0.05
_TEMPERATURES = (0.05, 20.0)
_GOLDEN = (5**0.5 - 1) / 2


def fit_temperature(scores: SplitScores) -> Calibration:
    """The temperature of least cross entropy on the calibration split, both labels weighing the same in all.

    Temperature scaling is Guo et al. 2017. The weights are those of the training loss: the probability speaks of a
    place where both labels are equally common.

    Raises:
        ValueError: If `scores` are of another split.
    """
    _insist(scores, Split.CALIBRATION)
    low, high = np.log(_TEMPERATURES)
    temperature = float(np.exp(_minimum(lambda log: _balanced_loss(scores, float(np.exp(log))), low, high)))
    return Calibration(temperature=round(temperature, 4), fitted_on=f"{Split.CALIBRATION}, labels weighted equally")


def choose_threshold(scores: SplitScores, temperature: float, *, sensitivity: float) -> OperatingPoint:
    """The highest threshold at which at least `sensitivity` of the positive validation films are found.

    It lies halfway between that film's probability and the next lower one, so that rounding decides nothing.

    Raises:
        ValueError: If `scores` are of another split.
    """
    _insist(scores, Split.VALIDATION)
    probabilities = scores.probabilities(temperature)[:, 1]
    found = np.sort(probabilities[scores.targets == 1])[::-1]
    last = found[ceil(sensitivity * len(found)) - 1]
    below = probabilities[probabilities < last]
    threshold = (last + below.max()) / 2 if len(below) else last / 2
    rule = f"highest threshold with a sensitivity of at least {sensitivity:.1%} on validation"
    return OperatingPoint(threshold=round(float(threshold), 6), rule=rule, chosen_on=Split.VALIDATION)


def fit_conformal(scores: SplitScores, temperature: float, *, error_rate: float = ERROR_RATE) -> Conformal:
    """For each label the quantile of 1 - p(label) among its calibration films, corrected for their number (Vovk 2012).

    A label belongs to a film's set where 1 - p(label) is at most its quantile; the true label is then missing from at
    most `error_rate` of the films of each label.

    Raises:
        ValueError: If `scores` are of another split.
    """
    _insist(scores, Split.CALIBRATION)
    probabilities = scores.probabilities(temperature)
    quantiles = tuple(
        _corrected_quantile(1 - probabilities[scores.targets == label, label], error_rate)
        for label in range(probabilities.shape[1])
    )
    return Conformal(error_rate=error_rate, quantiles=quantiles, fitted_on=Split.CALIBRATION)


def _corrected_quantile(misfits: NDArray[np.float64], error_rate: float) -> float:
    rank = ceil((len(misfits) + 1) * (1 - error_rate))
    return float(np.sort(misfits)[rank - 1]) if rank <= len(misfits) else 1.0


def _balanced_loss(scores: SplitScores, temperature: float) -> float:
    probabilities = scores.probabilities(temperature)[np.arange(len(scores.targets)), scores.targets]
    losses = -np.log(np.maximum(probabilities, 1e-300))
    return float(np.mean([losses[scores.targets == label].mean() for label in np.unique(scores.targets)]))


def _minimum(function: Callable[[float], float], low: float, high: float) -> float:
    """Golden-section search of a function with one valley."""
    while high - low > 1e-6:
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if function(left) < function(right):
            high = right
        else:
            low = left
    return (low + high) / 2


def _insist(scores: SplitScores, wanted: Split) -> None:
    if scores.split is not wanted:
        raise ValueError(f"this is fitted on {wanted} films, not on {scores.split}")
