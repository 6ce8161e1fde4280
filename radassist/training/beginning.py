"""The weights of earlier models that a training begins with: those of one, or the mean of several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from radassist.domain.errors import UserError
from radassist.networks.card import InputSpec
from radassist.networks.weights import LoadedModel, load_network


@dataclass(frozen=True, slots=True, eq=False)
class Beginning:
    """What earlier models hand on.

    Attributes:
        weights: By the names of the network's state.
        input: What the models were fed; weights mean nothing without it.
    """

    weights: Mapping[str, Tensor]
    input: InputSpec


def read_beginning(model_ids: Sequence[str]) -> Beginning:
    """The weights of one model, or the mean of several: a model soup (Wortsman et al. 2022).

    Counters, which have no mean, are those of the first model.

    Raises:
        UserError: If a model does not load, or the models differ in architecture, shapes or input.
    """
    first, *others = [load_network(model_id) for model_id in model_ids]
    for other in others:
        _check_alike(first, other)
    states = [model.network.state_dict() for model in (first, *others)]
    return Beginning({name: _mean([state[name] for state in states]) for name in states[0]}, first.card.input)


def take_weights(network: nn.Module, beginning: Beginning) -> None:
    """Let `network` begin with those weights.

    Raises:
        UserError: If they are of another shape.
    """
    try:
        network.load_state_dict(beginning.weights)
    except RuntimeError as error:
        raise UserError("The network to be trained has another shape than the model it is to start from.") from error


def _check_alike(first: LoadedModel, other: LoadedModel) -> None:
    if _shapes(first.network) != _shapes(other.network) or first.card.architecture != other.card.architecture:
        raise UserError(f"Models {first.card.id} and {other.card.id} differ in shape, so their weights have no mean.")
    if first.card.input != other.card.input:
        raise UserError(f"Models {first.card.id} and {other.card.id} were fed differently; their mean fits neither.")


def _shapes(network: nn.Module) -> dict[str, torch.Size]:
    return {name: tensor.shape for name, tensor in network.state_dict().items()}


def _mean(tensors: Sequence[Tensor]) -> Tensor:
    if len(tensors) == 1 or not tensors[0].is_floating_point():
        return tensors[0]
    # In double precision, so that the order of the models changes no more than the last bit.
    return torch.stack([tensor.double() for tensor in tensors]).mean(dim=0).to(tensors[0].dtype)
