"""From logits to what may be said: calibrated probabilities, the operating point, the conformal decision."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import UNDETERMINED, Prediction
from radassist.networks.card import Conformal, ModelCard


def make_prediction(logits: NDArray[np.float64], card: ModelCard) -> Prediction:
    """The model's answer from finite `logits`, (labels,) float64, by the figures of its card."""
    probabilities = calibrated_probabilities(logits, card.calibration.temperature)
    undecided = Prediction(
        labels=card.labels,
        scores=tuple(float(score) for score in logits),
        probabilities=tuple(float(probability) for probability in probabilities),
        threshold=card.operating_point.threshold,
        decision=UNDETERMINED,
    )
    return _decided(undecided, card.conformal)


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


def _decided(prediction: Prediction, conformal: Conformal | None) -> Prediction:
    """The label of the threshold, where it is also the only one that cannot be excluded; else none.

    Threshold and quantiles are fitted apart and can disagree; a decision against the threshold would read as a mistake,
    and leaving it open only adds to the coverage. Without conformal figures the threshold decides alone.
    """
    if conformal is None:
        return replace(prediction, decision=prediction.label)
    possible = tuple(prediction.labels[index] for index in label_set(prediction.probabilities, conformal))
    return replace(prediction, decision=prediction.label if possible == (prediction.label,) else UNDETERMINED)
