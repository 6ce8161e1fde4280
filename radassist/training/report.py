"""An evaluation as JSON for programs and as one self-contained HTML page for people."""

import json
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
from numpy.typing import NDArray

from radassist.export.files import make_folder, replacing
from radassist.networks.card import Metric
from radassist.training import figures
from radassist.training.evaluate import ConformalFigures, EvaluationReport, Figures, card_evaluation

JSON_NAME = "evaluation.json"
PAGE_NAME = "evaluation.html"

_PAGE = Template("""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>$title</title>
<style>
body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; margin: 0.6rem 0 1.4rem; }
th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid #ddd; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
img { max-width: 100%; } .plots img { width: 24rem; }
.warning { border-left: 4px solid #d4660d; padding: 0.3rem 0.8rem; background: #fff6ee; }
</style></head><body>
<h1>$title</h1>
<p class="warning">Research use only, not for diagnosis. $population</p>
<p>$facts</p>
<h2>Figures</h2>$figures
<h2>Confusion matrix</h2>$confusion
<h2>Curves</h2><div class="plots">$plots</div>
<h2>Subgroups</h2>$subgroups
<h2>Conformal sets</h2>$conformal
<h2>Films called wrongly</h2>$errors
</body></html>
""")

_ROWS = (
    ("AUC", "auc"),
    ("Sensitivity", "sensitivity"),
    ("Specificity", "specificity"),
    ("PPV", "positive_predictive_value"),
    ("NPV", "negative_predictive_value"),
    ("Accuracy", "accuracy"),
)


def write_report(report: EvaluationReport, folder: Path, grey: NDArray[np.uint8] | None) -> None:
    """Write `evaluation.json` and `evaluation.html`.

    Args:
        report: What was measured.
        folder: Made when missing.
        grey: (N, H, W) uint8, the films in the order of the scores; None leaves them out of the page.

    Raises:
        StoreError: If the folder cannot be written.
    """
    files = {
        JSON_NAME: json.dumps(report_as_json(report), indent=2) + "\n",
        PAGE_NAME: _page(report, grey),
    }
    make_folder(folder)
    for name, text in files.items():
        with replacing(folder / name) as file:
            file.write(text)


def report_as_json(report: EvaluationReport) -> dict[str, Any]:
    """The report as plain JSON values; films by file name."""
    return {
        "model": report.card.id,
        "weights_sha256": report.card.weights_sha256,
        "threshold": report.card.operating_point.threshold,
        "temperature": report.card.calibration.temperature,
        **card_evaluation(report).model_dump(),
        "confusion": _plain(report.figures.confusion),
        "reliability": [_plain(part) for part in report.reliability],
        "subgroups": {group.name: _plain_figures(group.figures) for group in report.subgroups},
        "conformal": None if report.conformal is None else _plain(report.conformal),
        "worst": [
            {"film": wrong.film.path.name, "label": wrong.film.label, "probability": wrong.probability}
            for wrong in report.worst
        ],
    }


def _plain_figures(figures: Figures) -> dict[str, Any]:
    return {"films": figures.films} | {name: _plain(getattr(figures, name)) for _, name in _ROWS}


def _plain(value: Any) -> Any:
    if isinstance(value, Metric):
        return value.model_dump()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _page(report: EvaluationReport, grey: NDArray[np.uint8] | None) -> str:
    card = report.card
    return _PAGE.substitute(
        title=escape(f"{card.title} on {report.data}, {report.split}"),
        population=escape(f"Trained on: {card.training_data.population}"),
        facts=escape(_facts(report)),
        figures=_figures_table(report),
        confusion=_confusion_table(report),
        plots="".join(_plots(report)),
        subgroups=_subgroup_table(report),
        conformal=_conformal_table(report.conformal, card.labels),
        errors=_errors(report, grey),
    )


def _facts(report: EvaluationReport) -> str:
    card = report.card
    return (
        f"{report.figures.films} films. Threshold {card.operating_point.threshold:.4f} ({card.operating_point.rule}); "
        f"temperature {card.calibration.temperature:g}; weights {card.weights_sha256[:12]}. "
        f"Again: radassist evaluate --data FILMS --model {card.id} --split {report.split} --out REPORT"
    )


def _plots(report: EvaluationReport) -> Iterator[str]:
    if report.figures.auc is not None:
        yield _image(figures.roc_curve_plot(report), "png", "ROC curve")
        yield _image(figures.precision_recall_plot(report), "png", "Precision against recall")
    yield _image(figures.reliability_plot(report), "png", "Reliability diagram")
    yield _image(figures.score_histogram(report), "png", "Histogram of probabilities by truth")


def _figures_table(report: EvaluationReport) -> str:
    rows = [[title, *_with_interval(getattr(report.figures, name))] for title, name in _ROWS]
    rows.append(["Expected calibration error", f"{report.calibration_error:.4f}", ""])
    rows.append(["Brier score", f"{report.brier:.4f}", ""])
    return _table(["", "Value", "95 % interval"], rows)


def _confusion_table(report: EvaluationReport) -> str:
    negative, positive = report.card.labels[:2]
    counts = report.figures.confusion
    rows = [
        [f"is {positive}", str(counts.true_positive), str(counts.false_negative)],
        [f"is {negative}", str(counts.false_positive), str(counts.true_negative)],
    ]
    return _table(["", f"called {positive}", f"called {negative}"], rows)


def _subgroup_table(report: EvaluationReport) -> str:
    names = [name for _, name in _ROWS[:3]]
    rows = [
        [group.name, str(group.figures.films), *(_in_one_cell(getattr(group.figures, name)) for name in names)]
        for group in report.subgroups
    ]
    return _table(["Group", "Films", *(title for title, _ in _ROWS[:3])], rows) if rows else "<p>None known.</p>"


def _conformal_table(conformal: ConformalFigures | None, labels: tuple[str, ...]) -> str:
    if conformal is None:
        return "<p>The card has no conformal quantiles.</p>"
    wanted = f"(wanted: at least {1 - conformal.error_rate:.0%})"
    rows = [
        [f"Coverage of {label} {wanted}", *_with_interval(share)]
        for label, share in zip(labels, conformal.coverage, strict=True)
    ]
    rows.append(["Undetermined films", *_with_interval(conformal.undetermined)])
    rows.append(["Right among the others", *_with_interval(conformal.accuracy_when_determined)])
    return _table(["", "Value", "95 % interval"], rows)


def _errors(report: EvaluationReport, grey: NDArray[np.uint8] | None) -> str:
    if not report.worst:
        return "<p>None.</p>"
    sheet = "" if grey is None else _image(figures.contact_sheet(report.worst, grey), "jpeg", "The films")
    rows = [[wrong.film.path.name, wrong.film.label, f"{wrong.probability:.4f}"] for wrong in report.worst]
    return sheet + _table(["Film", "Truth", f"Probability of {report.card.labels[1]}"], rows)


def _with_interval(metric: Metric | None) -> list[str]:
    if metric is None:
        return ["not known", ""]
    interval = "" if metric.low is None or metric.high is None else f"{metric.low:.4f} to {metric.high:.4f}"
    return [f"{metric.value:.4f}", interval]


def _in_one_cell(metric: Metric | None) -> str:
    value, interval = _with_interval(metric)
    return f"{value} ({interval})" if interval else value


def _table(header: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _image(data: bytes, kind: str, words: str) -> str:
    return f'<img alt="{words}" src="data:image/{kind};base64,{b64encode(data).decode()}">'
