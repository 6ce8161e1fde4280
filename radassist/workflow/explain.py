"""Questions about the network's answer to one film, asked from any thread and answered in the inference thread."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from threading import Lock
from typing import Protocol, TypeVar, cast

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
from radassist.domain.lungs import BodyZones, EvidenceLedger, LungFields
from radassist.domain.network_facts import NetworkFacts
from radassist.domain.radiograph import Radiograph
from radassist.domain.robustness import RobustnessStrip
from radassist.domain.trust import TrustMark
from radassist.domain.whatif import Edit, HiddenPart, WhatIf
from radassist.workflow.inference_thread import InferenceThread
from radassist.workflow.services import Predictor
from radassist.workflow.turns import steps_in_turn
from radassist.workflow.waiting import result_of

_KEPT = 64
"""Answers kept; the largest, of one value an input pixel, has a fifth of a megabyte."""

_Answer = TypeVar("_Answer")
_Value = TypeVar("_Value")


class Explainer(Protocol):
    """A model that can be asked why. Called by one thread at a time; every step is short."""

    @property
    def methods(self) -> tuple[SaliencyMethod, ...]:
        """Those that can be used on this model."""
        ...

    @property
    def blocks(self) -> tuple[BlockSpec, ...]:
        """Those that can be named in a wish, shallow first."""
        ...

    def saliency(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[SaliencyMap]]:
        """A map, coarse first; raises `UserError` for a method, block or label the model has not."""
        ...

    def rank_channels(
        self, film: Radiograph, wish: RankingWish, cancel: CancelToken
    ) -> Iterator[ExplainStep[ChannelRanking]]:
        """What each channel of a block counts for; raises `UserError` for a block or label the model has not."""
        ...

    def network_picture(self, film: Radiograph) -> NetworkPicture:
        """What the network gets of `film`."""
        ...

    def network_facts(self) -> NetworkFacts:
        """What the network is made of."""
        ...

    def what_if(self, film: Radiograph, edits: Sequence[Edit], before: Prediction | None = None) -> WhatIf:
        """What the model says of `film` without what `edits` hide."""
        ...

    def trust(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[TrustMark]]:
        """Whether a map can be believed; the last step has the mark."""
        ...

    def robustness(self, film: Radiograph, cancel: CancelToken) -> Iterator[ExplainStep[RobustnessStrip]]:
        """The score under changes that should not matter; every step has the strip as far as it is."""
        ...


class SharedExplainer:
    """The explainer of the model an `InferenceThread` owns, for any thread but that one and the GUI's.

    It is made in the inference thread when first asked. Maps and rankings that are done are kept; an answer carries its
    film and model, so that one that comes late can be told and dropped.
    """

    def __init__(self, thread: InferenceThread, make_explainer: Callable[[Predictor], Explainer]) -> None:
        self._thread = thread
        self._make_explainer = make_explainer
        self._explainer: Explainer | None = None
        self._explained: Predictor | None = None
        self._generation = 0
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def ask_from_now_on(self, make_explainer: Callable[[Predictor], Explainer]) -> None:
        """Another model answers now: forget what the earlier one said, and what it still says."""
        with self._lock:
            self._make_explainer = make_explainer
            self._explainer = self._explained = None
        self.forget()

    def forget(self) -> None:
        """The same model decides at another threshold now: forget what it said, and what it is still saying."""
        with self._lock:
            self._generation += 1
            self._kept.clear()

    def methods(self, cancel: CancelToken) -> tuple[SaliencyMethod, ...]:
        """Those that can be used on the model; waits until it is loaded.

        Raises:
            ModelUnavailable: If it cannot be loaded.
            Cancelled: If `cancel` is cancelled or the thread closed.
        """
        return self._ask(lambda explainer: explainer.methods, cancel)

    def blocks(self, cancel: CancelToken) -> tuple[BlockSpec, ...]:
        """Those that can be named in a wish, shallow first; raises as `methods`."""
        return self._ask(lambda explainer: explainer.blocks, cancel)

    def network_picture(self, film: Radiograph, cancel: CancelToken) -> NetworkPicture:
        """What the network gets of `film`; raises as `methods`."""
        return self._ask(lambda explainer: explainer.network_picture(film), cancel)

    def network_facts(self, cancel: CancelToken) -> NetworkFacts:
        """What the network is made of; raises as `methods`."""
        return self._ask(lambda explainer: explainer.network_facts(), cancel)

    def saliency(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[SaliencyMap]]:
        """A map, coarse first; in one step where it was made before.

        Raises:
            UserError: If the model cannot be loaded, or has no such method, block or label.
            Cancelled: If `cancel` is cancelled or the thread closed.
        """
        key = ("saliency", film.facts.sha256, wish)
        return self._kept_or_made(key, lambda explainer: explainer.saliency(film, wish, cancel), cancel)

    def rank_channels(
        self, film: Radiograph, wish: RankingWish, cancel: CancelToken
    ) -> Iterator[ExplainStep[ChannelRanking]]:
        """What each channel of a block counts for; raises as `saliency`."""
        key = ("channels", film.facts.sha256, wish)
        return self._kept_or_made(key, lambda explainer: explainer.rank_channels(film, wish, cancel), cancel)

    def trust(self, film: Radiograph, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[TrustMark]]:
        """Whether the map of `wish` can be believed; the last step has the mark. Raises as `saliency`."""
        key = ("trust", film.facts.sha256, wish)
        return self._kept_or_made(key, lambda explainer: explainer.trust(film, wish, cancel), cancel)

    def robustness(self, film: Radiograph, cancel: CancelToken) -> Iterator[ExplainStep[RobustnessStrip]]:
        """The score under changes that should not matter; every step has the strip as far as it is.

        Raises:
            UserError: If the model cannot be loaded, or the film not be scored.
            Cancelled: If `cancel` is cancelled or the thread closed.
        """
        key = ("robustness", film.facts.sha256)
        return self._kept_or_made(key, lambda explainer: explainer.robustness(film, cancel), cancel)

    def what_if(
        self, film: Radiograph, edits: Sequence[Edit], cancel: CancelToken, before: Prediction | None = None
    ) -> WhatIf:
        """What the model says of `film` without what `edits` hide; raises as `robustness`.

        Args:
            film: As it is.
            edits: In order.
            cancel: Leaves at once.
            before: The model's answer to the film as it is, where it is known: one forward pass less.
        """
        return self._ask(lambda explainer: explainer.what_if(film, edits, before), cancel)

    def hidden_part(self, film: Radiograph, edits: Sequence[Edit]) -> HiddenPart | None:
        """What `edits` put into `film`; None where they lie beside it. Made in the calling thread."""
        from radassist.explain.whatif import hidden_part
        from radassist.imaging.rendering import to_grey8

        return hidden_part(to_grey8(film), edits)

    def lungs(self, film: Radiograph) -> LungFields:
        """An estimate of the lung fields of `film`, made in the calling thread; a tenth of a second the first time."""
        from radassist.explain.lungs import find_lungs  # imports scipy, which the window does not need to open
        from radassist.imaging.rendering import to_grey8

        key = ("lungs", film.facts.sha256)
        known = self._known(key)
        if known is None:
            known = find_lungs(to_grey8(film))
            self._keep(key, known)
        return cast(LungFields, known)

    def zones(self, film: Radiograph) -> BodyZones:
        """The zones of the evidence ledger as lines on `film`; made in the calling thread."""
        from radassist.explain.outlines import outline_zones

        return outline_zones(self.lungs(film), (film.height, film.width))

    def evidence(self, film: Radiograph, found: SaliencyMap) -> EvidenceLedger:
        """Where on the body `found`, a map of `film`, lies; made in the calling thread."""
        from radassist.explain.evidence import divide

        return divide(found.values, self.lungs(film))

    def _kept_or_made(
        self,
        key: Hashable,
        begin: Callable[[Explainer], Iterator[ExplainStep[_Answer]]],
        cancel: CancelToken,
    ) -> Iterator[ExplainStep[_Answer]]:
        known = self._known(key)
        if known is not None:
            yield ExplainStep(1, 1, cast(_Answer, known))
            return
        asked: list[int] = []

        def begin_with(predictor: Predictor) -> Iterator[ExplainStep[_Answer]]:
            asked.append(self._generation)
            return begin(self._made(predictor))

        for step in steps_in_turn(self._thread, begin_with, cancel):
            if step.done == step.total and step.result is not None and asked[0] == self._generation:
                self._keep(key, step.result)
            yield step

    def _known(self, key: Hashable) -> object | None:
        with self._lock:
            return self._kept.get(key)

    def _keep(self, key: Hashable, answer: object) -> None:
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)

    def _ask(self, question: Callable[[Explainer], _Value], cancel: CancelToken) -> _Value:
        return result_of(self._thread.call(lambda predictor: question(self._made(predictor))), cancel)

    def _made(self, predictor: Predictor) -> Explainer:
        """Only ever called in the inference thread; an explainer goes with the predictor it was made for."""
        with self._lock:
            if self._explained is not predictor:
                self._explainer = self._explained = None
            known, make = self._explainer, self._make_explainer
        if known is not None:
            return known
        made = make(predictor)
        with self._lock:
            if make is self._make_explainer:
                self._explainer, self._explained = made, predictor
        return made
