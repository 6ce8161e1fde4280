import json
from dataclasses import replace

import pytest

from radassist.domain.analysis import Reduction
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.imaging.rendering import ColorMap


def test_choices_survive_the_settings_file() -> None:
    state = BlocksState("block2", Reduction.CHANNEL, 17, ColorMap.CIVIDIS, 0.35, smooth=False, visible=True)
    state = replace(state, minus="block1", one_scale=True, contours=True, level=0.25)
    assert BlocksState.from_text(state.to_text()) == state


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", '{"block": "b"}', "{", BlocksState().to_text().replace("mean", "median")]
)
def test_damaged_choices_give_the_default(text: str) -> None:
    assert BlocksState.from_text(text) == BlocksState()


@pytest.mark.parametrize(("written", "opacity"), [("7.5", 1.0), ("-1", 0.0), ("NaN", 0.0)])
def test_an_opacity_out_of_range_is_brought_back_into_it(written: str, opacity: float) -> None:
    assert (
        BlocksState.from_text(BlocksState().to_text().replace('"opacity": 0.5', f'"opacity": {written}')).opacity
        == opacity
    )


def test_choices_an_earlier_version_wrote_are_kept() -> None:
    written = json.loads(BlocksState("block2", Reduction.MAX, 3, opacity=0.25).to_text())
    for name in ("minus", "one_scale", "contours", "level"):
        del written[name]
    assert BlocksState.from_text(json.dumps(written)) == BlocksState("block2", Reduction.MAX, 3, opacity=0.25)
