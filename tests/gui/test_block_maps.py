import numpy as np
import pytest
from helpers.fakes import BLOCKS, make_analysis, make_film

from radassist.domain.analysis import Analysis, Reduction
from radassist.gui.blocks.block_maps import BlockMaps, BlocksState
from radassist.imaging.rendering import ColorMap, color_table


@pytest.fixture
def analysis() -> Analysis:
    return make_analysis(make_film(size=(96, 64)), with_blocks=True)


def test_blocks_keep_the_order_of_the_network(analysis: Analysis) -> None:
    maps = BlockMaps(analysis)
    assert maps.names == ("block1", "block2")
    assert [feature_map.block for feature_map in maps.feature_maps] == list(BLOCKS)
    assert [maps.channels(name) for name in maps.names] == [4, 6]


def test_the_shape_of_the_film_comes_from_its_pixels(analysis: Analysis) -> None:
    assert BlockMaps(analysis).aspect == 1.5


def test_a_reduced_block_keeps_raw_values_and_knows_its_place_on_the_film(analysis: Analysis) -> None:
    reduced = BlockMaps(analysis).reduced("block2", Reduction.MEAN, 0)
    raw = analysis.feature_maps[1].activations
    np.testing.assert_allclose(reduced.grid, raw.mean(axis=0), rtol=1e-6)
    assert (reduced.low, reduced.high) == (reduced.grid.min(), reduced.grid.max())
    assert reduced.cell_size == (8 * 96 / 32, 8 * 64 / 32)
    assert reduced.channel is None
    assert reduced.has_signal


def test_a_channel_beyond_the_last_shows_the_last_and_says_so(analysis: Analysis) -> None:
    reduced = BlockMaps(analysis).reduced("block1", Reduction.CHANNEL, 200)
    assert reduced.channel == 3
    np.testing.assert_array_equal(reduced.grid, analysis.feature_maps[0].activations[3])


def test_slow_reductions_are_done_once_a_film(analysis: Analysis) -> None:
    maps = BlockMaps(analysis)
    first = maps.reduced("block1", Reduction.MAX, 0)
    assert maps.reduced("block1", Reduction.MAX, 0).grid is first.grid
    assert maps.reduced("block1", Reduction.MEAN, 0).grid is not first.grid


def test_colours_run_from_the_lowest_to_the_highest_value(analysis: Analysis) -> None:
    reduced = BlockMaps(analysis).reduced("block1", Reduction.MEAN, 0)
    rgba, table = reduced.rgba(ColorMap.MAGMA), color_table(ColorMap.MAGMA)
    assert tuple(rgba[reduced.grid == reduced.low][0]) == (*table[0], 255)
    assert tuple(rgba[reduced.grid == reduced.high][0]) == (*table[255], 255)


def test_choices_survive_the_settings_file() -> None:
    state = BlocksState("block2", Reduction.CHANNEL, 17, ColorMap.CIVIDIS, 0.35, smooth=False, visible=True)
    assert BlocksState.from_text(state.to_text()) == state


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", '{"block": "b"}', "{", BlocksState().to_text().replace("mean", "median")]
)
def test_damaged_choices_give_the_default(text: str) -> None:
    assert BlocksState.from_text(text) == BlocksState()


@pytest.mark.parametrize(("written", "opacity"), [("7.5", 1.0), ("-1", 0.0), ("NaN", 0.0)])
def test_an_opacity_out_of_range_is_brought_back_into_it(written: str, opacity: float) -> None:
    assert BlocksState.from_text(BlocksState().to_text().replace("0.5", written)).opacity == opacity
