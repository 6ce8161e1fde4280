from dataclasses import replace

import pytest
from helpers.fakes import make_analysis, make_film

from radassist.domain.whatif import Box, Edit, WhatIf

ONE = Edit(Box(0, 0, 5, 5))


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
