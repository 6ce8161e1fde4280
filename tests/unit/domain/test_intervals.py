"""Against scipy."""

import pytest
from scipy.stats import binomtest

from radassist.domain.intervals import wilson_interval


@pytest.mark.parametrize(("part", "whole"), [(93, 100), (0, 10), (10, 10), (1, 3)])
def test_the_interval_of_a_share_is_that_of_scipy(part: int, whole: int) -> None:
    theirs = binomtest(part, whole).proportion_ci(method="wilson")
    assert wilson_interval(part, whole) == pytest.approx((theirs.low, theirs.high))


def test_nothing_has_no_interval() -> None:
    assert wilson_interval(0, 0) is None
