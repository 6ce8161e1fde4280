"""Every question about one model's answer to a film. What scores can tell is told without torch and at once."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

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
from radassist.domain.network_facts import NetworkFacts
from radassist.domain.radiograph import Radiograph
from radassist.domain.robustness import RobustnessStrip
from radassist.domain.trust import TrustMark
from radassist.domain.whatif import Edit, WhatIf
from radassist.explain.occlusion import OccludedFilm, occlusion
from radassist.explain.robustness import measure_robustness
from radassist.explain.scorer import Scorer
from radassist.explain.whatif import ask
from radassist.imaging.rendering import to_grey8
from radassist.inference.device import import_torch, require_torch
from radassist.networks.card import ModelCard
from radassist.networks.preprocess import Preprocess

if TYPE_CHECKING:
    from radassist.explain.explainer import NetworkExplainer


class ModelExplainer:
    """Satisfies `radassist.workflow.explain.Explainer`. Loaded when first needed, used in the inference thread.

    Films are taken as they are; whether one may be scored at all is for the predictor to say. The network itself is
    opened, which needs torch and seconds, when something is asked for the first time that scores cannot tell.
    """

    def __init__(self, card: ModelCard, scorer: Scorer, open_network: "Callable[[], NetworkExplainer]") -> None:
        """Answer for the model of `card`; `scorer` is what made the scores on the screen."""
        self._card, self._scorer, self._open_network = card, scorer, open_network
        self._opened: NetworkExplainer | None = None

    @property
    def methods(self) -> tuple[SaliencyMethod, ...]:
        """Those that can be used on this model; without torch only the one that asks for scores."""
        return self._network().methods if import_torch() else (SaliencyMethod.OCCLUSION,)

    @property
    def blocks(self) -> tuple[BlockSpec, ...]:
        """Those that can be named in a wish, shallow first; without torch the published ones."""
        return self._network().blocks if import_torch() else self._card.block_specs

    def network_facts(self) -> NetworkFacts:
        """What the network is made of."""
        return self._network().network_facts()

    def network_picture(self, film: Radiograph) -> NetworkPicture:
        """What the network gets of `film`: all of it, squashed, so the outline is the film's own edge."""
        preprocess = Preprocess.from_card(self._card)
        squashed = preprocess.squash(to_grey8(film))
        height, width = float(film.height), float(film.width)
        return NetworkPicture(
            subject=self._subject(film),
            grey=squashed,
            array=preprocess.normalise(squashed),
            outline=((0.0, 0.0), (0.0, width), (height, width), (height, 0.0)),
        )

    def saliency(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[SaliencyMap]]:
        """As `attribution.saliency`; occlusion comes from the scorer."""
        if wish.method is SaliencyMethod.OCCLUSION:
            hidden = OccludedFilm(self._subject(film), to_grey8(film), self._card.labels, self._scorer)
            yield from occlusion(hidden, wish.target, cancel)
        else:
            yield from self._network().saliency(film, wish, cancel)

    def rank_channels(
        self, film: Radiograph, wish: RankingWish, cancel: CancelToken
    ) -> Iterator[ExplainStep[ChannelRanking]]:
        """As `channels.rank_channels`."""
        yield from self._network().rank_channels(film, wish, cancel)

    def what_if(self, film: Radiograph, edits: Sequence[Edit], before: Prediction | None = None) -> WhatIf:
        """As `whatif.ask`."""
        return ask(to_grey8(film), edits, self._scorer, before)

    def trust(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[TrustMark]]:
        """As `trust.measure_trust`."""
        yield from self._network().trust(film, wish, cancel)

    def robustness(self, film: Radiograph, cancel: CancelToken) -> Iterator[ExplainStep[RobustnessStrip]]:
        """As `robustness.measure_robustness`."""
        for strip in measure_robustness(film, self._scorer, cancel):
            yield ExplainStep(strip.done, strip.total, strip)

    def _subject(self, film: Radiograph) -> Subject:
        return Subject(film.facts.sha256, self._card.id, self._card.weights_sha256)

    def _network(self) -> "NetworkExplainer":
        if self._opened is None:
            require_torch("Saliency maps")
            self._opened = self._open_network()
        return self._opened
