"""Every tool of the Measure menu can be seen to be in the hand, and asks for a film."""

from radassist.gui.actions.measure_menu import MEASURE_ACTIONS
from radassist.gui.actions.spec import Need


def test_every_tool_is_checkable_has_a_key_and_needs_a_film() -> None:
    tools = [spec for spec in MEASURE_ACTIONS if spec.id.startswith("draw_")]
    assert len(tools) == 9
    assert all(spec.checkable and spec.shortcuts and spec.needs is Need.FILM for spec in tools)
