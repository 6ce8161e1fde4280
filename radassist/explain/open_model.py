"""A model whose network may be looked into. It has a network of its own: hooks and gradients never touch the scores."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from radassist.domain.analysis import BlockSpec, Prediction
from radassist.domain.errors import ModelUnavailable, UserError
from radassist.domain.explanation import Subject
from radassist.domain.radiograph import Radiograph
from radassist.explain.scorer import Grey
from radassist.imaging.rendering import to_grey8
from radassist.inference.calibration import make_prediction
from radassist.inference.device import limit_threads
from radassist.networks.card import ModelCard
from radassist.networks.catalogue import default_model_id
from radassist.networks.layers import BlockNetwork
from radassist.networks.preprocess import NetworkInput, Preprocess
from radassist.networks.weights import load_network

LAST_MAPS = "last"
"""Name of the maps a network averages just before its scores, where they are none of its published blocks."""


@dataclass(frozen=True, slots=True, eq=False)
class PoolingHead:
    """The end of a network that averages its last maps over the film and has one linear layer after that.

    Attributes:
        block: The maps that are averaged.
        linear: The layer.
    """

    block: BlockSpec
    linear: nn.Linear


@dataclass(frozen=True, slots=True, eq=False)
class OpenModel:
    """A network on the CPU, in eval mode and without gradients for its weights. Used by one thread.

    Attributes:
        blocks: As published, shallow first.
        head: None where the network does not end in a global average and one linear layer.
    """

    card: ModelCard
    network: nn.Module
    blocks: tuple[BlockSpec, ...]
    head: PoolingHead | None

    @classmethod
    def of(cls, card: ModelCard, network: nn.Module) -> "OpenModel":
        """`network`, which must be used for nothing else, opened."""
        # Depthwise convolutions run up to ten times faster on a CPU in this order.
        own = network.eval().requires_grad_(False).to("cpu").to(memory_format=torch.channels_last)
        return cls(card, own, card.block_specs, _pooling_head(own, card.block_specs))

    def take(self, film: Radiograph) -> "FedFilm":
        """`film` as this model gets it."""
        grey = to_grey8(film)
        return FedFilm(self, film.facts.sha256, grey, Preprocess.from_card(self.card).apply(grey))

    def score(self, pictures: Sequence[Grey]) -> list[Prediction]:
        """One prediction a picture, (H, W) uint8 as `to_grey8` makes them, in order; satisfies `scorer.Scorer`."""
        preprocess = Preprocess.from_card(self.card)
        with torch.no_grad():
            logits = [self.network(as_batch(preprocess.apply(picture)))[0].numpy() for picture in pictures]
        return [make_prediction(scores.astype(np.float64), self.card) for scores in logits]

    def target_index(self, label: str) -> int:
        """Which score speaks of `label`.

        Raises:
            UserError: If the model has no such label.
        """
        if label not in self.card.labels:
            raise UserError(f"The model has no label {label!r}; it has: {', '.join(self.card.labels)}.")
        return self.card.labels.index(label)

    def block(self, name: str) -> BlockSpec:
        """The block called `name`, or the deepest where `name` is empty; `LAST_MAPS` is one too where there is a head.

        Raises:
            UserError: If there is none.
        """
        known = {block.name: block for block in self.blocks}
        if self.head is not None:
            known.setdefault(self.head.block.name, self.head.block)
        if not known:
            raise UserError(f"Model {self.card.id} has no blocks that could be laid over a film.")
        if name and name not in known:
            raise UserError(f"The model has no block {name!r}; it has: {', '.join(known)}.")
        return known[name] if name else (self.blocks[-1] if self.blocks else known[LAST_MAPS])


@dataclass(frozen=True, slots=True, eq=False)
class FedFilm:
    """A film as one model gets it.

    Attributes:
        film_sha256: Hex digest of the file the pixels came from.
        grey: (H, W) uint8, the film as shown.
        fed: What became of it, and the way back.
    """

    model: OpenModel
    film_sha256: str
    grey: Grey
    fed: NetworkInput

    @property
    def subject(self) -> Subject:
        """What answers about it carry."""
        return Subject(self.film_sha256, self.model.card.id, self.model.card.weights_sha256)

    @property
    def batch(self) -> Tensor:
        """It alone, (1, channels, height, width) float32."""
        return as_batch(self.fed)


def open_model(model_id: str | None = None, *, weights_sha256: str = "") -> OpenModel:
    """Load a model to look into.

    Args:
        model_id: Name or folder; None for the default one.
        weights_sha256: Where known, of the weights that made the scores to be explained.

    Raises:
        ModelUnavailable: If there is no such model, or its weights are others by now.
    """
    limit_threads()
    loaded = load_network(model_id or default_model_id())
    if weights_sha256 and loaded.card.weights_sha256 != weights_sha256:
        raise ModelUnavailable(f"Model {loaded.card.id} has changed since it was loaded; start the program again.")
    return OpenModel.of(loaded.card, loaded.network)


def as_batch(fed: NetworkInput) -> Tensor:
    """One film as a batch, (1, channels, height, width) float32."""
    return torch.from_numpy(fed.array[None]).to(memory_format=torch.channels_last)


def _pooling_head(network: nn.Module, blocks: tuple[BlockSpec, ...]) -> PoolingHead | None:
    if not isinstance(network, BlockNetwork) or not isinstance(network.head, nn.Sequential):
        return None
    match [layer for layer in network.head if not isinstance(layer, nn.Dropout)]:
        case [nn.AdaptiveAvgPool2d(output_size=1), nn.Flatten(), nn.Linear() as linear]:
            return PoolingHead(_averaged_block(network, linear, blocks), linear)
        case _:
            return None


def _averaged_block(network: BlockNetwork, linear: nn.Linear, blocks: tuple[BlockSpec, ...]) -> BlockSpec:
    """The published block that is averaged, if it is one: the last child of `features`; else all of `features`."""
    *_, (last, _) = network.features.named_children()
    for block in blocks:
        if block.module == f"features.{last}":
            return block
    title = f"Last maps: averaged into the scores, {linear.in_features} channels"
    return BlockSpec(LAST_MAPS, "features", blocks[-1].stride if blocks else 0, title)
