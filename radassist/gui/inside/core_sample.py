"""A core sample: the values of all block maps at one place of the film, shallow to deep. No widgets here."""

from collections.abc import Iterator
from dataclasses import dataclass

from radassist.domain.analysis import Reduction
from radassist.domain.film_scale import FilmScale
from radassist.gui.blocks.block_maps import BlockMap, BlockMaps
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.film.image_view import PointerInfo

_WHAT = {
    Reduction.MEAN: "mean of channels",
    Reduction.MAX: "strongest channel",
    Reduction.L2: "L2 of channels",
    Reduction.PCA: "first component",
    Reduction.CLASS: "weighted for the class",
}
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One line.

    Attributes:
        name: Of what.
        value: In print.
        color: The map's colour there, `#rrggbb`; empty where it has none.
        is_chosen: Whether it is the chosen block.
    """

    name: str
    value: str
    color: str = ""
    is_chosen: bool = False


class CoreDrill:
    """Knows every map of a film as it is shown, so that a place costs one look-up a block."""

    def __init__(self, maps: BlockMaps, state: BlocksState) -> None:
        self._state = state
        singles = ((name, maps.single(name, state)) for name in maps.names)
        self._maps = [(name, shown, shown.rgba(state.color_map) if shown else None) for name, shown in singles]

    @property
    def what(self) -> str:
        """How the channels became the values."""
        if self._state.reduction is Reduction.CHANNEL:
            return f"channel {self._state.channel}"
        return _WHAT[self._state.reduction]

    def at(self, row: int, column: int) -> Iterator[SampleRow]:
        """One line a block, at a film pixel."""
        for name, shown, rgba in self._maps:
            is_chosen = name == self._state.block
            if shown is None or rgba is None:
                yield SampleRow(name, "…", "", is_chosen)
                continue
            cell = shown.cell_at(row, column)
            value = f"{float(shown.grid[cell]):.3g}".replace("-", _MINUS)
            red, green, blue = rgba[cell][:3].tolist()
            color = f"#{red:02x}{green:02x}{blue:02x}" if shown.has_signal else ""
            yield SampleRow(self._name(name, shown), value, color, is_chosen)

    def _name(self, name: str, shown: BlockMap) -> str:
        """With the channel where this block has fewer than were asked for."""
        return name if shown.channel in (None, self._state.channel) else f"{name}, channel {shown.channel}"


def film_rows(info: PointerInfo, scale: FilmScale) -> tuple[SampleRow, ...]:
    """Where the pointer is and what the film holds there; millimetres only where the film has a scale."""
    words = f"{info.value.modality:g}".replace("-", _MINUS) if info.value.is_picture else "not picture"
    value = SampleRow("Film", words)
    if not scale.is_metric:
        return (SampleRow("Column, row", f"{info.column}, {info.row}"), value)
    across, down = (info.column + 0.5) * scale.across, (info.row + 0.5) * scale.down
    return (
        SampleRow("From the left", f"{across:.1f} mm"),
        SampleRow("From the top", f"{down:.1f} mm"),
        value,
    )
