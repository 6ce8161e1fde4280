"""The numbers that define a training run, and the optimiser and learning-rate schedule they give."""

from dataclasses import dataclass
from math import cos, pi

from torch import nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: equal recipes, seeds, films and machines give equal weights.

    Attributes:
        learning_rate: Peak, reached after the warm-up.
        warmup_epochs: Epochs of linear rise; the rest is half a cosine down to a hundredth of the peak.
        label_smoothing: Share of each label spread over all labels.
        average_decay: Decay a step of the exponential moving average of the weights; the average is what is kept.
        augment: Whether films are varied as `augment` describes.
    """

    epochs: int = 12
    batch_size: int = 32
    learning_rate: float = 1e-3
    weight_decay: float = 0.02
    warmup_epochs: float = 1.0
    label_smoothing: float = 0.05
    average_decay: float = 0.99
    augment: bool = True
    seed: int = 0


def make_optimizer(network: nn.Module, recipe: Recipe) -> AdamW:
    """AdamW; biases and normalisation weights, the tensors of one dimension, do not decay."""
    decaying = [tensor for tensor in network.parameters() if tensor.ndim > 1]
    free = [tensor for tensor in network.parameters() if tensor.ndim <= 1]
    groups = [{"params": decaying, "weight_decay": recipe.weight_decay}, {"params": free, "weight_decay": 0.0}]
    return AdamW(groups, lr=recipe.learning_rate)


def make_schedule(optimizer: AdamW, recipe: Recipe, steps_per_epoch: int) -> LambdaLR:
    """Linear warm-up, then half a cosine, one value a step; a function of the step alone, so it resumes exactly."""
    warmup = max(1, round(recipe.warmup_epochs * steps_per_epoch))
    total = max(warmup + 1, recipe.epochs * steps_per_epoch)
    return LambdaLR(optimizer, lambda step: rate_factor(step, warmup, total))


def rate_factor(step: int, warmup: int, total: int) -> float:
    """Share of the peak learning rate at `step` of `total`, in (0, 1]."""
    if step < warmup:
        return (step + 1) / warmup
    progress = min(1.0, (step - warmup) / (total - warmup))
    return 0.01 + 0.99 * 0.5 * (1 + cos(pi * progress))


def make_average(network: nn.Module, recipe: Recipe) -> AveragedModel:
    """The exponential moving average of weights and BatchNorm statistics."""
    return AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(recipe.average_decay), use_buffers=True)
