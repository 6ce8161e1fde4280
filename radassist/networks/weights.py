"""Trained weights on disk: written whole or not at all, and refused on load unless card, file and network agree."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load as parse_tensors
from safetensors.torch import save as pack_tensors
from torch import Tensor, nn

from radassist.domain.errors import ModelUnavailable
from radassist.networks.card import CARD_NAME, WEIGHTS_NAME, ModelCard, card_file, read_card
from radassist.networks.catalogue import find_model
from radassist.networks.packing import pack, unpack
from radassist.networks.registry import Network, create_network
from radassist.networks.storage import Store, write_together
from radassist.networks.weights_file import read_weights


@dataclass(frozen=True, slots=True, eq=False)
class LoadedModel:
    """A trained model, ready to run.

    Attributes:
        network: In eval mode, float32.
        folder: Where card and weights lie.
    """

    card: ModelCard
    network: nn.Module
    folder: Path


def load_network(model_id: str, *, map_location: str = "cpu") -> LoadedModel:
    """Load the model called `model_id` (or lying in the folder of that path).

    Raises:
        ModelUnavailable: If there is no such model, its card is not valid, or the weights differ from the card in
            checksum, names or shapes, or are not all finite.
    """
    folder = find_model(model_id)
    return load_network_from(folder, read_card(folder), map_location=map_location)


def load_network_from(folder: Path, card: ModelCard, *, map_location: str = "cpu") -> LoadedModel:
    """Load the model in `folder`, whose card was read before.

    Raises:
        ModelUnavailable: As `load_network`, where the weights do not agree with `card`.
    """
    tensors = unpack(_read_tensors(folder, card))
    network = _build_without_weights(card)
    _check_tensors(tensors, network.state_dict(), card.id)
    _check_blocks(card, network)
    network.load_state_dict(tensors, assign=True)
    return LoadedModel(card, network.eval().to(map_location), folder)


def save_network(card: ModelCard, network: nn.Module, folder: Path) -> ModelCard:
    """Write weights and card into `folder`; the card written, and returned, carries the checksum of the weights.

    Args:
        card: Whatever checksum it has is replaced; its storage says how the weights are packed, and then its figures
            must be measured on the network as it loads again.
        network: Built by the card's architecture and configuration.
        folder: Made when missing.

    Raises:
        ModelUnavailable: If the weights do not fit the card's architecture or are not finite.
        StoreError: If the folder cannot be written.
    """
    tensors = pack(network.state_dict(), _store_of(card))
    card = card.model_copy(update={"config": _without_download(card)})
    _check_tensors(unpack(tensors), _build_without_weights(card).state_dict(), card.id)
    data = pack_tensors(tensors)
    card = card.model_copy(update={"weights_sha256": hashlib.sha256(data).hexdigest()})
    write_together(folder, {WEIGHTS_NAME: data, CARD_NAME: card_file(card)})
    return card


def _store_of(card: ModelCard) -> Store:
    return "float32" if card.storage is None else card.storage.store


def _read_tensors(folder: Path, card: ModelCard) -> dict[str, Tensor]:
    try:
        return parse_tensors(read_weights(folder, card))
    except SafetensorError as error:
        raise ModelUnavailable(f"The weights of model {card.id} are not a safetensors file: {error}.") from error


def _build_without_weights(card: ModelCard) -> Any:
    """The network on torch's meta device: shapes only, so that nothing is drawn at random to be thrown away."""
    with torch.device("meta"):
        return create_network(card.architecture, **_without_download(card))


def _without_download(card: ModelCard) -> dict[str, object]:
    return {name: value for name, value in card.config.items() if name != "pretrained"}


def _check_blocks(card: ModelCard, network: Network) -> None:
    """A wrong stride would lay a map wrong over the film."""
    published = {(block.name, block.module, block.stride) for block in network.blocks}
    for entry in card.blocks:
        if (entry.name, entry.module, entry.stride) not in published:
            raise ModelUnavailable(f"The card of model {card.id} names a block {entry.name} its network does not have.")


def _check_tensors(tensors: Mapping[str, Tensor], wanted: Mapping[str, Tensor], model_id: str) -> None:
    problem = _first_problem(tensors, wanted)
    if problem:
        raise ModelUnavailable(f"The weights of model {model_id} do not fit its architecture: {problem}.")


def _first_problem(tensors: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> str:
    for name in sorted(tensors.keys() ^ wanted.keys()):
        return f"{name} is {'missing' if name in wanted else 'not part of it'}"
    for name, tensor in tensors.items():
        if tensor.shape != wanted[name].shape:
            return f"{name} has shape {tuple(tensor.shape)}, not {tuple(wanted[name].shape)}"
        if tensor.is_floating_point() != wanted[name].is_floating_point():
            return f"{name} holds {tensor.dtype}, not {wanted[name].dtype}"
        if not torch.isfinite(tensor).all():
            return f"{name} holds values that are not finite"
    return ""
