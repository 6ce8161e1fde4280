"""From logits to what may be said: calibrated probabilities, the operating point, the conformal decision."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import UNDETERMINED, Prediction
from radassist.domain.threshold_rule import OperatingPoint
from radassist.networks.card import Conformal, ModelCard


def make_prediction(logits: NDArray[np.float64], card: ModelCard) -> Prediction:
    """The model's answer from finite `logits`, (labels,) float64, by the figures of its card."""
    probabilities = calibrated_probabilities(logits, card.calibration.temperature)
    return Prediction(
        labels=card.labels,
        scores=tuple(float(score) for score in logits),
        probabilities=tuple(float(probability) for probability in probabilities),
        threshold=card.operating_point.threshold,
        decision=UNDETERMINED,
        possible=_possible(probabilities, card),
    ).at(OperatingPoint(card.operating_point.threshold))


def calibrated_probabilities(logits: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Softmax of `logits` / `temperature` over the last axis, in float64 (temperature scaling, Guo et al. 2017)."""
    scaled = np.asarray(logits, np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    probabilities: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities


def label_set(probabilities: Sequence[float], conformal: Conformal) -> tuple[int, ...]:
    """Indices of the labels that cannot be excluded: those whose 1 - p(label) is at most their quantile.

    Class-conditional split conformal prediction (Vovk 2012).
    """
    return tuple(
        index
        for index, (probability, quantile) in enumerate(zip(probabilities, conformal.quantiles, strict=True))
        if 1 - probability <= quantile
    )


def _possible(probabilities: NDArray[np.float64], card: ModelCard) -> tuple[str, ...] | None:
    """Labels that cannot be excluded; None without conformal figures, where the threshold decides alone."""
    if card.conformal is None:
        return None
    return tuple(card.labels[index] for index in label_set(probabilities.tolist(), card.conformal))
