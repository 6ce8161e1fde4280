"""From trained weights to a model card and a training log: everything that is settled after the last epoch."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from radassist import __version__
from radassist.domain.errors import UserError
from radassist.domain.threshold_rule import ThresholdRule
from radassist.export.files import make_folder, replacing, replacing_bytes
from radassist.networks.card import (
    BlockEntry,
    Calibration,
    Conformal,
    InputSpec,
    ModelCard,
    OperatingPoint,
    Storage,
    TrackRecordEntry,
    TrainingData,
    TrainingRun,
)
from radassist.networks.storage import Store
from radassist.networks.track_record import save_track_record
from radassist.training.calibrate import LogitScale, choose_threshold, fit_conformal, track_record
from radassist.training.evaluate import EvaluationReport, card_evaluation, evaluate_scores
from radassist.training.events import EpochMetrics
from radassist.training.manifest import Split
from radassist.training.metrics import auc
from radassist.training.scoring import SplitScores
from radassist.training.varying import Variations

LOG_NAME = "log.csv"
CURVES_NAME = "curves.png"


class DataDescription(BaseModel):
    """What a card says of the films a model learnt from, as a JSON file beside the data or handed in.

    Attributes:
        ages: Years (youngest, oldest) of the people the films show.
        views: As of a card.
        limits: Sentences about what a model trained on these films cannot do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    licence: str = "not stated"
    citation: str = ""
    population: str = "not stated"
    ages: tuple[float, float] | None = None
    views: tuple[Literal["AP", "PA"], ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class TrainedNetwork:
    """What a card says that is neither fitted nor described by a person.

    Attributes:
        blocks: As the network publishes them, with their channels.
        films: Films learnt from.
    """

    id: str
    title: str
    architecture: str
    config: dict[str, Any]
    labels: tuple[str, ...]
    spec: InputSpec
    blocks: tuple[BlockEntry, ...]
    run: TrainingRun
    films: int


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """What the two splits said that are neither learnt from nor reported on.

    Attributes:
        scale: Fitted on calibration; its offset is already part of the weights.
        validation, calibration: Scores with that offset, of the weights as they are stored.
        variations: How films were varied for both, beside the films as they are.
        unrounded: Scores of validation before the weights were rounded and without the offset; None where they are
            stored as they were trained.
    """

    scale: LogitScale
    validation: SplitScores
    calibration: SplitScores
    variations: Variations = Variations()
    unrounded: SplitScores | None = None


def read_description(path: Path) -> DataDescription:
    """The description in the JSON file `path`.

    Raises:
        UserError: If it cannot be read or is not a valid description.
    """
    try:
        return DataDescription.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise UserError(f"The description of the data, {path.name}, cannot be used: {reason}.") from error


def make_card(
    trained: TrainedNetwork, data: DataDescription, held_out: HeldOut, rule: ThresholdRule, store: Store = "float32"
) -> ModelCard:
    """The card of a freshly trained network, with threshold and conformal quantiles fitted.

    Args:
        trained: The network and how it came to be.
        data: What it learnt from.
        held_out: Of the kept weights.
        rule: Chooses the operating threshold on validation.
        store: How the weights are to be stored.
    """
    card = ModelCard(
        id=trained.id,
        title=trained.title,
        version=__version__,
        architecture=trained.architecture,
        config=trained.config,
        labels=trained.labels,
        input=trained.spec,
        blocks=trained.blocks,
        calibration=_calibration(held_out),
        operating_point=_operating_point(held_out, rule),
        conformal=_conformal(held_out),
        storage=_storage(held_out, store),
        training_data=TrainingData(
            films=trained.films, **data.model_dump(include={"name", "licence", "citation", "population"})
        ),
        training_run=trained.run,
        ages=data.ages,
        views=data.views,
        limits=data.limits,
    )
    return add_evaluation(card, evaluate_scores(card, held_out.validation.as_they_are, data.name))


def _calibration(held_out: HeldOut) -> Calibration:
    return Calibration(
        temperature=held_out.scale.temperature,
        fitted_on=f"{Split.CALIBRATION}{held_out.variations.in_words}, labels weighted equally, with an offset of"
        f" {held_out.scale.offset:+.3f} that is part of the last layer",
    )


def _conformal(held_out: HeldOut) -> Conformal:
    quantiles = fit_conformal(held_out.calibration, held_out.scale.temperature)
    return quantiles.model_copy(update={"fitted_on": f"{quantiles.fitted_on}{held_out.variations.in_words}"})


def _operating_point(held_out: HeldOut, rule: ThresholdRule) -> OperatingPoint:
    return OperatingPoint(
        threshold=choose_threshold(held_out.validation, held_out.scale.temperature, rule),
        rule=f"{rule.in_words} on {Split.VALIDATION}{held_out.variations.in_words}",
        chosen_on=Split.VALIDATION,
    )


def _storage(held_out: HeldOut, store: Store) -> Storage | None:
    """What rounding did to the films of validation as they are, at the final offset and temperature."""
    if store == "float32" or held_out.unrounded is None:
        return None
    offset, temperature = held_out.scale.offset, held_out.scale.temperature
    before = replace(held_out.unrounded, logits=held_out.unrounded.logits + np.array([-offset, offset]) / 2)
    scores = [found.probabilities(temperature)[:, 1] for found in (before, held_out.validation.as_they_are)]
    areas = [auc(before.targets == 1, probabilities) for probabilities in scores]
    return Storage(
        store=store,
        auc_before=round(areas[0].value, 5) if areas[0] else 0.0,
        auc_after=round(areas[1].value, 5) if areas[1] else 0.0,
        largest_change=round(float(np.abs(scores[1] - scores[0]).max()), 6),
        measured_on=Split.VALIDATION,
    )


def add_evaluation(card: ModelCard, report: EvaluationReport) -> ModelCard:
    """`card` with the report's figures, in place of older ones of the same split of the same data."""
    new = card_evaluation(report)
    others = [old for old in card.evaluations if (old.data, old.split) != (new.data, new.split)]
    return card.model_copy(update={"evaluations": (*others, new)})


def write_track_record(scores: SplitScores, temperature: float, data: str, folder: Path) -> TrackRecordEntry:
    """Write what became of the films of validation into the model folder `folder`; what its card says of that.

    Args:
        scores: Of validation.
        temperature: Of the card.
        data: Name of the films' data set.
        folder: Of the model.

    Raises:
        StoreError: If the folder cannot be written.
        ValueError: If `scores` are of another split.
    """
    record = track_record(scores, temperature)
    digest = save_track_record(record, folder)
    return TrackRecordEntry(data=data, split=Split.VALIDATION, films=record.films, sha256=digest)


def write_log(history: Sequence[EpochMetrics], curves: bytes, folder: Path) -> None:
    """Write `log.csv`, one row an epoch, and `curves.png` into `folder`.

    Raises:
        StoreError: If the folder cannot be written.
    """
    make_folder(folder)
    with replacing(folder / LOG_NAME) as file:
        table = csv.DictWriter(file, [field.name for field in fields(EpochMetrics)], lineterminator="\n")
        table.writeheader()
        table.writerows(asdict(row) for row in history)
    with replacing_bytes(folder / CURVES_NAME) as picture:
        picture.write(curves)
