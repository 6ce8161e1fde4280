"""Everything that can be asked about the network's answer to each of many films: the generator behind the command."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import Analysis, FeatureMap, Reduction
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import ModelUnavailable, RefusedImage, UserError
from radassist.domain.explanation import (
    ChannelRanking,
    ChannelRule,
    ExplainStep,
    NetworkPicture,
    RankingWish,
    SaliencyMap,
    SaliencyMethod,
    SaliencyWish,
    Subject,
)
from radassist.domain.lungs import LungFields
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource
from radassist.domain.trust import TrustMark
from radassist.explain.evidence import divide
from radassist.explain.feature_maps import Grid, display_range, has_signal, reduce_map
from radassist.explain.lungs import find_lungs
from radassist.explain.principal_components import principal_components
from radassist.export.explanation_files import FilmFiles, MapFile
from radassist.imaging.rendering import ColorMap, to_grey8, to_rgba
from radassist.workflow.analyse import analyse, load
from radassist.workflow.explain import Explainer
from radassist.workflow.outcome import is_refusal
from radassist.workflow.services import Services

_Result = TypeVar("_Result")


class BlockView(StrEnum):
    """How the channels of a block become one picture."""

    MEAN = "mean"
    MAX = "max"
    L2 = "l2"
    PCA = "pca"


@dataclass(frozen=True, slots=True)
class ExplainPlan:
    """What is made of every film.

    Attributes:
        target: The label whose score is explained.
        blocks: Names, shallow first.
        views: Made of each of the blocks the network publishes.
        methods: Made of each of the blocks, or once where they take none.
        rule: What the channels of each block are ranked by; None for no ranking.
        with_trust: Whether every saliency map is tested; seconds each.
        with_robustness: Whether the film is scored under changes that should not matter; about a second.
    """

    target: str
    blocks: tuple[str, ...]
    views: tuple[BlockView, ...] = ()
    methods: tuple[SaliencyMethod, ...] = ()
    rule: ChannelRule | None = None
    with_trust: bool = False
    with_robustness: bool = False


@dataclass(frozen=True, slots=True)
class MapMade:
    """One more map or ranking of a film is there, with its tests.

    Attributes:
        number: Of the film, from 0.
        done, total: Maps and rankings of this film.
    """

    number: int
    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class FilmExplained:
    """All that was asked about one film, ready to be written; its last event."""

    number: int
    source: FilmSource
    files: FilmFiles


@dataclass(frozen=True, slots=True)
class FilmLeftOut:
    """Nothing can be said about one film; its last event.

    Attributes:
        problem: Its sentence says why.
        is_refusal: Whether the file is sound, but of a kind that gets no score.
    """

    number: int
    source: FilmSource
    problem: UserError
    is_refusal: bool


ExplainEvent = MapMade | FilmExplained | FilmLeftOut


def explain_films(
    sources: Sequence[FilmSource], services: Services, explainer: Explainer, plan: ExplainPlan, cancel: CancelToken
) -> Iterator[ExplainEvent]:
    """Read, score and explain each film in turn; each ends in exactly one of `FilmExplained` and `FilmLeftOut`.

    Raises:
        ModelUnavailable: If the model cannot be loaded.
        Cancelled: If `cancel` is cancelled.
    """
    for number, source in enumerate(sources):
        cancel.raise_if_cancelled()
        try:
            yield from _explain_film(number, source, services, explainer, plan, cancel)
        except ModelUnavailable:
            raise
        except UserError as problem:
            yield FilmLeftOut(number, source, _named(problem, source), is_refusal(problem))


def _explain_film(
    number: int, source: FilmSource, services: Services, explainer: Explainer, plan: ExplainPlan, cancel: CancelToken
) -> Iterator[ExplainEvent]:
    film = load(source, services, cancel=cancel)
    analysis = analyse(film, services, cancel=cancel)
    made: list[MapFile | ChannelRanking] = []
    wishes, views = _wishes(plan), _views(analysis, plan)
    total = len(views) + len(wishes)
    for feature_map, view in views:
        made.append(_view(analysis, feature_map, view))
        yield MapMade(number, len(made), total)
    asked = _Asked(film, analysis, explainer, plan, cancel)
    for wish in wishes:
        made.append(asked.answer(wish))
        yield MapMade(number, len(made), total)
    robustness = _last(explainer.robustness(film, cancel)) if plan.with_robustness else None
    files = FilmFiles(
        name=source.name,
        grey=asked.grey,
        analysis=analysis,
        picture=asked.picture(),  # last: it tells whose the answers before it were
        maps=tuple(one for one in made if isinstance(one, MapFile)),
        rankings=tuple(one for one in made if isinstance(one, ChannelRanking)),
        robustness=robustness,
    )
    yield FilmExplained(number, source, files)


def _named(problem: UserError, source: FilmSource) -> UserError:
    """Refusals say why, not which film."""
    if isinstance(problem, RefusedImage):
        return RefusedImage(f"{source.name}: {problem}", problem.code)
    return problem


def _views(analysis: Analysis, plan: ExplainPlan) -> list[tuple[FeatureMap, BlockView]]:
    return [
        (feature_map, view)
        for feature_map in analysis.feature_maps
        if feature_map.block.name in plan.blocks
        for view in plan.views
    ]


def _wishes(plan: ExplainPlan) -> list[SaliencyWish | RankingWish]:
    maps = [
        SaliencyWish(method, plan.target, block)
        for method in plan.methods
        for block in (plan.blocks if method.takes_block else ("",))
    ]
    rankings = [RankingWish(block, plan.rule, plan.target) for block in plan.blocks if plan.rule]
    return [*maps, *rankings]


def _view(analysis: Analysis, feature_map: FeatureMap, view: BlockView) -> MapFile:
    cell_size = analysis.geometry.cell_size(feature_map.block.stride)
    if view is BlockView.PCA:
        components = principal_components(feature_map)
        return MapFile(view, feature_map.block.name, "", components.maps, cell_size, components.colours())
    grid = reduce_map(feature_map, Reduction(view.value))
    colours = _coloured(grid, display_range(grid)) if has_signal(grid) else None
    return MapFile(view, feature_map.block.name, "", grid, cell_size, colours)


class _Asked:
    """One film that is asked about; whatever another model than that of its score answers is a `UserError`."""

    def __init__(
        self, film: Radiograph, analysis: Analysis, explainer: Explainer, plan: ExplainPlan, cancel: CancelToken
    ) -> None:
        self._film, self._explainer, self._plan, self._cancel = film, explainer, plan, cancel
        self._model = analysis.provenance.model_sha256
        self.grey = to_grey8(film)
        self._lungs: LungFields | None = None

    def answer(self, wish: SaliencyWish | RankingWish) -> MapFile | ChannelRanking:
        """What came of `wish`."""
        if isinstance(wish, RankingWish):
            ranking = _last(self._explainer.rank_channels(self._film, wish, self._cancel))
            self._check(ranking.subject)
            return ranking
        found = _last(self._explainer.saliency(self._film, wish, self._cancel))
        self._check(found.subject)
        return self._map_file(wish, found)

    def picture(self) -> NetworkPicture:
        """What the network got of the film."""
        picture = self._explainer.network_picture(self._film)
        self._check(picture.subject)
        return picture

    def _check(self, subject: Subject) -> None:
        if subject.model_sha256 != self._model:
            raise UserError("Another model was chosen while the film was explained: explain it again.")

    def _map_file(self, wish: SaliencyWish, found: SaliencyMap) -> MapFile:
        """Coloured from nothing to the strongest evidence, as authors show it; what speaks against stays in the values.

        An empty map has neither colours nor tests.
        """
        block = found.block.name if found.block else ""
        if found.is_empty:
            return MapFile(found.method, block, found.target, found.values, found.cell_size, None)
        colours = _coloured(found.evidence, (0.0, float(found.evidence.max())))
        self._lungs = self._lungs or find_lungs(self.grey)
        return MapFile(
            kind=found.method,
            block=block,
            target=found.target,
            values=found.values,
            cell_size=found.cell_size,
            colours=colours,
            ledger=divide(found.values, self._lungs),
            trust=self._mark(wish, found),
        )

    def _mark(self, wish: SaliencyWish, found: SaliencyMap) -> TrustMark | None:
        if not self._plan.with_trust or not has_signal(found.values):
            return None
        return _last(self._explainer.trust(self._film, wish, self._cancel))


def _last(steps: Iterator[ExplainStep[_Result]]) -> _Result:
    result: _Result | None = None
    for step in steps:
        result = step.result
    assert result is not None
    return result


def _coloured(grid: Grid, value_range: tuple[float, float]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(to_rgba(grid, *value_range, ColorMap.INFERNO)[..., :3])
