import pytest

from radassist.domain.geometry import Geometry
from radassist.domain.network_facts import LAYER_HEADS, LayerRow, ReceptiveField, Totals
from radassist.domain.whatif import Box

GEOMETRY = Geometry(film_size=(200, 400), input_size=(20, 20))


def test_the_field_at_a_point_is_that_of_the_cell_that_lies_over_it() -> None:
    field = ReceptiveField(side=6, step=4, start=-1)
    # Row 99 is input row 9.9, cell 2: input rows 7 to 13. Column 160 is input column 8, cell 2 as well.
    assert field.on_film((99.0, 160.0), GEOMETRY) == Box(70.0, 140.0, 130.0, 260.0)


@pytest.mark.parametrize(
    ("point", "box"), [((0.0, 0.0), Box(0.0, 0.0, 50.0, 100.0)), ((199.0, 399.0), Box(150.0, 300.0, 200.0, 400.0))]
)
def test_at_the_films_edges_the_field_is_cut_off(point: tuple[float, float], box: Box) -> None:
    assert ReceptiveField(side=6, step=4, start=-1).on_film(point, GEOMETRY) == box


def test_a_field_without_a_side_is_the_whole_film() -> None:
    assert ReceptiveField(side=None).on_film((10.0, 10.0), GEOMETRY) == Box(0.0, 0.0, 200.0, 400.0)


def test_a_layer_is_told_as_a_row_of_its_table() -> None:
    row = LayerRow("head", "Linear", (1, 2), 131072, 262144, None, "block3")
    assert dict(zip(LAYER_HEADS, row.cells, strict=True)) == {
        "layer": "head",
        "kind": "Linear",
        "output": "[1, 2]",
        "parameters": "131,072",
        "multiply-adds": "262,144",
        "field": "all",
        "block": "block3",
    }
    assert Totals(1000, 2000).words == "1,000 parameters, 2,000 multiply-adds a film."
