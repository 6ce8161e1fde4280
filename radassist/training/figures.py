"""Plots of a training and of an evaluation as PNG bytes, and the contact sheet of errors; computes no figures."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from radassist.training.evaluate import EvaluationReport, WrongFilm
from radassist.training.events import EpochMetrics

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SIZE = (4.4, 3.8)
_BLUE, _ORANGE, _GREY = "#1f6fb4", "#d4660d", "#888888"
_COLUMNS = 5


def training_curves(history: Sequence[EpochMetrics]) -> bytes:
    """Losses and validation AUC over the epochs."""
    figure = _figure(width=2)
    losses, areas = figure.subplots(1, 2)
    epochs = [row.epoch for row in history]
    losses.plot(epochs, [row.train_loss for row in history], color=_BLUE, label="fit (augmented)")
    losses.plot(epochs, [row.validation_loss for row in history], color=_ORANGE, label="validation")
    losses.set(xlabel="Epoch", ylabel="Cross entropy")
    losses.legend(loc="upper right")
    areas.plot(epochs, [row.validation_auc for row in history], color=_ORANGE)
    areas.set(xlabel="Epoch", ylabel="Validation AUC")
    return _png(figure)


def roc_curve_plot(report: EvaluationReport) -> bytes:
    """ROC curve with the operating point."""
    from sklearn.metrics import roc_curve

    false_rate, true_rate, _ = roc_curve(report.positive, report.probabilities)
    figure = _figure()
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color=_GREY, linewidth=0.8, linestyle="--")
    axes.plot(false_rate, true_rate, color=_BLUE)
    figures = report.figures
    if figures.sensitivity and figures.specificity:
        axes.plot(1 - figures.specificity.value, figures.sensitivity.value, "o", color=_ORANGE, label="threshold")
        axes.legend(loc="lower right")
    axes.set(xlabel="1 - specificity", ylabel="Sensitivity", title="ROC")
    return _png(figure)


def precision_recall_plot(report: EvaluationReport) -> bytes:
    """Precision against recall, with the share of positive films as the floor."""
    from sklearn.metrics import precision_recall_curve

    precision, recall, _ = precision_recall_curve(report.positive, report.probabilities)
    figure = _figure()
    axes = figure.subplots()
    axes.axhline(float(report.positive.mean()), color=_GREY, linewidth=0.8, linestyle="--")
    axes.plot(recall, precision, color=_BLUE)
    axes.set(xlabel="Recall (sensitivity)", ylabel="Precision (PPV)", title="Precision and recall", ylim=(0, 1.02))
    return _png(figure)


def reliability_plot(report: EvaluationReport) -> bytes:
    """Frequency of the positive label against its probability, one point a bin, its area by films."""
    figure = _figure()
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color=_GREY, linewidth=0.8, linestyle="--")
    parts = report.reliability
    axes.plot([part.probability for part in parts], [part.frequency for part in parts], color=_BLUE, linewidth=0.8)
    areas = [200 * part.films / report.figures.films + 8 for part in parts]
    axes.scatter([part.probability for part in parts], [part.frequency for part in parts], areas, color=_BLUE)
    axes.set(xlabel=f"Probability of {report.card.labels[1]}", ylabel="Share of such films", title="Reliability")
    return _png(figure)


def score_histogram(report: EvaluationReport) -> bytes:
    """Probabilities of the positive label, by truth."""
    figure = _figure()
    axes = figure.subplots()
    bins = np.linspace(0, 1, 26)
    for truth, color in ((False, _BLUE), (True, _ORANGE)):
        scores = report.probabilities[report.positive == truth]
        axes.hist(scores, bins.tolist(), color=color, alpha=0.6, label=report.card.labels[int(truth)])
    axes.axvline(report.card.operating_point.threshold, color="black", linewidth=0.8, linestyle="--")
    axes.set(xlabel=f"Probability of {report.card.labels[1]}", ylabel="Films", title="Scores by truth", yscale="symlog")
    axes.legend(loc="upper center")
    return _png(figure)


def contact_sheet(worst: Sequence[WrongFilm], grey: NDArray[np.uint8], *, side: int = 168) -> bytes:
    """JPEG of the films called wrongly, with truth and probability beneath.

    Args:
        worst: Rows of `grey`.
        grey: (N, H, W) uint8.
        side: Pixels of one film.
    """
    rows = -(-len(worst) // _COLUMNS)
    sheet = Image.new("L", (_COLUMNS * (side + 4), rows * (side + 18)), 255)
    draw = ImageDraw.Draw(sheet)
    for place, wrong in enumerate(worst):
        left, top = place % _COLUMNS * (side + 4), place // _COLUMNS * (side + 18)
        sheet.paste(Image.fromarray(grey[wrong.row]).resize((side, side)), (left, top))
        draw.text((left + 2, top + side + 2), f"{wrong.film.label}, p {wrong.probability:.2f}", fill=0)
    target = BytesIO()
    sheet.save(target, "JPEG", quality=80)
    return target.getvalue()


def _figure(width: int = 1) -> "Figure":
    # Figure itself rather than pyplot: no global state, no window system.
    from matplotlib.figure import Figure

    return Figure(figsize=(_SIZE[0] * width, _SIZE[1]), layout="constrained")


def _png(figure: Any) -> bytes:
    target = BytesIO()
    figure.savefig(target, format="png", dpi=90, metadata={"Software": None})
    return target.getvalue()
