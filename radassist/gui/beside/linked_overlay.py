"""The map that lies over the first film, made for the second from its own answer and with the first one's colours."""

from dataclasses import replace

from radassist.domain.analysis import Analysis, Reduction
from radassist.gui.blocks.block_maps import BlockMap, BlockMaps
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.blocks.map_drawing import laid_over
from radassist.gui.film.overlay import AnyOverlay


def linked_overlay(first: Analysis | None, second: Analysis | None, state: BlocksState) -> AnyOverlay | None:
    """The same block of the second film on the scale of the first, so that one colour bar is true for both.

    Args:
        first: Of the film whose colours the bar shows.
        second: Of the film the map is for.
        state: What is chosen for the first.

    Returns:
        None where no map is shown, one of the films has none, or two films' maps cannot be compared: each film has
        principal components of its own, and weights are asked for the first alone.
    """
    if not state.visible or first is None or second is None or state.reduction is Reduction.PCA:
        return None
    scale, shown = _map_of(first, state), _map_of(second, state)
    if scale is None or shown is None or not scale.has_signal:
        return None
    return laid_over(replace(shown, low=scale.low, high=scale.high, has_signal=True), state)


def _map_of(analysis: Analysis, state: BlocksState) -> BlockMap | None:
    maps = BlockMaps(analysis)
    if not maps.names:
        return None
    name = state.block if state.block in maps.names else maps.names[0]
    return maps.shown(name, state)
