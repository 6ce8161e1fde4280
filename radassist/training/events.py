"""What a training or an evaluation reports while it runs; the command line turns these into progress bars."""

from dataclasses import dataclass
from pathlib import Path

from radassist.networks.card import Evaluation, ModelCard, Probes, TrackRecordEntry


@dataclass(frozen=True, slots=True)
class FilmsRead:
    """Films decoded so far.

    Attributes:
        done, total: Films.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class EpochStarted:
    """An epoch begins; `epoch` counts from 1."""

    epoch: int
    epochs: int


@dataclass(frozen=True, slots=True)
class BatchDone:
    """One step of the optimiser.

    Attributes:
        batch, batches: Steps done of this epoch, and in it.
        loss: Of this batch.
        seconds_left: Estimate for the rest of the whole run.
    """

    epoch: int
    batch: int
    batches: int
    loss: float
    seconds_left: float


@dataclass(frozen=True, slots=True)
class EpochMetrics:
    """One row of the training log.

    Attributes:
        train_loss: Mean over the epoch's batches, augmentation and label smoothing included.
        validation_loss: Class-weighted cross entropy of the averaged weights, without augmentation.
        validation_auc: Area under the ROC curve, in [0, 1].
        learning_rate: At the end of the epoch.
        seconds: Wall time.
    """

    epoch: int
    train_loss: float
    validation_loss: float
    validation_auc: float
    learning_rate: float
    seconds: float


@dataclass(frozen=True, slots=True)
class EpochDone:
    """An epoch ended.

    Attributes:
        is_best: Whether its validation AUC is the highest so far; those weights are the ones kept.
    """

    metrics: EpochMetrics
    is_best: bool


@dataclass(frozen=True, slots=True)
class WiringChecked:
    """One batch was learnt by heart, so films, labels, loss and gradients are connected.

    Attributes:
        loss: Cross entropy reached.
        steps: Steps it took.
    """

    loss: float
    steps: int


@dataclass(frozen=True, slots=True)
class TrainingFinished:
    """The model lies in `folder`, ready for use."""

    folder: Path
    card: ModelCard


@dataclass(frozen=True, slots=True)
class FilmsScored:
    """Films scored so far."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FilmsVaried:
    """Varied copies of films made so far, for the calibration."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class EvaluationFinished:
    """The report lies in `folder`.

    Attributes:
        evaluation: The main figures, as a card lists them.
    """

    folder: Path
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class ProbesFitted:
    """The probes of the model in `folder` lie beside its weights, and are in its card."""

    folder: Path
    probes: Probes


@dataclass(frozen=True, slots=True)
class TrackRecordWritten:
    """What became of the films of validation lies beside the weights of the model in `folder`, and is in its card."""

    folder: Path
    record: TrackRecordEntry


TrainEvent = (
    FilmsRead | EpochStarted | BatchDone | EpochDone | WiringChecked | FilmsVaried | FilmsScored | TrainingFinished
)
EvaluateEvent = FilmsRead | FilmsScored | EvaluationFinished
ProbeEvent = FilmsRead | FilmsScored | ProbesFitted
ValidateEvent = FilmsRead | FilmsScored | TrackRecordWritten
