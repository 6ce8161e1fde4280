"""The right of two views: which block it shows, what its model must be asked, and what lies over the film."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import BLOCKS, FACTS, make_analysis, make_film

from radassist.domain.analysis import Reduction
from radassist.domain.explanation import SaliencyMap, SaliencyMethod, SaliencyWish, Subject
from radassist.gui.beside.right_side import RightSide
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.blocks.blocks_state import BlocksState

FILM = make_film()
SHOWN = BlocksState("block1", visible=True)


@pytest.fixture
def right() -> RightSide:
    return RightSide(FACTS, BlockMaps(make_analysis(FILM, with_blocks=True)), None)


@pytest.mark.parametrize(
    ("wanted", "left", "block"),
    [
        ("", "block1", "block2"),
        ("", "block2", "block1"),
        ("block1", "block1", "block1"),
        ("stage9", "block1", "block2"),
    ],
)
def test_it_shows_the_block_chosen_else_the_deepest_but_the_one_beside(
    right: RightSide, wanted: str, left: str, block: str
) -> None:
    assert replace(right, wanted=wanted).block(left) == block


def test_without_an_answer_there_is_no_block_and_nothing_to_see() -> None:
    nobody = RightSide(None, None, None)
    assert nobody.block("block1") == ""
    assert nobody.block_map("", SHOWN) == (None, "")
    assert nobody.wish("", replace(SHOWN, reduction=Reduction.CLASS), None) is None


def test_its_map_is_that_of_its_block_on_its_own_scale_and_says_so(right: RightSide) -> None:
    overlay, words = right.block_map("block2", SHOWN)
    expected = right.maps.single("block2", SHOWN)
    np.testing.assert_array_equal(overlay.rgba, expected.rgba(SHOWN.color_map))
    assert words == f"block2: mean activation of 6 channels, {expected.low:.3g} to {expected.high:.3g}"
    assert right.block_map("block2", replace(SHOWN, visible=False))[0] is None


def test_a_question_of_the_left_side_is_asked_about_the_block_of_this_one(right: RightSide) -> None:
    asked = SaliencyWish(SaliencyMethod.LAYER_CAM, "PNEUMONIA", "block1")
    assert right.wish("block2", SHOWN, asked) == replace(asked, block="block2")
    assert right.wish("block2", SHOWN, replace(asked, method=SaliencyMethod.CAM)).block == ""


def test_weights_are_asked_for_until_they_are_there(right: RightSide) -> None:
    weighted = replace(SHOWN, reduction=Reduction.CLASS)
    assert right.wish("block2", weighted, None) == SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA", "block2")
    assert right.block_map("block2", weighted) == (None, "Asking the model what each channel weighs …")
    subject = Subject(FILM.facts.sha256, FACTS.model, FACTS.sha256)
    values = np.ones((4, 4), np.float32)
    found = SaliencyMap(subject, SaliencyMethod.GRAD_CAM, "NORMAL", BLOCKS[1], values, (1.0, 1.0))
    right.take(found)
    assert right.wish("block2", weighted, None) is not None
    right.take(replace(found, target="PNEUMONIA"))
    assert right.wish("block2", weighted, None) is None
