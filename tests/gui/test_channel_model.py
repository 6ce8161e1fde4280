import numpy as np
import pytest
from helpers.fakes import BLOCKS
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from radassist.domain.analysis import FeatureMap
from radassist.gui.inside.channel_model import ChannelListModel
from radassist.imaging.rendering import ColorMap

MAPS = np.random.default_rng(1).random((5, 8, 8), np.float32) * np.arange(5, dtype=np.float32)[:, None, None]
BLOCK = FeatureMap(BLOCKS[0], MAPS)  # channel 0 is dead, channel 4 has the largest values
ROLE = Qt.ItemDataRole


@pytest.fixture
def model(qapp) -> ChannelListModel:
    made = ChannelListModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.show_block(BLOCK, ColorMap.VIRIDIS, one_scale=False)
    return made


def test_without_values_channels_stand_in_order_of_number(model: ChannelListModel) -> None:
    assert [model.channel(row) for row in range(model.rowCount())] == [0, 1, 2, 3, 4]
    assert model.index(2).data() == "2\n…"


def test_with_values_they_stand_in_the_order_given_and_say_them(model: ChannelListModel) -> None:
    model.show_values(np.array([0, -0.5, 3, 1, 2], np.float32), (2, 4, 3, 0, 1))
    assert [model.index(row).data() for row in (0, 4)] == ["2\n3", "1\n−0.5"]
    assert model.row_of(4) == 1
    assert model.row_of(99) is None
    assert model.index(0).data(ROLE.AccessibleTextRole) == "Channel 2: 3"


def test_a_dead_channel_has_no_picture(model: ChannelListModel) -> None:
    assert model.index(0).data(ROLE.DecorationRole) is None
    assert model.index(1).data(ROLE.DecorationRole).width() == 8


def test_on_one_scale_small_values_are_dark(model: ChannelListModel) -> None:
    def brightest(row: int) -> int:
        image = model.index(row).data(ROLE.DecorationRole)
        return max(image.pixelColor(x, y).lightness() for x in range(8) for y in range(8))

    own = [brightest(row) for row in (1, 4)]
    model.show_block(BLOCK, ColorMap.VIRIDIS, one_scale=True)
    assert own[0] == pytest.approx(own[1], abs=2)
    assert brightest(4) > brightest(1) + 20


def test_a_large_map_is_shown_small(model: ChannelListModel) -> None:
    large = FeatureMap(BLOCKS[0], np.random.default_rng(0).random((1, 112, 112), np.float32))
    model.show_block(large, ColorMap.VIRIDIS, one_scale=False)
    assert model.index(0).data(ROLE.DecorationRole).width() <= 64


def test_no_block_has_no_channels(model: ChannelListModel) -> None:
    model.show_block(None, ColorMap.VIRIDIS, one_scale=True)
    assert model.rowCount() == 0
