"""What hiding has changed, in words, and what can be drawn."""

import pytest
from helpers.fakes import make_analysis, make_film

from radassist.domain.whatif import Box, Edit, Hiding, WhatIf
from radassist.gui.explain.hide_shape import HideShape
from radassist.gui.explain.hide_view import HideView, change_in_words
from radassist.gui.theme import load_theme, style_sheet

EDIT = Edit(Box(0, 0, 10, 10))


@pytest.fixture
def view(qtbot) -> HideView:
    made = HideView(load_theme("dark"))
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(("after", "change"), [(0.5, "0.500 (−0.400)"), (0.95, "0.950 (+0.050)")])
def test_the_change_is_told_with_its_sign(after: float, change: str) -> None:
    answers = [make_analysis(make_film(), probability=value).prediction for value in (0.9, after)]

    assert change_in_words(WhatIf(answers[0], answers[1], (EDIT,), 0.0312)) == (
        f"Without 3.1\N{NO-BREAK SPACE}% of the film the probability of PNEUMONIA goes from 0.900 to {change}."
    )


def test_the_change_fits_the_numbers_beside_it() -> None:
    before, after = (make_analysis(make_film(), probability=value).prediction for value in (0.97051, 0.97249))
    assert "from 0.971 to 0.972 (+0.001)" in change_in_words(WhatIf(before, after, (EDIT,), 0.02))


def test_only_what_can_be_done_is_offered(view: HideView) -> None:
    assert not any(button.isEnabled() for button in (*view.shapes.values(), view.show_all))
    view.show_state(can_ask=True, hides=False)
    assert all(button.isEnabled() for button in view.shapes.values()) and not view.show_all.isEnabled()
    assert view.verdict.isHidden() and view.caution.isHidden()
    view.show_state(can_ask=True, hides=True)

    assert view.show_all.isEnabled() and not view.caution.isHidden()


def test_the_button_of_what_is_in_the_hand_is_down_and_the_brush_has_a_size(view: HideView) -> None:
    view.show_hand(HideShape.BRUSH, 0.1)
    assert [shape for shape, button in view.shapes.items() if button.isChecked()] == [HideShape.BRUSH]
    assert view.size_slider.value() == 100 and not view.size_slider.isHidden()
    view.show_hand(HideShape.BOX, 0.1)

    assert view.size_slider.isHidden()


def test_a_choice_is_told(view: HideView, qtbot) -> None:
    view.show_state(can_ask=True, hides=False)
    with qtbot.waitSignal(view.shape_chosen, check_params_cb=lambda shape: shape is HideShape.LASSO):
        view.shapes[HideShape.LASSO].click()
    view.hiding.setCurrentIndex(1)
    with qtbot.waitSignal(view.hiding_chosen, check_params_cb=lambda hiding: hiding is Hiding.BLUR):
        view.hiding.activated.emit(1)
    with qtbot.waitSignal(view.size_chosen, check_params_cb=lambda share: share == 0.05):
        view.size_slider.setValue(50)


def test_everything_is_large_enough_for_a_finger(view: HideView) -> None:
    view.setStyleSheet(style_sheet(load_theme("dark")))
    view.show_hand(HideShape.BRUSH, 0.1)
    view.resize(300, view.sizeHint().height())
    view.show()
    touched = (*view.shapes.values(), view.hiding, view.show_all, view.size_slider)

    assert all(widget.height() >= 40 for widget in touched)
