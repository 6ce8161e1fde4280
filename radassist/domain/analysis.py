"""All that a model says of one film, and under which conditions it said so."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import log

import numpy as np
from numpy.typing import NDArray

from radassist.domain.geometry import Geometry
from radassist.domain.radiograph import Notice
from radassist.domain.threshold_rule import BY_CARD, OperatingPoint
from radassist.domain.track_record import TrackRecord

UNDETERMINED = "UNDETERMINED"
_LEAST = 1e-300


@dataclass(frozen=True, slots=True)
class BlockSpec:
    """A named stage of a network, as the network publishes it.

    Attributes:
        name: Short name used everywhere, for instance `block1`.
        module: Dotted path of the module whose output is the block's feature map.
        stride: Input pixels per map cell.
        title: Words for a person, for instance `Block 1: edges, 32 channels`.
    """

    name: str
    module: str
    stride: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What the screen and the tables say of the model that is loaded.

    Attributes:
        labels: Class names in the order of the scores; index 1 is the positive one.
        threshold: In force, on the probability of the positive label.
        blocks: The blocks whose feature maps can be laid over the film, shallow first.
        device: Device and what computes there, in words, for instance `CPU (2 cores), OpenVINO`.
        preprocessing: Version and rule of the preprocessing, one line.
        population: Whom the training films show, in one sentence.
        card_sha256: Of the whole card, hex: threshold, calibration and guard included.
        threshold_by: Who set `threshold`, as `OperatingPoint.set_by`.
        card_threshold: The card's own; None where it is the one in force.
        record: What became of the films of validation; None where the model does not tell.
    """

    model: str
    title: str
    sha256: str
    labels: tuple[str, ...]
    threshold: float
    blocks: tuple[BlockSpec, ...]
    device: str
    preprocessing: str
    population: str = ""
    card_sha256: str = ""
    threshold_by: str = BY_CARD
    card_threshold: float | None = None
    record: TrackRecord | None = None

    @property
    def point(self) -> OperatingPoint:
        """The threshold in force and who set it."""
        return OperatingPoint(self.threshold, self.threshold_by)

    @property
    def own_threshold(self) -> float:
        """That of the card, whatever is in force."""
        return self.threshold if self.card_threshold is None else self.card_threshold


@dataclass(frozen=True, slots=True)
class Prediction:
    """A model's answer for one film.

    Attributes:
        labels: Class names, in the order of `scores`.
        scores: Logits, one a label.
        probabilities: Calibrated, in [0, 1], summing to 1.
        threshold: Operating threshold on the probability of `positive_label`.
        decision: A label, or `UNDETERMINED` where the model should not choose.
        threshold_by: Who set `threshold`, as `OperatingPoint.set_by`.
        possible: Labels that cannot be excluded, wherever the threshold lies; None where it decides alone.
    """

    labels: tuple[str, ...]
    scores: tuple[float, ...]
    probabilities: tuple[float, ...]
    threshold: float
    decision: str
    threshold_by: str = BY_CARD
    possible: tuple[str, ...] | None = None

    @property
    def positive_label(self) -> str:
        """The label the threshold speaks of: index 1."""
        return self.labels[1]

    @property
    def positive_probability(self) -> float:
        """Calibrated probability of the positive label, in [0, 1]."""
        return self.probabilities[1]

    @property
    def log_odds(self) -> float:
        """Natural logarithm of the odds of the positive label; finite even where a probability is rounded to 0 or 1."""
        positive, others = self.probabilities[1], sum(self.probabilities[:1] + self.probabilities[2:])
        return log(max(positive, _LEAST)) - log(max(others, _LEAST))

    @property
    def label(self) -> str:
        """The positive label from the threshold upwards, else the most probable of the others."""
        if self.positive_probability >= self.threshold:
            return self.positive_label
        others = [index for index in range(len(self.labels)) if index != 1]
        return self.labels[max(others, key=lambda index: self.probabilities[index])]

    @property
    def confidence(self) -> float:
        """Probability of `label`, in [0, 1]."""
        return self.probabilities[self.labels.index(self.label)]

    @property
    def point(self) -> OperatingPoint:
        """The threshold of the decision and who set it."""
        return OperatingPoint(self.threshold, self.threshold_by)

    def at(self, point: OperatingPoint) -> "Prediction":
        """The same scores decided at `point`: the label of its threshold, where it is the only possible one.

        Threshold and possible labels are fitted apart and can disagree; a decision against the threshold would read as
        a mistake, and leaving it open only adds to the coverage.
        """
        moved = replace(self, threshold=point.threshold, threshold_by=point.set_by)
        is_open = self.possible is not None and self.possible != (moved.label,)
        return replace(moved, decision=UNDETERMINED if is_open else moved.label)

    def left_open(self) -> "Prediction":
        """The same scores without a decision, wherever the threshold lies."""
        return replace(self, possible=(), decision=UNDETERMINED)


@dataclass(frozen=True, slots=True, eq=False)
class FeatureMap:
    """A block's activation for one film, raw.

    Attributes:
        activations: (channels, height, width) float32, any range.
    """

    block: BlockSpec
    activations: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class BlockOpinion:
    """What one block alone would say of a film: a linear probe on its channels (Alain and Bengio 2017).

    Attributes:
        block: Name of the block.
        probability: Of the positive label, in [0, 1]; calibrated, supposing both labels equally common.
        auc: How well the probe tells the labels apart on films of validation, in [0, 1]; 0.5 is chance.
    """

    block: str
    probability: float
    auc: float


class Reduction(StrEnum):
    """How the channels of a block become one map; `PCA` makes three, and `CLASS` weighs them for a label."""

    MEAN = "mean"
    MAX = "max"
    L2 = "l2"
    CHANNEL = "channel"
    PCA = "pca"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Under which conditions a score was made: enough to make it again.

    Attributes:
        model: Model id.
        model_sha256: Of the weights file, hex.
        preprocessing: As in `ModelFacts`.
        device: As in `ModelFacts`.
        decode_ms: Milliseconds from bytes to pixels.
        predict_ms: Milliseconds of the forward pass, shared equally by the films of its batch.
        finished_at: When, with time zone.
        card_sha256: As in `ModelFacts`; empty in results kept by a version that did not write it down.
    """

    model: str
    model_sha256: str
    preprocessing: str
    device: str
    decode_ms: float
    predict_ms: float
    finished_at: datetime
    card_sha256: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """All results of one film.

    Attributes:
        film_sha256: Hex digest of the file the pixels came from.
        notices: The film's own notices and then the guard's.
        feature_maps: From the same forward pass as the prediction; empty where they were not asked for.
        geometry: Lays the feature maps on the film.
        opinions: What each block alone would say, shallow first; with the feature maps, where the model has probes.
    """

    film_sha256: str
    prediction: Prediction
    provenance: Provenance
    notices: tuple[Notice, ...]
    geometry: Geometry
    feature_maps: tuple[FeatureMap, ...] = ()
    opinions: tuple[BlockOpinion, ...] = ()

    def at(self, point: OperatingPoint) -> "Analysis":
        """The same scores decided at `point`."""
        return self if self.prediction.point == point else replace(self, prediction=self.prediction.at(point))
