"""What hiding has changed, in words."""

import pytest
from helpers.fakes import make_analysis, make_film

from radassist.domain.whatif import Box, Edit, EditStack, WhatIf
from radassist.gui.explain.hide_view import HideView, change_in_words
from radassist.gui.theme import load_theme

EDIT = Edit(Box(0, 0, 10, 10))


@pytest.mark.parametrize(("after", "change"), [(0.5, "0.500 (−0.400)"), (0.95, "0.950 (+0.050)")])
def test_the_change_is_told_with_its_sign(after: float, change: str) -> None:
    answers = [make_analysis(make_film(), probability=value).prediction for value in (0.9, after)]

    assert change_in_words(WhatIf(answers[0], answers[1], (EDIT,), 0.0312)) == (
        f"Without 3.1% of the film the probability of PNEUMONIA goes from 0.900 to {change}."
    )


def test_only_what_is_there_can_be_taken_back(qtbot) -> None:
    view = HideView(load_theme("dark"))
    qtbot.addWidget(view)
    view.show_stack(EditStack((EDIT,)), can_ask=True)
    assert view.undo.isEnabled() and not view.redo.isEnabled()
    view.show_stack(EditStack((EDIT,)).undo(), can_ask=True)

    assert not view.undo.isEnabled() and view.redo.isEnabled()
    assert view.verdict.isHidden() and view.caution.isHidden()
