"""A question, how far it is, and its answer."""

import pytest

from radassist.gui.explain.ask_view import AskView
from radassist.gui.theme import load_theme


@pytest.fixture
def view(qtbot) -> AskView:
    made = AskView(load_theme("dark"), "Is it so?", "What is done")
    qtbot.addWidget(made)
    return made


def test_the_button_asks(view: AskView, qtbot) -> None:
    view.show_ready(can_ask=True)
    with qtbot.waitSignal(view.asked):
        view.button.click()


def test_a_question_under_way_is_not_asked_twice(view: AskView, qtbot) -> None:
    view.show_progress(0, 3)

    assert not view.button.isEnabled() and not view.busy.isHidden()
    with qtbot.waitSignal(view.cancel_requested):
        view.busy.cancel.click()


def test_an_answer_stands_above_its_numbers(view: AskView) -> None:
    view.say("It is.", "1 of 1", warns=True)

    assert view.verdict.sentence.text() == "It is."
    assert view.verdict.sign.accessibleName() == "Warning"
    assert view.numbers.text() == "1 of 1"


def test_a_problem_takes_the_answer_away_and_can_be_asked_again(view: AskView) -> None:
    view.say("It is.", "1 of 1")
    view.show_problem("The model cannot be loaded.")

    assert view.verdict.sentence.text() == "The model cannot be loaded."
    assert view.numbers.isHidden() and view.button.isEnabled()
