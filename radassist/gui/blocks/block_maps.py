"""The block maps of one film, reduced as they are asked for and kept. No widgets here."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import Analysis, BlockSpec, FeatureMap, Reduction
from radassist.domain.explanation import SaliencyMap
from radassist.explain.contours import Line, contour_lines
from radassist.explain.feature_maps import (
    Grid,
    difference,
    display_range,
    has_signal,
    reduce_map,
    shared_range,
    standardised,
)
from radassist.explain.principal_components import PrincipalComponents, principal_components
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.imaging.rendering import ColorMap, to_rgba


@dataclass(frozen=True, slots=True, eq=False)
class BlockMap:
    """One block reduced to one map.

    Attributes:
        grid: (h, w) float32, raw; of three components the first.
        channels: How many the block has.
        channel: The one shown, from 0; None where the map is of all channels.
        cell_size: Height and width of a cell in film pixels.
        low, high: Raw values of the first and the last colour.
        has_signal: False where all cells have the same value, so that colours would mean nothing.
        target: The label the channels are weighed for; empty where they are not.
        minus: The block whose map is taken away from this one's, both standardised; None for none.
        components: The map as three, to be shown as red, green and blue; None where there is one.
    """

    block: BlockSpec
    grid: Grid
    channels: int
    channel: int | None
    cell_size: tuple[float, float]
    low: float
    high: float
    has_signal: bool
    target: str = ""
    minus: BlockSpec | None = None
    components: PrincipalComponents | None = None

    def rgba(self, color_map: ColorMap) -> NDArray[np.uint8]:
        """The map coloured from `low` to `high`, or in the colours of its components: (h, w, 4) uint8."""
        if self.components is None:
            return to_rgba(self.grid, self.low, self.high, color_map)
        return np.pad(self.components.colours(), ((0, 0), (0, 0), (0, 1)), constant_values=255)

    def level(self, share: float) -> float:
        """The value at `share` of the way from `low` to `high`."""
        return self.low + share * (self.high - self.low)

    def cell_at(self, row: int, column: int) -> tuple[int, int]:
        """The cell that lies over the middle of a film pixel; the outermost one where the map ends before the film."""
        places = zip((row, column), self.cell_size, self.grid.shape, strict=True)
        down, across = (min(int((place + 0.5) / size), cells - 1) for place, size, cells in places)
        return down, across

    def lines(self, share: float) -> tuple[Line, ...]:
        """Where the map has the value `level(share)`, in film pixels."""
        return contour_lines(self.grid, self.level(share), self.cell_size)


class BlockMaps:
    """The maps of one film, by block name; the slow reductions are done once a film."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._geometry = analysis.geometry
        self._feature_maps = {feature_map.block.name: feature_map for feature_map in analysis.feature_maps}
        self._reduced: dict[tuple[str, Reduction], Grid] = {}
        self._components: dict[str, PrincipalComponents] = {}
        self._target = ""

    @property
    def feature_maps(self) -> tuple[FeatureMap, ...]:
        """Raw, shallow first."""
        return tuple(self._feature_maps.values())

    @property
    def names(self) -> tuple[str, ...]:
        """Block names, shallow first."""
        return tuple(self._feature_maps)

    @property
    def aspect(self) -> float:
        """Height of the film over its width."""
        height, width = self._geometry.film_size
        return height / width

    def channels(self, name: str) -> int:
        """How many channels block `name` has."""
        return len(self._feature_maps[name].activations)

    def cell_size(self, name: str) -> tuple[float, float]:
        """Height and width of a cell of block `name` in film pixels."""
        return self._geometry.cell_size(self._feature_maps[name].block.stride)

    def take_weighted(self, saliency: SaliencyMap) -> bool:
        """Keep a Grad-CAM, which is a block weighted for a label; whether it is of this film, this model and a block.

        One that comes late, for another film or model, is not taken.
        """
        about = (saliency.subject.film_sha256, saliency.subject.model_sha256)
        mine = (self.analysis.film_sha256, self.analysis.provenance.model_sha256)
        if about != mine or saliency.block is None or saliency.block.name not in self._feature_maps:
            return False
        self._reduced[(saliency.block.name, Reduction.CLASS)] = saliency.values
        self._target = saliency.target
        return True

    def knows(self, name: str, reduction: Reduction) -> bool:
        """Whether block `name` can be reduced so now: weights for a label have to be taken first."""
        return reduction is not Reduction.CLASS or (name, reduction) in self._reduced

    def shown(self, name: str, state: BlocksState) -> BlockMap | None:
        """Block `name` as `state` asks for it, less its second block; None while weights are missing."""
        first = self.single(name, state)
        if first is None or state.minus == name or state.minus not in self._feature_maps or first.components:
            return first
        second = self.single(state.minus, state)
        return _minus(first, second) if second else None

    def single(self, name: str, state: BlocksState) -> BlockMap | None:
        """As `shown`, without the second block: how the small pictures look."""
        if not self.knows(name, state.reduction):
            return None
        made = self.reduced(name, state.reduction, state.channel)
        if not state.one_scale or made.components:
            return made
        low, high = self._one_scale(state)
        return replace(made, low=low, high=high)

    def reduced(self, name: str, reduction: Reduction, channel: int) -> BlockMap:
        """Block `name` as one map, on a scale of its own.

        Args:
            name: One of `names`.
            reduction: How its channels become one; `knows` must say so.
            channel: The channel asked for; beyond the last, the last is taken.
        """
        feature_map = self._feature_maps[name]
        channels = self.channels(name)
        taken = min(channel, channels - 1)
        grid = self._grid(feature_map, reduction, taken)
        low, high = display_range(grid)
        return BlockMap(
            block=feature_map.block,
            grid=grid,
            channels=channels,
            channel=taken if reduction is Reduction.CHANNEL else None,
            cell_size=self.cell_size(name),
            low=low,
            high=high,
            has_signal=has_signal(grid),
            target=self._target if reduction is Reduction.CLASS else "",
            components=self._components[name] if reduction is Reduction.PCA else None,
        )

    def _one_scale(self, state: BlocksState) -> tuple[float, float]:
        known = [name for name in self.names if self.knows(name, state.reduction)]
        taken = {name: min(state.channel, self.channels(name) - 1) for name in known}
        return shared_range([self._grid(self._feature_maps[name], state.reduction, taken[name]) for name in known])

    def _grid(self, feature_map: FeatureMap, reduction: Reduction, channel: int) -> Grid:
        if reduction is Reduction.CHANNEL:
            return reduce_map(feature_map, reduction, channel)
        name = feature_map.block.name
        if (name, reduction) not in self._reduced:
            if reduction is Reduction.PCA:
                self._components[name] = _components(feature_map)
                self._reduced[(name, reduction)] = self._components[name].maps[0]
            else:
                self._reduced[(name, reduction)] = reduce_map(feature_map, reduction)
        return self._reduced[(name, reduction)]


def _components(feature_map: FeatureMap) -> PrincipalComponents:
    """A block with cells that are no numbers has no directions: all its components are no numbers either."""
    if np.isfinite(feature_map.activations).all():
        return principal_components(feature_map)
    nothing = np.full((3, *feature_map.activations.shape[1:]), np.nan, np.float32)
    return PrincipalComponents(nothing, np.zeros((3, len(feature_map.activations)), np.float32), (0.0, 0.0, 0.0))


def _minus(first: BlockMap, second: BlockMap) -> BlockMap:
    """On the finer grid, in standard deviations; the scale has 0 in its middle."""
    grid = difference(standardised(first.grid), standardised(second.grid))
    largest = float(np.abs(grid).max()) or 1.0
    height, width = (min(sizes) for sizes in zip(first.cell_size, second.cell_size, strict=True))
    return replace(
        first,
        grid=grid,
        cell_size=(height, width),
        low=-largest,
        high=largest,
        has_signal=has_signal(grid),
        minus=second.block,
    )
