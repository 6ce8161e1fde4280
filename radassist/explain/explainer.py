"""One model's answers to every question about one film. Loaded when first needed, used in the inference thread."""

from collections.abc import Iterator, Sequence

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
)
from radassist.domain.network_facts import NetworkFacts
from radassist.domain.radiograph import Radiograph
from radassist.domain.robustness import RobustnessStrip
from radassist.domain.trust import TrustMark
from radassist.domain.whatif import Edit, WhatIf
from radassist.explain.attribution import available_methods, saliency
from radassist.explain.channels import rank_channels
from radassist.explain.open_model import OpenModel
from radassist.explain.robustness import measure_robustness
from radassist.explain.scorer import Scorer
from radassist.explain.trust import measure_trust
from radassist.explain.whatif import ask
from radassist.imaging.rendering import to_grey8
from radassist.networks.inspection import network_facts
from radassist.networks.preprocess import Preprocess


class NetworkExplainer:
    """Satisfies `radassist.workflow.explain.Explainer`.

    Films are taken as they are; whether one may be scored at all is for the predictor to say.
    """

    def __init__(self, model: OpenModel, scorer: Scorer | None = None) -> None:
        """Answer for `model`; scores of changed films come from `scorer`, which made those on the screen, if given."""
        self._model = model
        self._scorer: Scorer = scorer or model

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

    def what_if(self, film: Radiograph, edits: Sequence[Edit], before: Prediction | None = None) -> WhatIf:
        """As `whatif.ask`."""
        return ask(to_grey8(film), edits, self._scorer, before)

    def trust(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[TrustMark]]:
        """As `trust.measure_trust`."""
        yield from measure_trust(self._model.take(film), wish, cancel)

    def robustness(self, film: Radiograph, cancel: CancelToken) -> Iterator[ExplainStep[RobustnessStrip]]:
        """As `robustness.measure_robustness`."""
        for strip in measure_robustness(film, self._scorer, cancel):
            yield ExplainStep(strip.done, strip.total, strip)
