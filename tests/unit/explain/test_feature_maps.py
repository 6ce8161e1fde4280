import math
import subprocess
import sys

import numpy as np
import pytest

from radassist.domain.analysis import BlockSpec, FeatureMap, Reduction
from radassist.explain.feature_maps import (
    difference,
    display_range,
    has_signal,
    on_grid,
    reduce_map,
    shared_range,
    standardised,
    weighted_map,
)

BLOCK = BlockSpec("block1", "features.0", stride=2)


def feature_map(*channels: list[list[float]]) -> FeatureMap:
    return FeatureMap(BLOCK, np.array(channels, np.float32))


def grid(*values: float) -> np.ndarray:
    return np.array([values], np.float32)


SMALL = feature_map([[1.0, -2.0], [0.5, 4.0]], [[3.0, -6.0], [0.25, 0.0]])


def test_the_mean_of_each_cell_is_that_of_exact_sums() -> None:
    activations = np.random.default_rng(1).normal(2.0, 5.0, (300, 3, 4)).astype(np.float32)
    reduced = reduce_map(FeatureMap(BLOCK, activations), Reduction.MEAN)
    for row in range(3):
        for column in range(4):
            exact = math.fsum(float(value) for value in activations[:, row, column]) / 300
            assert reduced[row, column] == np.float32(exact)


def test_the_maximum_takes_the_strongest_channel_of_each_cell_and_keeps_values_below_zero() -> None:
    assert reduce_map(SMALL, Reduction.MAX).tolist() == [[3.0, -2.0], [0.5, 4.0]]


def test_a_channel_is_shown_with_its_raw_values() -> None:
    assert reduce_map(SMALL, Reduction.CHANNEL, 1).tolist() == [[3.0, -6.0], [0.25, 0.0]]


def test_the_length_of_each_cell_is_that_of_its_channels_as_a_vector() -> None:
    reduced = reduce_map(feature_map([[3.0, -1.0]], [[-4.0, 0.0]]), Reduction.L2)
    assert reduced.tolist() == [[5.0, 1.0]]


def test_a_weighted_map_is_the_sum_of_channels_times_weights() -> None:
    assert weighted_map(SMALL, np.array([2.0, -0.5])).tolist() == [[0.5, -1.0], [0.875, 8.0]]


def test_the_difference_of_two_blocks_is_taken_at_the_middles_of_the_finer_cells() -> None:
    fine, coarse = np.arange(8, dtype=np.float32).reshape(2, 4), grid(10.0, 20.0)
    assert difference(fine, coarse).tolist() == [[-10.0, -9.0, -18.0, -17.0], [-6.0, -5.0, -14.0, -13.0]]
    assert np.array_equal(difference(coarse, fine), -difference(fine, coarse))


def test_a_grid_of_another_ratio_takes_the_cell_that_lies_over_each_middle() -> None:
    assert on_grid(grid(1.0, 2.0, 3.0), (2, 2)).tolist() == [[1.0, 3.0], [1.0, 3.0]]
    assert on_grid(grid(1.0, 2.0), (1, 3)).tolist() == [[1.0, 2.0, 2.0]]


def test_standardised_maps_have_mean_0_and_deviation_1_and_flat_ones_are_0() -> None:
    scaled = standardised(np.random.default_rng(3).normal(50, 9, (20, 30)).astype(np.float32))
    assert scaled.mean() == pytest.approx(0, abs=1e-6)
    assert scaled.std() == pytest.approx(1, abs=1e-6)
    assert standardised(grid(7.0, 7.0)).tolist() == [[0.0, 0.0]]


def test_one_scale_for_several_maps_goes_from_the_lowest_of_all_to_the_highest() -> None:
    assert shared_range([grid(1.0, 5.0), grid(-2.0, np.nan), grid(3.0)]) == (-2.0, 5.0)


@pytest.mark.parametrize("channel", [-1, 2])
def test_a_channel_the_block_does_not_have_is_an_error_rather_than_another_channel(channel: int) -> None:
    with pytest.raises(IndexError, match="channels 0 to 1"):
        reduce_map(SMALL, Reduction.CHANNEL, channel)


@pytest.mark.parametrize("reduction", [Reduction.PCA, Reduction.CLASS])
def test_what_needs_more_than_the_activations_is_refused(reduction: Reduction) -> None:
    with pytest.raises(ValueError, match="needs more"):
        reduce_map(SMALL, reduction)


@pytest.mark.parametrize("reduction", [Reduction.MEAN, Reduction.MAX, Reduction.L2, Reduction.CHANNEL])
def test_every_plain_reduction_gives_one_float32_a_cell(reduction: Reduction) -> None:
    reduced = reduce_map(SMALL, reduction)
    assert reduced.shape == (2, 2)
    assert reduced.dtype == np.float32


def test_the_range_is_from_the_lowest_to_the_highest_finite_value() -> None:
    assert display_range(grid(-1.5, np.nan, 3.0, np.inf, 0.0)) == (-1.5, 3.0)


@pytest.mark.parametrize("value", [0.0, 7.0, -1e-30, 1e20, -3e38])
def test_a_map_of_one_value_gets_a_finite_range_around_it(value: float) -> None:
    low, high = display_range(grid(value, value))
    assert math.isfinite(low)
    assert math.isfinite(high)
    assert low < float(np.float32(value)) < high


def test_a_map_without_any_number_still_gets_a_range() -> None:
    assert display_range(grid(np.nan, np.inf)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("values", "signal"),
    [
        ((0.0, 0.0), False),
        ((5.0, 5.0), False),
        ((1.0, 1.0 + 2e-7), False),
        ((0.0, 1e-12), True),
        ((-1.0, 1.0), True),
        ((0.0, np.nan), False),
        ((np.inf, 1.0), False),
    ],
)
def test_there_is_signal_where_finite_cells_differ_by_more_than_rounding(
    values: tuple[float, float], signal: bool
) -> None:
    assert has_signal(grid(*values)) is signal


def test_reducing_maps_loads_no_torch() -> None:
    code = "import sys, radassist.explain.feature_maps; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
