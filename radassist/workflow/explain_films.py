"""Everything that can be asked about the network's answer to each of many films: the generator behind the command."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import Analysis, FeatureMap, Reduction
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import ModelUnavailable, RefusedImage, UserError
from radassist.domain.explanation import (
    ChannelRanking,
    ChannelRule,
    RankingWish,
    SaliencyMap,
    SaliencyMethod,
    SaliencyWish,
)
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource
from radassist.explain.feature_maps import Grid, display_range, has_signal, reduce_map
from radassist.explain.principal_components import principal_components
from radassist.export.explanation_files import FilmFiles, MapFile
from radassist.imaging.rendering import ColorMap, to_grey8, to_rgba
from radassist.workflow.analyse import analyse, load
from radassist.workflow.explain import Explainer
from radassist.workflow.outcome import is_refusal
from radassist.workflow.services import Services


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
    """

    target: str
    blocks: tuple[str, ...]
    views: tuple[BlockView, ...] = ()
    methods: tuple[SaliencyMethod, ...] = ()
    rule: ChannelRule | None = None


@dataclass(frozen=True, slots=True)
class MapMade:
    """One more map or ranking of a film is there.

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
    for wish in wishes:
        made.append(_answer(film, wish, explainer, cancel))
        yield MapMade(number, len(made), total)
    maps = tuple(one for one in made if isinstance(one, MapFile))
    rankings = tuple(one for one in made if isinstance(one, ChannelRanking))
    picture = explainer.network_picture(film)
    yield FilmExplained(number, source, FilmFiles(source.name, to_grey8(film), analysis, picture, maps, rankings))


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


def _answer(
    film: Radiograph, wish: SaliencyWish | RankingWish, explainer: Explainer, cancel: CancelToken
) -> MapFile | ChannelRanking:
    answer: SaliencyMap | ChannelRanking | None = None
    if isinstance(wish, RankingWish):
        for ranked in explainer.rank_channels(film, wish, cancel):
            answer = ranked.result
    else:
        for mapped in explainer.saliency(film, wish, cancel):
            answer = mapped.result
    assert answer is not None
    return _explained(answer) if isinstance(answer, SaliencyMap) else answer


def _explained(found: SaliencyMap) -> MapFile:
    """From nothing to the strongest evidence, as authors show it; what speaks against the label stays in the values."""
    colours = None if found.is_empty else _coloured(found.evidence, (0.0, float(found.evidence.max())))
    block = found.block.name if found.block else ""
    return MapFile(found.method, block, found.target, found.values, found.cell_size, colours)


def _coloured(grid: Grid, value_range: tuple[float, float]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(to_rgba(grid, *value_range, ColorMap.INFERNO)[..., :3])
