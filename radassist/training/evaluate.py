"""Everything measured of a model on one split: figures with intervals, subgroups, calibration, sets and errors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import UNDETERMINED
from radassist.domain.roc import Tally, called_positive, share_of, tally
from radassist.inference.calibration import label_set, make_prediction
from radassist.networks.card import Conformal, Evaluation, Metric, ModelCard
from radassist.training.manifest import LabelledFilm, Split
from radassist.training.metrics import ReliabilityBin, as_metric, auc, brier, expected_calibration_error, reliability
from radassist.training.scoring import SplitScores

_WORST = 20
_AGES = ((0, 18), (18, 65), (65, 130))


@dataclass(frozen=True, slots=True)
class Figures:
    """The usual figures at the card's threshold; None where the films cannot give one.

    Attributes:
        auc: DeLong interval; the shares have Wilson intervals.
    """

    films: int
    confusion: Tally
    auc: Metric | None
    sensitivity: Metric | None
    specificity: Metric | None
    positive_predictive_value: Metric | None
    negative_predictive_value: Metric | None
    accuracy: Metric | None


@dataclass(frozen=True, slots=True)
class Subgroup:
    """Figures of some of the films."""

    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class ConformalFigures:
    """How the conformal sets did, and the decisions made with them.

    Attributes:
        coverage: For each label, the share of its films whose set holds it.
        undetermined: Share of all films without a decision: the set does not hold exactly the label of the threshold.
        accuracy_when_determined: Share of the other films whose decision is right.
    """

    error_rate: float
    coverage: tuple[Metric | None, ...]
    undetermined: Metric | None
    accuracy_when_determined: Metric | None


@dataclass(frozen=True, slots=True)
class WrongFilm:
    """A film called wrongly.

    Attributes:
        row: In the scores.
        probability: Of the positive label.
    """

    row: int
    film: LabelledFilm
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class EvaluationReport:
    """All that was measured.

    Attributes:
        positive: (N,) bool, truth.
        probabilities: (N,) float64, calibrated, of the positive label.
        worst: At most 20 films called wrongly, the surest first.
    """

    card: ModelCard
    data: str
    split: Split
    figures: Figures
    brier: float
    calibration_error: float
    reliability: tuple[ReliabilityBin, ...]
    subgroups: tuple[Subgroup, ...]
    conformal: ConformalFigures | None
    worst: tuple[WrongFilm, ...]
    positive: NDArray[np.bool_]
    probabilities: NDArray[np.float64]


def evaluate_scores(card: ModelCard, scores: SplitScores, data: str) -> EvaluationReport:
    """Measure `scores` with the card's temperature, threshold and quantiles; nothing is fitted here."""
    both = scores.probabilities(card.calibration.temperature)
    positive, probabilities = scores.targets == 1, both[:, 1]
    threshold = card.operating_point.threshold
    return EvaluationReport(
        card=card,
        data=data,
        split=scores.split,
        figures=_figures(positive, probabilities, threshold),
        brier=brier(positive, probabilities),
        calibration_error=expected_calibration_error(positive, probabilities),
        reliability=reliability(positive, probabilities),
        subgroups=tuple(_subgroups(scores, probabilities, threshold)),
        conformal=None if card.conformal is None else _conformal(card, card.conformal, scores),
        worst=_worst(scores, probabilities, threshold),
        positive=positive,
        probabilities=probabilities,
    )


def card_evaluation(report: EvaluationReport) -> Evaluation:
    """The report's main figures as an entry of a model card."""
    figures = report.figures
    metrics = {
        "auc": figures.auc,
        "sensitivity": figures.sensitivity,
        "specificity": figures.specificity,
        "ppv": figures.positive_predictive_value,
        "npv": figures.negative_predictive_value,
        "accuracy": figures.accuracy,
        "ece": Metric(value=report.calibration_error),
        "brier": Metric(value=report.brier),
    }
    measured = {name: _rounded(metric) for name, metric in metrics.items() if metric is not None}
    return Evaluation(data=report.data, split=report.split, films=figures.films, metrics=measured)


def _rounded(metric: Metric) -> Metric:
    shorten = {name: None if value is None else round(value, 4) for name, value in metric.model_dump().items()}
    return Metric.model_validate(shorten)


def _figures(positive: NDArray[np.bool_], probabilities: NDArray[np.float64], threshold: float) -> Figures:
    counts = tally(positive, probabilities, threshold)
    return Figures(
        films=len(positive),
        confusion=counts,
        auc=auc(positive, probabilities),
        sensitivity=as_metric(counts.sensitivity),
        specificity=as_metric(counts.specificity),
        positive_predictive_value=as_metric(counts.positive_predictive_value),
        negative_predictive_value=as_metric(counts.negative_predictive_value),
        accuracy=as_metric(counts.accuracy),
    )


def _subgroups(scores: SplitScores, probabilities: NDArray[np.float64], threshold: float) -> Iterator[Subgroup]:
    """A subtype is measured against all negative films, because it has none of its own; other groups by themselves."""
    negative = scores.targets == 0
    for subtype in _values(scores, lambda film: film.subtype):
        inside = np.array([film.subtype == subtype for film in scores.films])
        if (inside & ~negative).any():
            rows = inside | negative
            yield Subgroup(f"{subtype} against all normal", _figures(~negative[rows], probabilities[rows], threshold))
    for title, value_of in _GROUPINGS:
        for value in _values(scores, value_of):
            rows = np.array([value_of(film) == value for film in scores.films])
            yield Subgroup(f"{title} {value}", _figures(~negative[rows], probabilities[rows], threshold))


def _values(scores: SplitScores, value_of: Callable[[LabelledFilm], str]) -> list[str]:
    return sorted({value_of(film) for film in scores.films} - {""})


def _age_group(film: LabelledFilm) -> str:
    if film.age_years is None:
        return ""
    return next((f"{low} to {high - 1}" for low, high in _AGES if low <= film.age_years < high), "")


_GROUPINGS: tuple[tuple[str, Callable[[LabelledFilm], str]], ...] = (
    ("age", _age_group),
    ("sex", lambda film: film.sex),
    ("view", lambda film: film.view),
)


def _conformal(card: ModelCard, conformal: Conformal, scores: SplitScores) -> ConformalFigures:
    """The sets by themselves, and the decisions that are shown, which also ask the threshold."""
    targets = scores.targets
    predictions = [make_prediction(row, card) for row in scores.logits]
    pairs = zip(predictions, targets.tolist(), strict=True)
    covered = np.array([target in label_set(found.probabilities, conformal) for found, target in pairs])
    decisions = np.array([found.decision for found in predictions])
    decided = decisions != UNDETERMINED
    right = decisions == np.array(card.labels)[targets]
    return ConformalFigures(
        error_rate=conformal.error_rate,
        coverage=tuple(
            as_metric(share_of(int(covered[targets == label].sum()), int((targets == label).sum())))
            for label in range(len(card.labels))
        ),
        undetermined=as_metric(share_of(int((~decided).sum()), len(targets))),
        accuracy_when_determined=as_metric(share_of(int(right.sum()), int(decided.sum()))),
    )


def _worst(scores: SplitScores, probabilities: NDArray[np.float64], threshold: float) -> tuple[WrongFilm, ...]:
    wrong = np.nonzero(called_positive(probabilities, threshold) != (scores.targets == 1))[0]
    surest_first = wrong[np.argsort(-np.abs(probabilities[wrong] - (scores.targets[wrong] == 1)))]
    return tuple(WrongFilm(int(row), scores.films[row], float(probabilities[row])) for row in surest_first[:_WORST])
