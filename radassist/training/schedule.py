"""Optimiser, learning-rate schedule and weight average, as a recipe asks for them."""

from math import cos, pi

from torch import nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from radassist.training.options import Recipe


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
    decay = get_ema_multi_avg_fn(recipe.average_decay)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return AveragedModel(network, multi_avg_fn=decay, use_buffers=True)
