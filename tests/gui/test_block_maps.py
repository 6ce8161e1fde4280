from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import BLOCKS, make_analysis, make_film

from radassist.domain.analysis import Analysis, FeatureMap, Reduction
from radassist.domain.explanation import SaliencyMap, SaliencyMethod, Subject
from radassist.explain.principal_components import principal_components
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.blocks.blocks_state import BlocksState
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


def test_principal_components_are_shown_in_colours_of_their_own(analysis: Analysis) -> None:
    reduced = BlockMaps(analysis).reduced("block2", Reduction.PCA, 0)
    expected = principal_components(analysis.feature_maps[1])
    assert reduced.components is not None
    rgba = reduced.rgba(ColorMap.MAGMA)
    np.testing.assert_array_equal(rgba[..., :3], expected.colours())
    assert (rgba[..., 3] == 255).all()


def test_components_of_a_block_with_no_numbers_have_no_signal(analysis: Analysis) -> None:
    broken = analysis.feature_maps[0].activations.copy()
    broken[0, 0, 0] = np.nan
    maps = BlockMaps(replace(analysis, feature_maps=(FeatureMap(BLOCKS[0], broken),)))
    assert not maps.reduced("block1", Reduction.PCA, 0).has_signal


def test_one_scale_runs_from_the_lowest_to_the_highest_value_of_all_blocks(analysis: Analysis) -> None:
    means = [feature_map.activations.mean(axis=0) for feature_map in analysis.feature_maps]
    maps, state = BlockMaps(analysis), BlocksState(one_scale=True)
    for name in maps.names:
        shown = maps.shown(name, state)
        assert shown is not None
        assert shown.low == pytest.approx(min(mean.min() for mean in means))
        assert shown.high == pytest.approx(max(mean.max() for mean in means))


def test_the_difference_of_two_blocks_is_in_standard_deviations_on_the_finer_grid(analysis: Analysis) -> None:
    fine, coarse = (feature_map.activations.mean(axis=0).astype(float) for feature_map in analysis.feature_maps)
    shown = BlockMaps(analysis).shown("block2", BlocksState(minus="block1"))
    assert shown is not None
    spread = np.kron((coarse - coarse.mean()) / coarse.std(), np.ones((4, 4)))
    np.testing.assert_allclose(shown.grid, spread - (fine - fine.mean()) / fine.std(), atol=1e-4)
    assert shown.cell_size == (2 * 96 / 32, 2 * 64 / 32)
    assert shown.high == -shown.low == pytest.approx(float(np.abs(shown.grid).max()))


@pytest.mark.parametrize("minus", ["block2", "gone", ""])
def test_a_block_less_itself_or_one_that_is_not_there_is_the_block(analysis: Analysis, minus: str) -> None:
    shown = BlockMaps(analysis).shown("block2", BlocksState(minus=minus))
    assert shown is not None
    assert shown.minus is None


def test_lines_lie_where_the_map_has_their_value(analysis: Analysis) -> None:
    ramp = np.broadcast_to(np.arange(16, dtype=np.float32), (1, 16, 16))
    maps = BlockMaps(replace(analysis, feature_maps=(FeatureMap(BLOCKS[0], ramp),)))
    shown = maps.reduced("block1", Reduction.MEAN, 0)
    assert shown.level(0.5) == 7.5
    (line,) = shown.lines(0.5)
    np.testing.assert_allclose(line[:, 1], 8 * 64 / 16)  # half way between the middles of cells 7 and 8


def weighted(analysis: Analysis, **other: str) -> SaliencyMap:
    about = {"film_sha256": analysis.film_sha256, "model": "fake", "model_sha256": analysis.provenance.model_sha256}
    values = np.linspace(-2, 3, 16, dtype=np.float32).reshape(4, 4)
    block = BLOCKS[1]
    subject = Subject(**(about | other))
    return SaliencyMap(subject, SaliencyMethod.GRAD_CAM, "PNEUMONIA", block, values, (24.0, 16.0))


def test_a_weighted_block_is_known_when_its_weights_were_taken(analysis: Analysis) -> None:
    maps, state = BlockMaps(analysis), BlocksState(reduction=Reduction.CLASS, one_scale=True)
    assert maps.shown("block2", state) is None
    assert maps.take_weighted(weighted(analysis))
    shown = maps.shown("block2", state)
    assert shown is not None
    assert (shown.low, shown.high, shown.target) == (-2.0, 3.0, "PNEUMONIA")
    assert maps.shown("block1", state) is None


@pytest.mark.parametrize("other", [{"film_sha256": "of another film"}, {"model_sha256": "of another model"}])
def test_weights_of_another_film_or_model_are_not_taken(analysis: Analysis, other: dict[str, str]) -> None:
    maps = BlockMaps(analysis)
    assert not maps.take_weighted(weighted(analysis, **other))
    assert not maps.knows("block2", Reduction.CLASS)
