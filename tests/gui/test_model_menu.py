"""The acts of the Model menu."""

from radassist.gui.actions.model_menu import MODEL_ACTIONS
from radassist.gui.actions.spec import Menu, Need


def test_hiding_needs_a_score_and_the_brush_is_sized_only_in_the_hand() -> None:
    needs = {spec.id: spec.needs for spec in MODEL_ACTIONS}

    assert {needs[f"hide_{shape}"] for shape in ("box", "lasso", "brush")} == {Need.SCORE}
    assert needs["brush_larger"] is needs["brush_smaller"] is Need.BRUSH
    assert {spec.menu for spec in MODEL_ACTIONS} == {Menu.MODEL}
