"""A shared explainer as the generator over many films asks it: one caller, one cancel token, plain answers."""

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
from radassist.workflow.explain import SharedExplainer


class ExplainerInTurn:
    """Satisfies `Explainer` in any thread: each step waits for its turn in the inference thread.

    All methods raise `Cancelled` once the token is cancelled, and `UserError` as those of `SharedExplainer`.
    """

    def __init__(self, shared: SharedExplainer, cancel: CancelToken) -> None:
        self._shared, self._cancel = shared, cancel

    @property
    def methods(self) -> tuple[SaliencyMethod, ...]:
        """Those that can be used on the model."""
        return self._shared.methods(self._cancel)

    @property
    def blocks(self) -> tuple[BlockSpec, ...]:
        """Those that can be named in a wish, shallow first."""
        return self._shared.blocks(self._cancel)

    def network_facts(self) -> NetworkFacts:
        """What the network is made of."""
        return self._shared.network_facts(self._cancel)

    def network_picture(self, film: Radiograph) -> NetworkPicture:
        """What the network gets of `film`."""
        return self._shared.network_picture(film, self._cancel)

    def saliency(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[SaliencyMap]]:
        """A map, coarse first."""
        return self._shared.saliency(film, wish, cancel)

    def rank_channels(
        self, film: Radiograph, wish: RankingWish, cancel: CancelToken
    ) -> Iterator[ExplainStep[ChannelRanking]]:
        """What each channel of a block counts for."""
        return self._shared.rank_channels(film, wish, cancel)

    def what_if(self, film: Radiograph, edits: Sequence[Edit], before: Prediction | None = None) -> WhatIf:
        """What the model says of `film` without what `edits` hide."""
        return self._shared.what_if(film, edits, self._cancel, before)

    def trust(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[TrustMark]]:
        """Whether a map can be believed."""
        return self._shared.trust(film, wish, cancel)

    def robustness(self, film: Radiograph, cancel: CancelToken) -> Iterator[ExplainStep[RobustnessStrip]]:
        """The score under changes that should not matter."""
        return self._shared.robustness(film, cancel)
