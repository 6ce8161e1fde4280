"""A block's map as it is laid over a film: a wash of colours or lines of equal value, as chosen."""

from dataclasses import replace

from radassist.domain.dicom_results import MapOverFilm
from radassist.gui.blocks.block_maps import BlockMap
from radassist.gui.blocks.block_words import map_in_a_line, map_title
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.film.overlay import AnyOverlay, Contours, Overlay
from radassist.imaging.rendering import color_table

_LINE_COLOR = 190
"""Which of a map's 256 colours its lines have: one that is neither dark nor white in any of them."""


def laid_over(shown: BlockMap, state: BlocksState) -> AnyOverlay | None:
    """`shown` over its film; None where its colours would mean nothing. Components have no lines."""
    if not shown.has_signal:
        return None
    words = map_in_a_line(shown, state)
    raw = MapOverFilm(shown.grid, shown.cell_size, (shown.low, shown.high), map_title(shown, state))
    if state.contours and shown.components is None:
        red, green, blue = color_table(state.color_map)[_LINE_COLOR]
        lines = shown.lines(state.level)
        return Contours(lines, f"#{red:02x}{green:02x}{blue:02x}", words, replace(raw, outlines=lines))
    return Overlay(shown.rgba(state.color_map), shown.cell_size, state.smooth, words, raw)
