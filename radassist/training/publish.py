"""From trained weights to a model card and a training log: everything that is settled after the last epoch."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from radassist import __version__
from radassist.domain.errors import UserError
from radassist.export.files import replacing
from radassist.networks.card import BlockEntry, Calibration, InputSpec, ModelCard, TrainingData, TrainingRun
from radassist.training.calibrate import LogitScale, choose_threshold, fit_conformal
from radassist.training.evaluate import EvaluationReport, card_evaluation, evaluate_scores
from radassist.training.events import EpochMetrics
from radassist.training.folders import make_folder, replace_bytes
from radassist.training.manifest import Split
from radassist.training.scoring import SplitScores

LOG_NAME = "log.csv"
CURVES_NAME = "curves.png"


class DataDescription(BaseModel):
    """What a card says of the films a model learnt from, as a JSON file beside the data or handed in.

    Attributes:
        ages: Years (youngest, oldest) of the people the films show.
        limits: Sentences about what a model trained on these films cannot do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    licence: str = "not stated"
    citation: str = ""
    population: str = "not stated"
    ages: tuple[float, float] | None = None
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
        validation, calibration: Scores with that offset.
    """

    scale: LogitScale
    validation: SplitScores
    calibration: SplitScores


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


def make_card(trained: TrainedNetwork, data: DataDescription, held_out: HeldOut, *, sensitivity: float) -> ModelCard:
    """The card of a freshly trained network, with threshold and conformal quantiles fitted.

    Args:
        trained: The network and how it came to be.
        data: What it learnt from.
        held_out: Of the kept weights.
        sensitivity: What the operating threshold must reach on validation.
    """
    temperature = held_out.scale.temperature
    card = ModelCard(
        id=trained.id,
        title=trained.title,
        version=__version__,
        architecture=trained.architecture,
        config=trained.config,
        labels=trained.labels,
        input=trained.spec,
        blocks=trained.blocks,
        calibration=Calibration(
            temperature=temperature,
            fitted_on=f"{Split.CALIBRATION}, labels weighted equally, with an offset of {held_out.scale.offset:+.3f}"
            " that is part of the last layer",
        ),
        operating_point=choose_threshold(held_out.validation, temperature, sensitivity=sensitivity),
        conformal=fit_conformal(held_out.calibration, temperature),
        training_data=TrainingData(
            films=trained.films, **data.model_dump(include={"name", "licence", "citation", "population"})
        ),
        training_run=trained.run,
        ages=data.ages,
        limits=data.limits,
    )
    return add_evaluation(card, evaluate_scores(card, held_out.validation, data.name))


def add_evaluation(card: ModelCard, report: EvaluationReport) -> ModelCard:
    """`card` with the report's figures, in place of older ones of the same split of the same data."""
    new = card_evaluation(report)
    others = [old for old in card.evaluations if (old.data, old.split) != (new.data, new.split)]
    return card.model_copy(update={"evaluations": (*others, new)})


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
    replace_bytes(folder / CURVES_NAME, curves)
