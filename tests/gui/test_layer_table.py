"""The table of layers: bars as long as shares, and the block of the marked row."""

import pytest
from helpers.explanations import NETWORK
from pytestqt.qtbot import QtBot

from radassist.gui.models.layer_model import MULTIPLY_ADDS, PARAMETERS
from radassist.gui.models.layer_table import LayerTable
from radassist.gui.theme import load_theme, mix

THEME = load_theme("dark")


@pytest.fixture
def table(qtbot: QtBot) -> LayerTable:
    made = LayerTable(THEME)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    made.show_facts(NETWORK)
    return made


def test_the_marked_layer_tells_its_block(table: LayerTable) -> None:
    told: list[str] = []
    table.block_chosen.connect(told.append)
    table.selectRow(0)
    table.selectRow(2)
    table.show_facts(None)
    assert told[:2] == ["block1", ""] and told[-1] == ""


def test_bars_are_as_long_as_the_shares(table: LayerTable) -> None:
    picture = table.viewport().grab().toImage()

    def bar(row: int, column: int) -> int:
        place = table.visualRect(table.layers.index(row, column))
        color = mix(THEME.accent, THEME.window, 0.25)
        y = place.bottom() - 2
        return sum(picture.pixelColor(x, y).name() == color for x in range(place.left(), place.right()))

    whole, room = bar(0, PARAMETERS), table.visualRect(table.layers.index(0, PARAMETERS)).width()
    assert whole == pytest.approx(room - 12, abs=3)
    assert bar(2, PARAMETERS) == pytest.approx(whole / 4, abs=2)
    assert bar(1, MULTIPLY_ADDS) == 0
