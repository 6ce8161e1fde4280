"""What can be asked of a network about a film, and the answers: where it looked, which channels count, what it saw."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import BlockSpec

_Result = TypeVar("_Result")


class SaliencyMethod(StrEnum):
    """How a map is made of where the evidence for a label lies."""

    CAM = "cam"
    GRAD_CAM = "grad-cam"
    GRAD_CAM_PLUS_PLUS = "grad-cam++"
    HI_RES_CAM = "hirescam"
    LAYER_CAM = "layercam"
    INTEGRATED_GRADIENTS = "integrated-gradients"
    OCCLUSION = "occlusion"

    @property
    def words(self) -> str:
        """As their authors spell it."""
        return _WORDS[self]

    @property
    def takes_block(self) -> bool:
        """Whether any block of the network may be chosen for it."""
        return self not in (SaliencyMethod.CAM, SaliencyMethod.INTEGRATED_GRADIENTS, SaliencyMethod.OCCLUSION)


_WORDS = {
    SaliencyMethod.CAM: "CAM",
    SaliencyMethod.GRAD_CAM: "Grad-CAM",
    SaliencyMethod.GRAD_CAM_PLUS_PLUS: "Grad-CAM++",
    SaliencyMethod.HI_RES_CAM: "HiResCAM",
    SaliencyMethod.LAYER_CAM: "LayerCAM",
    SaliencyMethod.INTEGRATED_GRADIENTS: "Integrated gradients",
    SaliencyMethod.OCCLUSION: "Occlusion",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Which film and which model an answer is about; an answer about others is late and must be dropped.

    Attributes:
        film_sha256: Hex digest of the file the pixels came from.
        model: Model id.
        model_sha256: Of the weights file, hex.
    """

    film_sha256: str
    model: str
    model_sha256: str


@dataclass(frozen=True, slots=True)
class SaliencyWish:
    """One map to be made.

    Attributes:
        target: The label whose score is explained.
        block: Name of the block whose maps are weighed; empty for the deepest, and for methods that take none.
    """

    method: SaliencyMethod
    target: str
    block: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SaliencyMap:
    """Where the evidence for a label lies on one film.

    Attributes:
        target: The label.
        block: What the map was made from; None for methods that ask of the film itself.
        values: (h, w) float32, finite, raw: above 0 speaks for the label, below 0 against it. What most authors show is
            `evidence`.
        cell_size: Height and width of a cell in film pixels; the map's corner is the film's corner.
    """

    subject: Subject
    method: SaliencyMethod
    target: str
    block: BlockSpec | None
    values: NDArray[np.float32]
    cell_size: tuple[float, float]

    def __post_init__(self) -> None:
        if not np.isfinite(self.values).all():
            raise ValueError("a saliency map holds values that are no numbers")

    @property
    def evidence(self) -> NDArray[np.float32]:
        """The part of `values` that speaks for the label, the rest cut off at 0; of the same shape."""
        return np.maximum(self.values, np.float32(0))

    @property
    def is_empty(self) -> bool:
        """Whether nothing speaks for the label: to be said as "no positive evidence", not to be coloured."""
        return not (self.values > 0).any()


class ChannelRule(StrEnum):
    """What the channels of a block are ranked by."""

    ABLATION = "ablation"
    ACTIVATION = "activation"
    GRADIENT = "gradient"


@dataclass(frozen=True, slots=True)
class RankingWish:
    """One ranking to be made.

    Attributes:
        block: Name of the block; empty for the deepest.
        target: The label whose score the channels are held against; `ACTIVATION` does not depend on it.
    """

    block: str
    rule: ChannelRule
    target: str


@dataclass(frozen=True, slots=True, eq=False)
class ChannelRanking:
    """What each channel of a block counts for on one film.

    Attributes:
        target: As wished for.
        values: (channels,) float32. `ABLATION`: by how much the label's score falls when the channel is set to zero.
            `GRADIENT`: the same to first order, gradient times activation summed over the cells. `ACTIVATION`: mean
            of the channel.
    """

    subject: Subject
    block: BlockSpec
    rule: ChannelRule
    target: str
    values: NDArray[np.float32]

    @property
    def order(self) -> tuple[int, ...]:
        """Channels from the highest value to the lowest, equals by number."""
        return tuple(int(channel) for channel in np.argsort(-self.values, kind="stable"))


@dataclass(frozen=True, slots=True, eq=False)
class NetworkPicture:
    """What the network got of a film.

    Attributes:
        grey: (h, w) uint8, before normalisation.
        array: (channels, h, w) float32, the input itself.
        outline: Corners (row, column) of the part of the film it shows, in film pixels, in order around it.
    """

    subject: Subject
    grey: NDArray[np.uint8]
    array: NDArray[np.float32]
    outline: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class ExplainStep(Generic[_Result]):
    """How far an explanation is.

    Attributes:
        done, total: Steps; the last has done equal to total.
        result: The newest there is, coarse before the last step, None before there is any.
    """

    done: int
    total: int
    result: _Result | None
