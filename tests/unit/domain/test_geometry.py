"""From map cells to film pixels and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radassist.domain.geometry import Geometry


def test_a_cell_covers_its_share_of_the_film() -> None:
    geometry = Geometry(film_size=(776, 1168), input_size=(224, 224))
    assert geometry.cell_size(16) == pytest.approx((776 / 14, 1168 / 14))


@given(
    film=st.tuples(st.integers(1, 4000), st.integers(1, 4000)),
    stride=st.sampled_from([1, 2, 4, 8, 16, 32]),
    cell=st.tuples(st.integers(0, 6), st.integers(0, 6)),
)
def test_the_middle_of_a_cell_lies_in_that_cell(film: tuple[int, int], stride: int, cell: tuple[int, int]) -> None:
    geometry = Geometry(film_size=film, input_size=(224, 224))
    height, width = geometry.cell_size(stride)
    assert geometry.cell_at((cell[0] + 0.5) * height, (cell[1] + 0.5) * width, stride) == cell
