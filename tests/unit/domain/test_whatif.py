from dataclasses import replace

import pytest
from helpers.fakes import make_analysis, make_film

from radassist.domain.whatif import Box, Edit, EditStack, WhatIf

ONE, TWO = Edit(Box(0, 0, 5, 5)), Edit(Box(5, 5, 9, 9))


def test_undo_takes_the_newest_edit_back_and_redo_brings_it_again() -> None:
    stack = EditStack().with_edit(ONE).with_edit(TWO)
    assert stack.undo().edits == (ONE,)
    assert stack.undo().undo().redo().edits == (ONE,)
    assert stack.undo().undo().redo().redo() == stack


def test_a_new_edit_forgets_what_was_undone() -> None:
    stack = EditStack().with_edit(ONE).undo().with_edit(TWO)
    assert stack.redo().edits == (TWO,)


def test_undo_and_redo_of_nothing_change_nothing() -> None:
    assert EditStack().undo() == EditStack()
    assert EditStack().redo() == EditStack()


def test_the_change_is_that_of_the_positive_probability_and_of_its_log_odds() -> None:
    before = make_analysis(make_film(), probability=0.75).prediction
    answer = WhatIf(before, replace(before, probabilities=(0.5, 0.5)), (ONE,), 0.1)
    assert answer.change == -0.25
    assert answer.log_odds_change == pytest.approx(-1.0986123)


def test_changes_at_the_ends_of_the_scale_stay_finite_and_are_still_told_apart() -> None:
    before = make_analysis(make_film(), probability=1.0).prediction
    after = replace(before, probabilities=(1e-20, 1.0))
    answer = WhatIf(before, after, (ONE,), 0.1)
    assert answer.change == 0
    assert -1000 < answer.log_odds_change < -100
