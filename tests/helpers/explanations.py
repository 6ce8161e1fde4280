"""An explainer without a network: instant, deterministic, and it remembers what it was asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from helpers.fakes import BLOCKS, FACTS, FakeScorer

from radassist.domain.analysis import BlockSpec, Prediction
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
from radassist.domain.robustness import RobustnessStrip
from radassist.domain.trust import Curve, ShuffleStep, TrustMark
from radassist.domain.whatif import Edit, WhatIf
from radassist.explain.robustness import measure_robustness
from radassist.explain.whatif import ask

NETWORK = NetworkFacts(
    FACTS.model,
    FACTS.sha256,
    (
        LayerRow("features.0", "Conv2d", (1, 4, 16, 16), 40, 9216, 3, "block1"),
        LayerRow("features.1", "ReLU", (1, 4, 16, 16), 0, 0, 3, "block1"),
        LayerRow("head", "Linear", (1, 2), 10, 8, None),
    ),
    Totals(50, 9224),
    {"block1": ReceptiveField(3, 2, -1)},
    None,
)


@dataclass
class FakeExplainer:
    """Every map is a slope of 4 x 4 cells over the film, every ranking goes down from channel 0.

    Attributes:
        asked: The wishes and edits, in order.
    """

    asked: list[object] = field(default_factory=list)
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

    def what_if(self, film: Radiograph, edits: Sequence[Edit], before: Prediction | None = None) -> WhatIf:
        self.asked.append(tuple(edits))
        return ask(film.pixels, edits, FakeScorer(), before)

    def trust(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[TrustMark]]:
        self.asked.append(wish)
        cancel.raise_if_cancelled()
        yield ExplainStep(1, 2, None)
        cancel.raise_if_cancelled()
        yield ExplainStep(2, 2, make_mark(_subject(film), wish))

    def robustness(self, film: Radiograph, cancel: CancelToken) -> Iterator[ExplainStep[RobustnessStrip]]:
        self.asked.append("robustness")
        for strip in measure_robustness(film, FakeScorer(), cancel):
            yield ExplainStep(strip.done, strip.total, strip)


def make_mark(subject: Subject, wish: SaliencyWish) -> TrustMark:
    """The mark of a map that passes every test."""
    return TrustMark(
        subject=subject,
        wish=wish,
        cascade=(ShuffleStep("head", 0.3), ShuffleStep("block1", 0.1)),
        shuffled=0.1,
        shift=0.95,
        noise=0.9,
        edges=0.1,
        deletion=Curve((0.9, 0.2, 0.1)),
        insertion=Curve((0.1, 0.8, 0.9)),
        random=Curve((0.9, 0.5, 0.1)),
    )


def _subject(film: Radiograph) -> Subject:
    return Subject(film.facts.sha256, FACTS.model, FACTS.sha256)
