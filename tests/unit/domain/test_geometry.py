"""From map cells to film pixels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radassist.domain.geometry import Geometry


def test_a_cell_covers_its_share_of_the_film() -> None:
    geometry = Geometry(film_size=(776, 1168), input_size=(224, 224))
    assert geometry.cell_size(16) == pytest.approx((776 / 14, 1168 / 14))


@given(film=st.tuples(st.integers(1, 4000), st.integers(1, 4000)), stride=st.sampled_from([1, 2, 4, 8, 16, 32]))
def test_all_cells_together_cover_the_film_and_no_more(film: tuple[int, int], stride: int) -> None:
    height, width = Geometry(film_size=film, input_size=(224, 224)).cell_size(stride)
    cells = 224 // stride
    assert (cells * height, cells * width) == pytest.approx(film)
