"""Layers as a table."""

from dataclasses import replace

from helpers.explanations import NETWORK
from PySide6.QtCore import Qt

from radassist.domain.network_facts import LAYER_HEADS
from radassist.gui.models.layer_model import MULTIPLY_ADDS, PARAMETERS, SHARE_ROLE, LayerTableModel


def _model() -> LayerTableModel:
    made = LayerTableModel()
    made.show_facts(NETWORK)
    return made


def test_each_layer_is_a_row_of_its_facts() -> None:
    model = _model()
    heads = [model.headerData(column, Qt.Orientation.Horizontal).lower() for column in range(model.columnCount())]
    assert tuple(heads) == LAYER_HEADS
    rows = [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(3)]
    assert rows[0] == ["features.0", "Conv2d", "[1, 4, 16, 16]", "40", "9,216", "3", "block1"]
    assert rows[2] == ["head", "Linear", "[1, 2]", "10", "8", "all", ""]


def test_numbers_are_held_against_the_largest_of_their_column() -> None:
    model = _model()
    shares = [[model.index(row, column).data(SHARE_ROLE) for row in range(3)] for column in (PARAMETERS, MULTIPLY_ADDS)]
    assert shares == [[1.0, 0.0, 0.25], [1.0, 0.0, 8 / 9216]]
    assert model.index(0, 0).data(SHARE_ROLE) is None


def test_a_network_without_parameters_divides_by_nothing() -> None:
    model = LayerTableModel()
    model.show_facts(replace(NETWORK, layers=NETWORK.layers[1:2]))
    assert model.index(0, PARAMETERS).data(SHARE_ROLE) == 0
    model.show_facts(None)
    assert model.rowCount() == 0
