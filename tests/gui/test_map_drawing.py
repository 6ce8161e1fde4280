from dataclasses import replace

import numpy as np
from helpers.fakes import make_analysis, make_film

from radassist.domain.analysis import Reduction
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.blocks.map_drawing import laid_over
from radassist.gui.film.overlay import Contours, Overlay

MAPS = BlockMaps(make_analysis(make_film(size=(96, 64)), with_blocks=True))


def drawn(state: BlocksState):
    shown = MAPS.shown("block2", state)
    assert shown is not None
    return laid_over(shown, state)


def test_a_wash_has_the_colours_and_the_place_of_its_map() -> None:
    state = BlocksState(smooth=False)
    overlay, shown = drawn(state), MAPS.shown("block2", state)
    assert isinstance(overlay, Overlay) and shown is not None
    np.testing.assert_array_equal(overlay.rgba, shown.rgba(state.color_map))
    assert (overlay.cell_size, overlay.smooth) == (shown.cell_size, False)
    assert overlay.words.startswith("block2: mean activation")


def test_lines_have_a_colour_of_their_map_and_say_their_value() -> None:
    lines = drawn(BlocksState(contours=True))
    assert isinstance(lines, Contours) and lines.lines
    assert "line at" in lines.words


def test_components_are_washed_over_the_film_even_where_lines_are_chosen() -> None:
    assert isinstance(drawn(BlocksState(contours=True, reduction=Reduction.PCA)), Overlay)


def test_what_has_no_signal_is_not_drawn() -> None:
    shown = MAPS.shown("block2", BlocksState())
    assert shown is not None
    assert laid_over(replace(shown, has_signal=False), BlocksState()) is None
