"""The model card: everything a reader or a program must know of a trained model, in one validated JSON file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, model_validator

from radassist.domain.errors import ModelUnavailable
from radassist.networks.storage import write_together

if TYPE_CHECKING:
    from radassist.domain.analysis import BlockSpec

CARD_NAME = "card.json"
WEIGHTS_NAME = "weights.safetensors"
GUARD_NAME = "guard.safetensors"
PROBES_NAME = "probes.safetensors"
TRACK_RECORD_NAME = "validation.json"
UNSAVED_SHA256 = "0" * 64
"""Checksum of a card whose weights are not written yet; no file has it, so such a card never loads."""


MODEL_ID = r"[a-z0-9][a-z0-9._-]*"
"""Pattern of a model's id, which is also the name of its folder."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InputSpec(_Part):
    """What the network is fed.

    Attributes:
        via: Every film is first squashed to this (height, width), as the training films were, and then to its own size.
        mean, std: Of grey in [0, 1], one a channel; grey is repeated over the channels.
        resample: The resampling filter, the same in training and use.
    """

    channels: int = Field(ge=1, le=3)
    height: int = Field(ge=8, le=2048)
    width: int = Field(ge=8, le=2048)
    via: tuple[int, int] | None = (224, 224)
    mean: tuple[FiniteFloat, ...]
    std: tuple[FiniteFloat, ...]
    resample: Literal["bilinear"] = "bilinear"

    @model_validator(mode="after")
    def _has_one_figure_a_channel(self) -> Self:
        if not len(self.mean) == len(self.std) == self.channels:
            raise ValueError("mean and std must have one figure a channel")
        if min(self.std) <= 0:
            raise ValueError("std must be above 0")
        return self


class BlockEntry(_Part):
    """One published block: its module path, input pixels a cell, and words for a person."""

    name: str
    module: str
    stride: int = Field(ge=1)
    channels: int = Field(ge=1)
    title: str = ""


class Calibration(_Part):
    """Temperature by which logits are divided before softmax, and the split it was fitted on."""

    temperature: FiniteFloat = Field(gt=0)
    fitted_on: str


class OperatingPoint(_Part):
    """Threshold on the calibrated probability of the positive label, the rule and the split that chose it."""

    threshold: FiniteFloat = Field(ge=0, le=1)
    rule: str
    chosen_on: str


class Conformal(_Part):
    """Class-conditional split conformal prediction (Vovk 2012): one quantile of 1 - p(label) for each label."""

    error_rate: FiniteFloat = Field(gt=0, lt=1)
    quantiles: tuple[FiniteFloat, ...]
    fitted_on: str


class FeatureGuard(_Part):
    """How far a film's features may lie from those of the training films; the parameters lie beside the weights.

    Attributes:
        block: Name of the block whose map, averaged over the film, is compared.
        warn_beyond: Mahalanobis distance from which on a film is unlike those the model learned from.
        refuse_beyond: Distance from which on it gets no score; None where it always gets one.
        rule: How the distances were chosen.
        sha256: Hex digest of the parameters file.
    """

    block: str
    warn_beyond: FiniteFloat = Field(gt=0)
    refuse_beyond: FiniteFloat | None = Field(default=None, gt=0)
    rule: str
    fitted_on: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Guard(_Part):
    """Which films the model answers for, beyond what holds for every model."""

    lateral: Literal["warn", "refuse"] = "warn"
    features: FeatureGuard | None = None


class Metric(_Part):
    """One figure with its 95 % interval, where it has one."""

    value: FiniteFloat
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None


class Evaluation(_Part):
    """Figures measured on one split of one data set."""

    data: str
    split: str
    films: int = Field(ge=1)
    metrics: dict[str, Metric]


class Storage(_Part):
    """How the weights are rounded in their file, and what that did to the scores of one split.

    Attributes:
        auc_before, auc_after: Area under the ROC curve with the weights as trained, and as they load from the file.
        largest_change: Of any film's probability of the positive label, in [0, 1].
    """

    store: Literal["float16", "int8"]
    auc_before: FiniteFloat = Field(ge=0, le=1)
    auc_after: FiniteFloat = Field(ge=0, le=1)
    largest_change: FiniteFloat = Field(ge=0, le=1)
    measured_on: str


class ProbeEntry(_Part):
    """How well a linear probe on one block tells the labels apart: area under the ROC curve."""

    block: str
    auc: Metric


class Probes(_Part):
    """Linear probes on the blocks; their weights lie beside the network's.

    Attributes:
        blocks: One probe each, shallow first.
        rule: What they see and how they were fitted.
        fitted_on, scaled_on, measured_on: Splits for the weights, for the calibration, and for `auc`.
        sha256: Hex digest of the weights file of the probes.
    """

    blocks: tuple[ProbeEntry, ...] = Field(min_length=1)
    rule: str
    fitted_on: str
    scaled_on: str
    measured_on: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class TrackRecordEntry(_Part):
    """What became of the films of validation; their probabilities lie beside the weights.

    Attributes:
        sha256: Hex digest of their file.
    """

    data: str
    split: str
    films: int = Field(ge=2)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class TrainingData(_Part):
    """What the model learned from, and what follows for its use."""

    name: str
    licence: str
    citation: str
    population: str
    films: int = Field(ge=0)


class TrainingRun(_Part):
    """How the weights came to be: enough to do it again."""

    command: str
    epochs: int = Field(ge=0)
    best_epoch: int = Field(ge=0)
    seed: int
    minutes: float = Field(ge=0)
    code_version: str
    recipe: dict[str, Any] = {}


class ModelCard(_Part):
    """Description of one trained model; its weights lie beside it.

    Attributes:
        labels: In the order of the logits; index 1 is the positive one.
        config: Keyword arguments of the architecture.
        blocks: Shallow first; empty where the architecture has no map that could lie over a film.
        storage: None where the weights are stored as they were trained.
        probes: None where nobody fitted any.
        track_record: None where nobody wrote one.
        weights_sha256: Hex digest of the weights file; thresholds are valid for these weights only.
        ages: Ages in years (youngest, oldest) of the people the training films show.
        views: DICOM view positions of the training films, `AP` or `PA`; empty where nobody says.
    """

    card_version: Literal[1] = 1
    id: str = Field(pattern=f"^{MODEL_ID}$")
    title: str
    version: str
    architecture: str
    config: dict[str, Any]
    labels: tuple[str, ...] = Field(min_length=2)
    input: InputSpec
    blocks: tuple[BlockEntry, ...]
    calibration: Calibration
    operating_point: OperatingPoint
    conformal: Conformal | None = None
    guard: Guard = Guard()
    storage: Storage | None = None
    probes: Probes | None = None
    track_record: TrackRecordEntry | None = None
    evaluations: tuple[Evaluation, ...] = ()
    training_data: TrainingData
    training_run: TrainingRun
    ages: tuple[float, float] | None = None
    views: tuple[Literal["AP", "PA"], ...] = ()
    limits: tuple[str, ...] = ()
    licence: str = "Apache-2.0"
    weights_sha256: str = Field(default=UNSAVED_SHA256, pattern=r"^[0-9a-f]{64}$")

    @property
    def block_specs(self) -> "tuple[BlockSpec, ...]":
        """The blocks as everything above the networks knows them."""
        from radassist.domain.analysis import BlockSpec  # with numpy, which a list of models need not wait for

        return tuple(BlockSpec(part.name, part.module, part.stride, part.title) for part in self.blocks)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if len(set(self.labels)) != len(self.labels):
            raise ValueError("labels are repeated")
        if self.conformal and len(self.conformal.quantiles) != len(self.labels):
            raise ValueError("conformal.quantiles must have one figure a label")
        known = {block.name for block in self.blocks}
        if self.guard.features and self.guard.features.block not in known:
            raise ValueError("guard.features.block is not one of the blocks")
        if self.probes and not {entry.block for entry in self.probes.blocks} <= known:
            raise ValueError("probes.blocks names a block that is none")
        return self


def read_card(folder: Path) -> ModelCard:
    """The validated card of the model in `folder`.

    Raises:
        ModelUnavailable: If it is missing, not JSON or not a valid card; the sentence says which field.
    """
    path = folder / CARD_NAME
    try:
        return ModelCard.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelUnavailable(f"The model card {path} cannot be read: {error.strerror or error}.") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise ModelUnavailable(f"The model card {path} is not valid: {_first_problem(error)}.") from error


def write_card(card: ModelCard, folder: Path) -> None:
    """Write `card` into `folder` in place of the card that is there.

    Raises:
        StoreError: If the folder cannot be written.
    """
    write_together(folder, {CARD_NAME: card_file(card)})


def card_file(card: ModelCard) -> bytes:
    """What a card's file holds: indented JSON."""
    return card.model_dump_json(indent=2).encode() + b"\n"


def _first_problem(error: ValidationError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    problem = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg']}" if place else problem["msg"]
