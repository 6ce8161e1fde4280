"""The block maps of one film, reduced as they are asked for, and the choices they are shown by. No widgets here."""

import json
from dataclasses import asdict, dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import Analysis, BlockSpec, FeatureMap, Reduction
from radassist.explain.feature_maps import Grid, display_range, has_signal, reduce_map
from radassist.imaging.rendering import ColorMap, to_rgba


@dataclass(frozen=True, slots=True)
class BlocksState:
    """How block maps are shown; kept from film to film and from start to start.

    Attributes:
        block: Name of the chosen block, empty before any was chosen.
        channel: The channel asked for, from 0; a block with fewer channels shows its last.
        opacity: Of the map over the film, in [0, 1].
        smooth: Whether cells are blended into each other.
        visible: Whether the map lies over the film.
    """

    block: str = ""
    reduction: Reduction = Reduction.MEAN
    channel: int = 0
    color_map: ColorMap = ColorMap.INFERNO
    opacity: float = 0.5
    smooth: bool = True
    visible: bool = False

    def to_text(self) -> str:
        """One line, for a settings file."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The state that `to_text` wrote; the default one where the text is damaged."""
        try:
            values = json.loads(text)
            return cls(
                block=str(values["block"]),
                reduction=Reduction(values["reduction"]),
                channel=max(0, int(values["channel"])),
                color_map=ColorMap(values["color_map"]),
                opacity=min(1.0, max(0.0, float(values["opacity"]))),
                smooth=bool(values["smooth"]),
                visible=bool(values["visible"]),
            )
        except (ValueError, TypeError, KeyError, OverflowError):
            return cls()


@dataclass(frozen=True, slots=True, eq=False)
class BlockMap:
    """One block reduced to one map.

    Attributes:
        grid: (h, w) float32, raw.
        channels: How many the block has.
        channel: The one shown, from 0; None where the map is of all channels.
        cell_size: Height and width of a cell in film pixels.
        low, high: Raw values of the first and the last colour.
        has_signal: False where all cells have the same value, so that colours would mean nothing.
    """

    block: BlockSpec
    grid: Grid
    channels: int
    channel: int | None
    cell_size: tuple[float, float]
    low: float
    high: float
    has_signal: bool

    def rgba(self, color_map: ColorMap) -> NDArray[np.uint8]:
        """The map coloured from `low` to `high`: (h, w, 4) uint8."""
        return to_rgba(self.grid, self.low, self.high, color_map)


class BlockMaps:
    """The maps of one film, by block name; the slow reductions are done once a film."""

    def __init__(self, analysis: Analysis) -> None:
        self._geometry = analysis.geometry
        self._feature_maps = {feature_map.block.name: feature_map for feature_map in analysis.feature_maps}
        self._reduced: dict[tuple[str, Reduction], Grid] = {}

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

    def reduced(self, name: str, reduction: Reduction, channel: int) -> BlockMap:
        """Block `name` as one map.

        Args:
            name: One of `names`.
            reduction: How its channels become one.
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
            cell_size=self._geometry.cell_size(feature_map.block.stride),
            low=low,
            high=high,
            has_signal=has_signal(grid),
        )

    def _grid(self, feature_map: FeatureMap, reduction: Reduction, channel: int) -> Grid:
        if reduction is Reduction.CHANNEL:
            return reduce_map(feature_map, reduction, channel)
        key = (feature_map.block.name, reduction)
        if key not in self._reduced:
            self._reduced[key] = reduce_map(feature_map, reduction)
        return self._reduced[key]
