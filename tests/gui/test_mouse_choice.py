"""What each button does, and how it is remembered."""

import pytest
from PySide6.QtCore import Qt

from radassist.gui.film.mouse_choice import Hold, MouseAct, MouseChoice

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def test_a_choice_comes_back_from_the_settings() -> None:
    chosen = MouseChoice({Hold.LEFT: MouseAct.PAN, Hold.CTRL_WHEEL: MouseAct.NOTHING})
    assert MouseChoice.from_text(chosen.to_text()) == chosen
    assert MouseChoice().to_text() == "{}"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"LEFT": 3}', '{"LEFT": "FLY"}', '{"NOSE": "PAN"}', '{"WHEEL": "PAN"}']
)
def test_what_is_damaged_or_unknown_is_as_usual(text: str) -> None:
    assert MouseChoice.from_text(text) == MouseChoice()


def test_buttons_and_held_keys_are_told_apart() -> None:
    choice = MouseChoice({Hold.CTRL_RIGHT: MouseAct.LENS})
    assert choice.of_drag(Qt.MouseButton.LeftButton, NONE) is MouseAct.WINDOW
    assert choice.of_drag(Qt.MouseButton.LeftButton, SHIFT) is MouseAct.PAN
    assert choice.of_drag(Qt.MouseButton.RightButton, CTRL) is MouseAct.LENS
    assert choice.of_drag(Qt.MouseButton.LeftButton, SHIFT | CTRL) is MouseAct.NOTHING
    assert choice.of_drag(Qt.MouseButton.BackButton, NONE) is MouseAct.NOTHING


def test_the_wheel_has_an_act_for_each_held_key() -> None:
    choice = MouseChoice({Hold.WHEEL: MouseAct.ZOOM, Hold.SHIFT_WHEEL: MouseAct.NOTHING})
    assert [choice.of_wheel(held) for held in (NONE, SHIFT, CTRL, SHIFT | CTRL)] == [
        MouseAct.ZOOM,
        MouseAct.NOTHING,
        MouseAct.ZOOM,
        MouseAct.ZOOM,
    ]


def test_buttons_that_do_the_same_stand_together_in_the_words() -> None:
    words = dict(MouseChoice().words)
    assert words["Shift + left drag, Middle drag"] == "Move the film"
    assert "Ctrl + right drag" not in words
