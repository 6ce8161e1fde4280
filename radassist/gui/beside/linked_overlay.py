"""The map that lies over the first film, made for the second from its own answer and with the first one's colours."""

from radassist.domain.analysis import Analysis
from radassist.gui.blocks.block_maps import BlockMap, BlockMaps, BlocksState
from radassist.gui.film.overlay import Overlay
from radassist.imaging.rendering import to_rgba


def linked_overlay(first: Analysis | None, second: Analysis | None, state: BlocksState) -> Overlay | None:
    """The same block of the second film on the scale of the first, so that one colour bar is true for both.

    Args:
        first: Of the film whose colours the bar shows.
        second: Of the film the map is for.
        state: What is chosen for the first.

    Returns:
        None where no map is shown, or one of the films has none.
    """
    if not state.visible or first is None or second is None:
        return None
    scale, shown = _map_of(first, state), _map_of(second, state)
    if scale is None or shown is None or not scale.has_signal:
        return None
    rgba = to_rgba(shown.grid, scale.low, scale.high, state.color_map)
    return Overlay(rgba, shown.cell_size, state.smooth)


def _map_of(analysis: Analysis, state: BlocksState) -> BlockMap | None:
    maps = BlockMaps(analysis)
    if not maps.names:
        return None
    name = state.block if state.block in maps.names else maps.names[0]
    return maps.reduced(name, state.reduction, state.channel)
