"""The training loop: epochs as a generator of events, resumable after each epoch. Knows no files but the checkpoint."""

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from time import monotonic

import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torchvision.transforms import v2

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.networks.preprocess import Preprocess
from radassist.training.augment import film_augmentation
from radassist.training.checkpoint import TrainingState, load_checkpoint, save_checkpoint
from radassist.training.datasets import FilmSet, shuffled_batches, to_input
from radassist.training.events import BatchDone, EpochDone, EpochMetrics, EpochStarted, WiringChecked
from radassist.training.options import Recipe
from radassist.training.schedule import make_average, make_optimizer, make_schedule
from radassist.training.scoring import SplitScores, score_films

LoopEvent = EpochStarted | BatchDone | EpochDone

_WIRING_STEPS = 200
_WIRING_LOSS = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Trainer:
    """Fits a network to films.

    Attributes:
        fit: Films learnt from.
        validation: Films that choose the epoch; never learnt from.
        workers: Processes that augment; 0 does it between the steps.
    """

    recipe: Recipe
    preprocess: Preprocess
    fit: FilmSet
    validation: FilmSet
    device: torch.device
    workers: int = 0

    def start(self, network: nn.Module) -> TrainingState:
        """The state before the first epoch; moves `network` to the device."""
        network.to(self.device).to(memory_format=torch.channels_last)
        optimizer = make_optimizer(network, self.recipe)
        schedule = make_schedule(optimizer, self.recipe, self._batches_per_epoch)
        return TrainingState(network, make_average(network, self.recipe), optimizer, schedule, {}, [])

    def run(self, state: TrainingState, checkpoints: Path, cancel: CancelToken) -> Iterator[LoopEvent]:
        """Train to the recipe's last epoch, from the checkpoint in that folder where there is one.

        Afterwards `state.best` holds the averaged weights of the best epoch.

        Raises:
            UserError: If the loss is no number, or the checkpoint does not fit or cannot be written.
            Cancelled: Within a step of `cancel`; the checkpoint of the last whole epoch stays.
        """
        load_checkpoint(state, self.recipe, checkpoints)
        started, done_before = monotonic(), state.epochs_done
        for epoch in range(done_before + 1, self.recipe.epochs + 1):
            yield EpochStarted(epoch, self.recipe.epochs)
            metrics = yield from self._epoch(state, epoch, _Clock(started, done_before, self.recipe.epochs), cancel)
            state.history.append(metrics)
            is_best = state.best_epoch == epoch
            if is_best:
                state.best.update({name: tensor.clone() for name, tensor in state.average.module.state_dict().items()})
            save_checkpoint(state, self.recipe, checkpoints)
            yield EpochDone(metrics, is_best)

    def _epoch(
        self, state: TrainingState, epoch: int, clock: "_Clock", cancel: CancelToken
    ) -> Generator[BatchDone, None, EpochMetrics]:
        started = monotonic()
        seed = self.recipe.seed + 1000 * epoch
        torch.manual_seed(seed)
        state.network.train()
        losses = []
        for number, (grey, targets) in enumerate(self._batches(seed), start=1):
            cancel.raise_if_cancelled()
            losses.append(self._step(state, grey, targets, epoch))
            left = clock.seconds_left(epoch - 1 + number / self._batches_per_epoch)
            yield BatchDone(epoch, number, self._batches_per_epoch, losses[-1], left)
        loss, auc = self._validate(state.average.module)
        rate = float(state.schedule.get_last_lr()[0])
        return EpochMetrics(epoch, sum(losses) / len(losses), loss, auc, rate, monotonic() - started)

    def _step(self, state: TrainingState, grey: Tensor, targets: Tensor, epoch: int) -> float:
        films = to_input(self._shrunk(grey.to(self.device), epoch), self.preprocess)
        films = films.contiguous(memory_format=torch.channels_last)
        with self._precision():
            logits = state.network(films)
        loss = self._loss(logits.float(), targets.to(self.device), self.recipe.label_smoothing)
        value = float(loss.detach())
        if not isfinite(value):
            raise UserError(
                f"Training stopped in epoch {epoch}: the loss is no longer a number; try a lower learning rate."
            )
        state.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        state.optimizer.step()
        state.schedule.step()
        state.average.update_parameters(state.network)
        return value

    def _shrunk(self, grey: Tensor, epoch: int) -> Tensor:
        side = self.recipe.early_side
        if side == 0 or 3 * epoch > 2 * self.recipe.epochs:
            return grey
        smaller: Tensor = v2.functional.resize(grey, [side, side], antialias=True)
        return smaller

    def _validate(self, network: nn.Module) -> tuple[float, float]:
        scores = _drain(score_films(network, self.validation, self.preprocess, self.device))
        logits, targets = torch.from_numpy(scores.logits), torch.from_numpy(scores.targets)
        loss = self._loss(logits.float().to(self.device), targets.to(self.device), 0.0)
        return float(loss), float(roc_auc_score(scores.targets, scores.logits[:, 1] - scores.logits[:, 0]))

    def _loss(self, logits: Tensor, targets: Tensor, smoothing: float) -> Tensor:
        """Cross entropy in which both labels weigh the same in all."""
        weights = balancing_weights(self.fit.targets).to(self.device)
        return nn.functional.cross_entropy(logits, targets, weight=weights, label_smoothing=smoothing)

    def _batches(self, seed: int) -> Iterator[tuple[Tensor, Tensor]]:
        return iter(
            shuffled_batches(
                self.fit, self._augmentation(), batch_size=self.recipe.batch_size, seed=seed, workers=self.workers
            )
        )

    def _augmentation(self) -> v2.Transform | None:
        size = (self.preprocess.spec.height, self.preprocess.spec.width)
        return film_augmentation(size, self.recipe.strength) if self.recipe.augment else None

    def _precision(self) -> AbstractContextManager[object]:
        """bfloat16 where it pays: on CUDA. On CPUs without matrix units for it, it was two to three times slower."""
        return torch.autocast("cuda", torch.bfloat16) if self.device.type == "cuda" else nullcontext()

    @property
    def _batches_per_epoch(self) -> int:
        whole, rest = divmod(len(self.fit), self.recipe.batch_size)
        return whole + (rest > 1)


@dataclass(frozen=True, slots=True)
class _Clock:
    started: float
    epochs_before: int
    epochs: int

    def seconds_left(self, epochs_done: float) -> float:
        passed = monotonic() - self.started
        return passed * (self.epochs - epochs_done) / max(epochs_done - self.epochs_before, 1e-9)


def balancing_weights(targets: Tensor, labels: int = 2) -> Tensor:
    """(labels,) float32: weights of a loss in which every label counts the same in all, mean 1 over the films."""
    counts = torch.bincount(targets, minlength=labels)
    return len(targets) / (labels * counts.clamp(min=1).float())


def check_wiring(network: nn.Module, trainer: Trainer) -> WiringChecked:
    """Learn one small batch by heart, without augmentation, smoothing or averaging.

    Raises:
        UserError: If it cannot: then films, labels, loss and gradients are not connected as they should be.
    """
    network.to(trainer.device).train()
    torch.manual_seed(trainer.recipe.seed)
    optimizer = torch.optim.AdamW(network.parameters(), lr=trainer.recipe.learning_rate, weight_decay=0.0)
    rows = _mixed_rows(trainer.fit.targets, 16)
    films = to_input(trainer.fit.grey[rows, None].to(trainer.device), trainer.preprocess)
    targets = trainer.fit.targets[rows].to(trainer.device)
    value = float("inf")
    for step in range(1, _WIRING_STEPS + 1):
        loss = nn.functional.cross_entropy(network(films), targets)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        optimizer.step()
        value = float(loss.detach())
        if value < _WIRING_LOSS:
            return WiringChecked(value, step)
    raise UserError(f"The network did not learn one batch by heart: its loss is {value:.3f} after {step} steps.")


def _mixed_rows(targets: Tensor, count: int) -> Tensor:
    """Rows of up to `count` films, half of each label."""
    return torch.cat([torch.nonzero(targets == label).flatten()[: count // 2] for label in (0, 1)])


def _drain(steps: Generator[object, None, SplitScores]) -> SplitScores:
    """Run a scoring to its end without showing how far it is."""
    while True:
        try:
            next(steps)
        except StopIteration as finished:
            scores: SplitScores = finished.value
            return scores
