import numpy as np
import pytest
from scipy.stats import spearmanr

from radassist.explain.agreement import edges, rank_correlation

RANDOM = np.random.default_rng(2)


def test_the_correlation_is_spearmans_ties_included() -> None:
    one, other = RANDOM.normal(size=(9, 7)).astype("f4"), RANDOM.integers(0, 5, (9, 7)).astype("f4")
    other += one
    expected = spearmanr(np.round(one, 1).ravel(), other.ravel()).statistic
    assert rank_correlation(np.round(one, 1), other) == pytest.approx(expected)


def test_units_do_not_matter_and_the_sign_does() -> None:
    one = RANDOM.normal(size=(5, 5)).astype("f4")
    assert rank_correlation(one, np.exp(one)) == pytest.approx(1)
    assert rank_correlation(one, -one) == pytest.approx(-1)


def test_a_map_that_is_the_same_everywhere_agrees_with_nothing() -> None:
    assert rank_correlation(np.ones((3, 3), "f4"), np.arange(9, dtype="f4").reshape(3, 3)) == 0


@pytest.mark.parametrize("size", [(7, 7), (14, 12), (40, 60)])
def test_edges_are_where_the_film_changes(size: tuple[int, int]) -> None:
    picture = np.zeros((40, 60), np.uint8)
    picture[:, 45:] = 200
    found = edges(picture, size)
    assert found.shape == size
    strongest = int(found.mean(axis=0).argmax())
    assert strongest * 60 / size[1] <= 45 < (strongest + 2) * 60 / size[1]
    assert edges(np.full((40, 60), 90, np.uint8), size).max() == 0
