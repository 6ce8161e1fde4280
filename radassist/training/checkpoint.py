"""The state of a training between two epochs, on disk: safetensors for numbers, JSON for the rest, never pickle."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load as parse_tensors
from safetensors.torch import save as pack_tensors
from torch import Tensor, nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel

from radassist.domain.errors import UserError
from radassist.export.files import make_folder, replacing, replacing_bytes
from radassist.training.events import EpochMetrics
from radassist.training.options import Recipe

_STATE_NAME = "state.json"
_BEST = "best."


@dataclass(slots=True, eq=False)
class TrainingState:
    """All that changes during a training; random numbers are drawn from the seed and the epoch alone.

    Attributes:
        average: The moving average of the weights; what is measured and kept.
        best: State of `average.module` at the best epoch so far; empty before the first.
        history: One row an epoch done.
    """

    network: nn.Module
    average: AveragedModel
    optimizer: AdamW
    schedule: LambdaLR
    best: dict[str, Tensor]
    history: list[EpochMetrics]

    @property
    def epochs_done(self) -> int:
        """Whole epochs so far."""
        return len(self.history)

    @property
    def best_epoch(self) -> int:
        """The first epoch with the highest validation AUC, counted from 1; 0 before the first."""
        return best_epoch(self.history)


def best_epoch(history: Sequence[EpochMetrics]) -> int:
    """The epoch with the highest validation AUC, the one of lower validation loss where they tie; 0 without epochs."""
    if not history:
        return 0
    return max(history, key=lambda row: (row.validation_auc, -row.validation_loss)).epoch


def has_checkpoint(folder: Path) -> bool:
    """Whether a training was stopped here."""
    return (folder / _STATE_NAME).exists()


def save_checkpoint(state: TrainingState, recipe: Recipe, folder: Path) -> None:
    """Write `state` into `folder`; an older checkpoint stays whole until the new one is.

    Raises:
        StoreError: If the folder cannot be written.
    """
    tensors = folder / f"epoch{state.epochs_done}.safetensors"
    facts = {
        "epoch": state.epochs_done,
        "tensors": tensors.name,
        "recipe": asdict(recipe),
        "history": [asdict(row) for row in state.history],
    }
    make_folder(folder)
    older = [path for path in folder.glob("epoch*.safetensors") if path != tensors]
    with replacing_bytes(tensors) as file:
        file.write(pack_tensors(_flatten(state)))
    with replacing(folder / _STATE_NAME) as text:
        json.dump(facts, text, indent=2)
    for path in older:
        path.unlink(missing_ok=True)


def load_checkpoint(state: TrainingState, recipe: Recipe, folder: Path) -> bool:
    """Bring `state` to where the checkpoint in `folder` was; False, and nothing changed, when there is none.

    Raises:
        UserError: If it is damaged or belongs to another recipe or network.
    """
    if not has_checkpoint(folder):
        return False
    try:
        facts = json.loads((folder / _STATE_NAME).read_bytes())
        history = [EpochMetrics(**row) for row in facts["history"]]
        tensors = parse_tensors((folder / facts["tensors"]).read_bytes())
        same_recipe = facts["recipe"] == json.loads(json.dumps(asdict(recipe)))
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise UserError(f"The checkpoint in {folder} is damaged ({error}); remove the folder to start anew.") from error
    if not same_recipe:
        raise UserError(f"The checkpoint in {folder} was made with other settings; use those, or remove the folder.")
    _restore(state, tensors, folder)
    state.history[:] = history
    return True


def _flatten(state: TrainingState) -> dict[str, Tensor]:
    """Every tensor under one name; the optimiser's by the number of their parameter."""
    named = {
        **_prefixed("network.", state.network.state_dict()),
        **_prefixed("average.", state.average.state_dict()),
        **_prefixed(_BEST, state.best),
    }
    for number, moments in state.optimizer.state_dict()["state"].items():
        named |= _prefixed(f"optimizer.{number}.", moments)
    # Averaged and live network share no memory, but safetensors refuses views; clones cost little once an epoch.
    return {name: tensor.detach().cpu().clone(memory_format=torch.contiguous_format) for name, tensor in named.items()}


def _restore(state: TrainingState, tensors: Mapping[str, Tensor], folder: Path) -> None:
    try:
        state.network.load_state_dict(_unprefixed("network.", tensors))
        state.average.load_state_dict(_unprefixed("average.", tensors))
    except RuntimeError as error:
        raise UserError(f"The checkpoint in {folder} belongs to another network; remove it to start anew.") from error
    state.best.clear()
    state.best.update(_unprefixed(_BEST, tensors))
    _restore_optimizer(state.optimizer, tensors)
    steps = int(state.average.n_averaged)
    state.schedule.last_epoch = steps
    for group, rate in zip(state.optimizer.param_groups, state.schedule.base_lrs, strict=True):
        group["lr"] = rate * state.schedule.lr_lambdas[0](steps)


def _restore_optimizer(optimizer: AdamW, tensors: Mapping[str, Tensor]) -> None:
    moments: dict[int, dict[str, Any]] = {}
    for name, tensor in _unprefixed("optimizer.", tensors).items():
        number, moment = name.split(".", 1)
        moments.setdefault(int(number), {})[moment] = tensor
    optimizer.load_state_dict({"state": moments, "param_groups": optimizer.state_dict()["param_groups"]})


def _prefixed(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {prefix + name: tensor for name, tensor in tensors.items()}


def _unprefixed(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}
