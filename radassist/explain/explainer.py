"""What only the network itself can tell of its answer to a film: gradients, channels, layers. Needs torch."""

from collections.abc import Iterator

from radassist.domain.analysis import BlockSpec
from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import (
    ChannelRanking,
    ExplainStep,
    RankingWish,
    SaliencyMap,
    SaliencyMethod,
    SaliencyWish,
)
from radassist.domain.network_facts import NetworkFacts
from radassist.domain.radiograph import Radiograph
from radassist.domain.trust import TrustMark
from radassist.explain.attribution import available_methods, saliency
from radassist.explain.channels import rank_channels
from radassist.explain.open_model import OpenModel
from radassist.explain.trust import measure_trust
from radassist.networks.inspection import network_facts


class NetworkExplainer:
    """The part of `radassist.workflow.explain.Explainer` that scores alone cannot tell."""

    def __init__(self, model: OpenModel) -> None:
        self._model = model

    @property
    def methods(self) -> tuple[SaliencyMethod, ...]:
        """Those that can be used on this model."""
        return available_methods(self._model)

    @property
    def blocks(self) -> tuple[BlockSpec, ...]:
        """Those that can be named in a wish, shallow first: the published ones, and the last maps where they differ."""
        head = self._model.head
        extra = () if head is None or head.block in self._model.blocks else (head.block,)
        return (*self._model.blocks, *extra)

    def network_facts(self) -> NetworkFacts:
        """What the network is made of."""
        return network_facts(self._model.card, self._model.network)

    def saliency(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[SaliencyMap]]:
        """As `attribution.saliency`."""
        yield from saliency(self._model.take(film), wish, cancel)

    def rank_channels(
        self, film: Radiograph, wish: RankingWish, cancel: CancelToken
    ) -> Iterator[ExplainStep[ChannelRanking]]:
        """As `channels.rank_channels`."""
        yield from rank_channels(self._model.take(film), wish, cancel)

    def trust(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[TrustMark]]:
        """As `trust.measure_trust`."""
        yield from measure_trust(self._model.take(film), wish, cancel)
