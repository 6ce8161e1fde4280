import pytest
from helpers.fakes import make_analysis, make_film

from radassist.domain.analysis import Reduction
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.blocks.block_words import map_caption, map_in_a_line, map_title, tile_text
from radassist.gui.blocks.blocks_state import BlocksState

ANALYSIS = make_analysis(make_film(size=(96, 64)), with_blocks=True)


def shown(state: BlocksState):
    made = BlockMaps(ANALYSIS).shown("block2", state)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (BlocksState(), "block2: mean activation of 6 channels"),
        (BlocksState(reduction=Reduction.CHANNEL, channel=2), "block2: activation of channel 2"),
        (BlocksState(reduction=Reduction.PCA), "block2: principal components of 6 channels"),
        (BlocksState(minus="block1"), "block2 − block1: mean activation, standardised"),
    ],
)
def test_a_title_names_blocks_and_reduction(state: BlocksState, title: str) -> None:
    assert map_title(shown(state), state) == title


@pytest.mark.parametrize(
    ("state", "ending"),
    [
        (BlocksState(), "; raw values"),
        (BlocksState(one_scale=True), "; raw values on one scale for all blocks"),
        (BlocksState(minus="block1"), "in standard deviations from its own mean"),
        (BlocksState(reduction=Reduction.PCA), "% of the variance"),
    ],
)
def test_a_caption_says_what_the_values_are(state: BlocksState, ending: str) -> None:
    assert map_caption(shown(state), state).endswith(ending)


def test_a_line_for_a_picture_has_the_values_that_are_drawn() -> None:
    made = shown(BlocksState())
    assert map_in_a_line(made, BlocksState()).endswith(f", {made.low:.3g} to {made.high:.3g}")
    lines = BlocksState(contours=True, level=0.25)
    assert map_in_a_line(made, lines).endswith(f", line at {made.level(0.25):.3g}")


def test_a_tile_has_the_size_of_its_block() -> None:
    text = tile_text(ANALYSIS.feature_maps[0])
    assert (text.name, text.size) == ("block1", "16×16 · 4")
    assert "2 input pixels a cell" in text.tip
