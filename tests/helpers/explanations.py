"""An explainer without a network: instant, deterministic, and it remembers what it was asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from helpers.fakes import BLOCKS, FACTS

from radassist.domain.analysis import BlockSpec
from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import (
    ChannelRanking,
    ExplainStep,
    NetworkPicture,
    RankingWish,
    SaliencyMap,
    SaliencyMethod,
    SaliencyWish,
    Subject,
)
from radassist.domain.network_facts import LayerRow, NetworkFacts, ReceptiveField, Totals
from radassist.domain.radiograph import Radiograph


@dataclass
class FakeExplainer:
    """Every map is a slope of 4 x 4 cells over the film, every ranking goes down from channel 0.

    Attributes:
        asked: The wishes, in order.
    """

    asked: list[SaliencyWish | RankingWish] = field(default_factory=list)
    methods: tuple[SaliencyMethod, ...] = tuple(SaliencyMethod)
    blocks: tuple[BlockSpec, ...] = BLOCKS

    def saliency(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[SaliencyMap]]:
        self.asked.append(wish)
        block = next((block for block in BLOCKS if block.name == wish.block), BLOCKS[-1])
        values = np.linspace(-1, 1, 16, dtype=np.float32).reshape(4, 4)
        cell_size = (film.height / 4, film.width / 4)
        cancel.raise_if_cancelled()
        yield ExplainStep(1, 2, None)
        cancel.raise_if_cancelled()
        yield ExplainStep(2, 2, SaliencyMap(_subject(film), wish.method, wish.target, block, values, cell_size))

    def rank_channels(
        self, film: Radiograph, wish: RankingWish, cancel: CancelToken
    ) -> Iterator[ExplainStep[ChannelRanking]]:
        self.asked.append(wish)
        values = np.array([3, 2, 1, 0], np.float32)
        yield ExplainStep(1, 1, ChannelRanking(_subject(film), BLOCKS[0], wish.rule, wish.target, values))

    def network_picture(self, film: Radiograph) -> NetworkPicture:
        grey = np.zeros((4, 4), np.uint8)
        corners = ((0.0, 0.0), (0.0, float(film.width)), (float(film.height), float(film.width)), (film.height, 0.0))
        return NetworkPicture(_subject(film), grey, grey[None].astype(np.float32), corners)

    def network_facts(self) -> NetworkFacts:
        layers = (LayerRow("features.0", "Conv2d", (1, 4, 16, 16), 40, 9216, 3, "block1"),)
        return NetworkFacts(
            FACTS.model, FACTS.sha256, layers, Totals(40, 9216), {"block1": ReceptiveField(3, 2, -1)}, None
        )


def _subject(film: Radiograph) -> Subject:
    return Subject(film.facts.sha256, FACTS.model, FACTS.sha256)
