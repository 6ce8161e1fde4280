"""What is fitted after the weights: logit scale, operating threshold, conformal quantiles; each on its own split."""

from dataclasses import dataclass
from math import ceil

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from radassist.domain.errors import UserError
from radassist.domain.threshold_rule import ThresholdRule
from radassist.domain.track_record import TrackRecord
from radassist.networks.card import Conformal
from radassist.training.manifest import Split
from radassist.training.scoring import SplitScores

ERROR_RATE = 0.05
_SLOPES = (0.05, 20.0)


@dataclass(frozen=True, slots=True)
class LogitScale:
    """How logits become calibrated: `offset` is added to the positive logit's lead, `temperature` divides the sum."""

    offset: float
    temperature: float


def fit_logit_scale(scores: SplitScores) -> LogitScale:
    """Platt scaling (Platt 1999) of the positive logit's lead, both labels weighing the same in all.

    Temperature alone cannot undo the offset that augmentation leaves: films as they come score lower than the varied
    ones that were learnt from. With equal weights the probability speaks of a place where both labels are as common.

    Raises:
        ValueError: If `scores` are of another split.
    """
    from sklearn.linear_model import LogisticRegression

    _insist(scores, Split.CALIBRATION)
    lead = scores.logits[:, 1] - scores.logits[:, 0]
    # The penalty is there for films that are told apart perfectly, which no finite slope would end.
    fitted = LogisticRegression(C=1e3, class_weight="balanced").fit(lead[:, None], scores.targets)
    slope = float(np.clip(fitted.coef_[0, 0], *_SLOPES))
    return LogitScale(offset=float(fitted.intercept_[0]) / slope, temperature=round(1 / slope, 4))


def check_two_logits(network: nn.Module) -> None:
    """Refuse a network whose scores could not be calibrated after training.

    Raises:
        UserError: If it does not end in a linear layer of two logits with a bias.
    """
    linears = [module for module in network.modules() if isinstance(module, nn.Linear)]
    if not linears or linears[-1].bias is None or linears[-1].out_features != 2:
        raise UserError("The network must end in a linear layer with a bias and two outputs, NORMAL and PNEUMONIA.")


def fold_offset(network: nn.Module, offset: float) -> None:
    """Add `offset` to the positive logit's lead for good, half on each bias of the last linear layer.

    Raises:
        UserError: As `check_two_logits`.
    """
    check_two_logits(network)
    *_, last = (module for module in network.modules() if isinstance(module, nn.Linear))
    with torch.no_grad():
        last.bias.add_(torch.tensor([-offset / 2, offset / 2], device=last.bias.device))


def track_record(scores: SplitScores, temperature: float) -> TrackRecord:
    """What became of the films of validation.

    Raises:
        ValueError: If `scores` are of another split.
    """
    _insist(scores, Split.VALIDATION)
    probabilities = scores.probabilities(temperature)[:, 1]
    positive, negative = (np.sort(probabilities[scores.targets == label]).tolist() for label in (1, 0))
    return TrackRecord(tuple(positive), tuple(negative))


def choose_threshold(scores: SplitScores, temperature: float, rule: ThresholdRule) -> float:
    """The threshold on the probability of the positive label that `rule` asks for, as `TrackRecord.threshold_by`.

    Raises:
        ValueError: If `scores` are of another split.
    """
    return track_record(scores, temperature).threshold_by(rule)


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
        _corrected_quantile(1 - probabilities[scores.targets == label, label], error_rate, scores.copies)
        for label in range(probabilities.shape[1])
    )
    return Conformal(error_rate=error_rate, quantiles=quantiles, fitted_on=Split.CALIBRATION)


def _corrected_quantile(misfits: NDArray[np.float64], error_rate: float, copies: int) -> float:
    """Varied copies add rows, but no new patients: the correction counts films."""
    films = len(misfits) // copies
    rank = ceil((films + 1) * (1 - error_rate))
    return float(np.sort(misfits)[rank * copies - 1]) if rank <= films else 1.0


def _insist(scores: SplitScores, wanted: Split) -> None:
    if scores.split is not wanted:
        raise ValueError(f"this is fitted on {wanted} films, not on {scores.split}")
