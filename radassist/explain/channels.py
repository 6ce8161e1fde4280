"""Which channels of a block count on one film: by what the score loses without them, by gradient, or by activation."""

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from radassist.domain.analysis import BlockSpec
from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import ChannelRanking, ChannelRule, ExplainStep, RankingWish
from radassist.explain.gradients import activations_and_gradients, activations_of, scores_from
from radassist.explain.open_model import FedFilm

Steps = Iterator[ExplainStep[ChannelRanking]]

_AT_ONCE = ((100, 32), (4000, 8))
"""Up to so many cells a map, so many channels go through the rest of the network together; with more cells, four.

So a step takes about a tenth of a second: a film that comes meanwhile has to wait for no more.
"""


def rank_channels(film: FedFilm, wish: RankingWish, cancel: CancelToken) -> Steps:
    """What each channel of a block counts for; the ranking comes with the last step.

    Raises:
        UserError: If the model has no such block or label.
        Cancelled: If `cancel` is cancelled.
    """
    block, target = film.model.block(wish.block), film.model.target_index(wish.target)
    if wish.rule is ChannelRule.ABLATION:
        yield from _ablation(film, wish, block, cancel)
        return
    values = _mean_activation(film, block) if wish.rule is ChannelRule.ACTIVATION else _effect(film, block, target)
    yield ExplainStep(1, 1, _ranking(film, wish, block, values))


def _scores_without(film: FedFilm, block: BlockSpec, channels: range, activations: Tensor) -> NDArray[np.float64]:
    """(channels, labels): the scores with each of `channels` of the (1, channels, h, w) activations set to zero."""
    without = activations.repeat(len(channels), 1, 1, 1)
    without[torch.arange(len(channels)), torch.tensor(channels)] = 0
    return scores_from(film.model.network, block, film.batch, without).double().numpy()


def _ablation(film: FedFilm, wish: RankingWish, block: BlockSpec, cancel: CancelToken) -> Steps:
    network, target = film.model.network, film.model.target_index(wish.target)
    activations = activations_of(network, block, film.batch)
    score = scores_from(network, block, film.batch, activations).double().numpy()[0]
    total = activations.shape[1]
    some = next((count for cells, count in _AT_ONCE if activations[0, 0].numel() <= cells), 4)
    drops: list[float] = []
    for first in range(0, total, some):
        cancel.raise_if_cancelled()
        channels = range(first, min(first + some, total))
        drops += list((score - _scores_without(film, block, channels, activations))[:, target])
        is_last = len(drops) == total
        yield ExplainStep(len(drops), total, _ranking(film, wish, block, np.array(drops)) if is_last else None)


def _mean_activation(film: FedFilm, block: BlockSpec) -> NDArray[np.float64]:
    activations = activations_of(film.model.network, block, film.batch).numpy()
    means: NDArray[np.float64] = activations[0].mean(axis=(1, 2), dtype=np.float64)
    return means


def _effect(film: FedFilm, block: BlockSpec, target: int) -> NDArray[np.float64]:
    """The first term of the score's series in a channel's size (Molchanov et al. 2017, equation 9)."""
    activations, gradients = activations_and_gradients(film.model.network, block, film.batch, target)
    effects: NDArray[np.float64] = (activations.double() * gradients.double()).sum(dim=(0, 2, 3)).numpy()
    return effects


def _ranking(film: FedFilm, wish: RankingWish, block: BlockSpec, values: NDArray[np.float64]) -> ChannelRanking:
    return ChannelRanking(film.subject, block, wish.rule, wish.target, values.astype(np.float32))
