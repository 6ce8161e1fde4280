"""A model's card in words, for the window and the terminal. Reads cards only, no weights."""

from dataclasses import replace
from pathlib import Path

from radassist.domain.errors import ModelUnavailable
from radassist.domain.model_sheet import ModelSheet, SheetTable
from radassist.networks.card import Evaluation, FeatureGuard, Metric, ModelCard, read_card
from radassist.networks.catalogue import default_model_id, find_model, list_models

_CURVES_NAME = "curves.png"
_SHARES = frozenset({"sensitivity", "specificity", "ppv", "npv", "accuracy"})


def list_sheets() -> tuple[ModelSheet, ...]:
    """Every model on this machine, the default one first, then by id."""
    default = _default_id()
    sheets = [read_sheet(find_model(card.id)) for card in list_models()]
    marked = [replace(sheet, is_default=sheet.id == default) for sheet in sheets]
    return tuple(sorted(marked, key=lambda sheet: (not sheet.is_default, sheet.id)))


def read_sheet(folder: Path) -> ModelSheet:
    """The card in `folder` in words.

    Raises:
        ModelUnavailable: As `read_card`.
    """
    card, curves = read_card(folder), folder / _CURVES_NAME
    measured = (*map(_evaluation_table, card.evaluations), *_probe_tables(card))
    tables = (_model_table(card), _use_table(card), *measured, _origin_table(card))
    return ModelSheet(card.id, card.title, tables, card.limits, curves=curves if curves.is_file() else None)


def _default_id() -> str:
    try:
        return default_model_id()
    except ModelUnavailable:
        return ""


def _model_table(card: ModelCard) -> SheetTable:
    size = card.input
    rows = [
        ("model", f"{card.id} {card.version}"),
        ("title", card.title),
        ("architecture", card.architecture),
        ("labels", ", ".join(card.labels)),
        ("input", f"{size.channels} x {size.height} x {size.width}"),
        ("blocks", ", ".join(f"{block.name} (stride {block.stride})" for block in card.blocks) or "none"),
        ("stored", _stored(card)),
        ("weights", card.weights_sha256),
    ]
    if size.via and size.via != (size.height, size.width):
        rows.insert(5, ("squashed first to", f"{size.via[0]} x {size.via[1]}, as the training films were"))
    return SheetTable("Model", tuple(rows))


def _stored(card: ModelCard) -> str:
    kept = card.storage
    if kept is None:
        return "float32, as trained"
    return (
        f"{kept.store}: AUC on {kept.measured_on} {kept.auc_before:.4f} before and {kept.auc_after:.4f} after rounding,"
        f" largest change of a probability {kept.largest_change:.4f}"
    )


def _use_table(card: ModelCard) -> SheetTable:
    rows = [
        ("threshold", f"{card.operating_point.threshold:.4f}: {card.operating_point.rule}"),
        ("temperature", f"{card.calibration.temperature:.4f}, fitted on {card.calibration.fitted_on}"),
    ]
    if card.conformal:
        sure = f"undetermined beyond an error rate of {card.conformal.error_rate:.0%}"
        rows.append(("third answer", f"{sure}, fitted on {card.conformal.fitted_on}"))
    if card.guard.features:
        rows.append(("guard", _guard_in_words(card.guard.features)))
    if card.ages:
        rows.append(("ages", f"{card.ages[0]:g} to {card.ages[1]:g} years"))
    if card.views:
        rows.append(("views", " and ".join(card.views)))
    return SheetTable("How its scores are used", tuple(rows))


def _guard_in_words(guard: FeatureGuard) -> str:
    refused = f", refused beyond {guard.refuse_beyond:g}" if guard.refuse_beyond is not None else ""
    return f"films are warned of beyond distance {guard.warn_beyond:g}{refused}: {guard.rule}"


def _evaluation_table(found: Evaluation) -> SheetTable:
    heading = f"Measured on {found.data}, {found.split} ({found.films} films)"
    return SheetTable(heading, tuple((name, _in_words(name, metric)) for name, metric in found.metrics.items()))


def _in_words(name: str, metric: Metric) -> str:
    if name in _SHARES:
        interval = "" if metric.low is None or metric.high is None else f" ({metric.low:.1%} to {metric.high:.1%})"
        return f"{metric.value:.1%}{interval}"
    interval = "" if metric.low is None else f" ({metric.low:.3f} to {metric.high:.3f})"
    return f"{metric.value:.3f}{interval}"


def _probe_tables(card: ModelCard) -> tuple[SheetTable, ...]:
    if card.probes is None:
        return ()
    rows = tuple((entry.block, _in_words("auc", entry.auc)) for entry in card.probes.blocks)
    return (SheetTable(f"What each block alone tells: AUC of a linear probe on {card.probes.measured_on}", rows),)


def _origin_table(card: ModelCard) -> SheetTable:
    data, run = card.training_data, card.training_run
    rows = (
        ("trained on", f"{data.films} films of {data.name}, {data.licence}"),
        ("population", data.population),
        ("citation", data.citation),
        ("epochs", f"{run.epochs}, best {run.best_epoch}, in {run.minutes:g} minutes"),
        ("command", run.command),
        ("licence", card.licence),
    )
    return SheetTable("Where it comes from", rows)
