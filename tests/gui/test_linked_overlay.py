"""The second film's map is its own, in the colours of the first one's scale."""

from dataclasses import replace

import numpy as np
from helpers.fakes import make_analysis, make_film

from radassist.domain.analysis import Analysis, Reduction
from radassist.gui.beside.linked_overlay import linked_overlay
from radassist.gui.blocks.blocks_state import BlocksState

STATE = BlocksState(block="block2", visible=True)
FIRST = make_analysis(make_film("a.dcm"), with_blocks=True)


def scaled(analysis: Analysis, factor: float) -> Analysis:
    maps = tuple(replace(entry, activations=entry.activations * np.float32(factor)) for entry in analysis.feature_maps)
    return replace(analysis, feature_maps=maps)


def test_equal_values_have_equal_colors_whatever_else_the_film_holds() -> None:
    same = linked_overlay(FIRST, FIRST, STATE)
    assert same is not None and len(np.unique(same.rgba.reshape(-1, 4), axis=0)) > 4
    brighter = linked_overlay(FIRST, scaled(FIRST, 50), STATE)
    assert len(np.unique(brighter.rgba.reshape(-1, 4), axis=0)) == 1


def test_no_map_where_none_is_shown_or_a_film_has_none() -> None:
    bare = make_analysis(make_film("a.dcm"))
    assert linked_overlay(FIRST, FIRST, replace(STATE, visible=False)) is None
    assert linked_overlay(FIRST, None, STATE) is None
    assert linked_overlay(FIRST, bare, STATE) is None
    assert linked_overlay(bare, FIRST, STATE) is None


def test_a_block_the_network_does_not_have_gives_its_first() -> None:
    instead = linked_overlay(FIRST, FIRST, replace(STATE, block="gone"))
    first, other = (linked_overlay(FIRST, FIRST, replace(STATE, block=name)) for name in ("block1", "block2"))
    assert np.array_equal(instead.rgba, first.rgba)
    assert not np.array_equal(instead.rgba, other.rgba)


def test_lines_of_the_second_film_have_the_value_of_those_of_the_first() -> None:
    state = replace(STATE, contours=True)
    assert linked_overlay(FIRST, FIRST, state).lines
    assert linked_overlay(FIRST, scaled(FIRST, 50), state).lines == ()


def test_two_films_share_neither_components_nor_weights() -> None:
    for reduction in (Reduction.PCA, Reduction.CLASS):
        assert linked_overlay(FIRST, FIRST, replace(STATE, reduction=reduction)) is None
