"""One model's answers to every question about one film. Loaded when first needed, used in the inference thread."""

from collections.abc import Iterator
from types import MappingProxyType

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
)
from radassist.domain.network_facts import NetworkFacts
from radassist.domain.radiograph import Radiograph
from radassist.explain.attribution import available_methods, saliency
from radassist.explain.channels import rank_channels
from radassist.explain.open_model import OpenModel
from radassist.networks.inspection import first_kernels, receptive_fields, totals, trace
from radassist.networks.preprocess import Preprocess


class NetworkExplainer:
    """Satisfies `radassist.workflow.explain.Explainer`.

    Films are taken as they are; whether one may be scored at all is for the predictor to say.
    """

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
        card, network = self._model.card, self._model.network
        layers = trace(network)
        return NetworkFacts(
            model=card.id,
            model_sha256=card.weights_sha256,
            layers=layers,
            totals=totals(network, layers),
            fields=MappingProxyType(receptive_fields(network)),
            kernels=first_kernels(network),
        )

    def saliency(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[SaliencyMap]]:
        """As `attribution.saliency`."""
        yield from saliency(self._model.take(film), wish, cancel)

    def rank_channels(
        self, film: Radiograph, wish: RankingWish, cancel: CancelToken
    ) -> Iterator[ExplainStep[ChannelRanking]]:
        """As `channels.rank_channels`."""
        yield from rank_channels(self._model.take(film), wish, cancel)

    def network_picture(self, film: Radiograph) -> NetworkPicture:
        """What the network gets of `film`: all of it, squashed, so the outline is the film's own edge."""
        taken = self._model.take(film)
        height, width = float(film.height), float(film.width)
        return NetworkPicture(
            subject=taken.subject,
            grey=Preprocess.from_card(self._model.card).squash(taken.grey),
            array=taken.fed.array,
            outline=((0.0, 0.0), (0.0, width), (height, width), (height, 0.0)),
        )
