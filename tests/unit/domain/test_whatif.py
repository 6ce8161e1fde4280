from dataclasses import replace

from helpers.fakes import make_analysis, make_film

from radassist.domain.whatif import Box, Edit, WhatIf

ONE = Edit(Box(0, 0, 5, 5))


def test_the_change_is_that_of_the_positive_probability() -> None:
    before = make_analysis(make_film(), probability=0.75).prediction
    answer = WhatIf(before, replace(before, probabilities=(0.5, 0.5)), (ONE,), 0.1)
    assert answer.change == -0.25
