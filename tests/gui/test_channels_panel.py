from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import BLOCKS, make_analysis, make_film
from pytestqt.qtbot import QtBot

from radassist.domain.analysis import Reduction
from radassist.domain.explanation import ChannelRanking, ChannelRule, Subject
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.inside.channels_panel import ChannelsPanel
from radassist.gui.theme import load_theme

MAPS = BlockMaps(make_analysis(make_film(), with_blocks=True))
LAID = BlocksState("block2", Reduction.CHANNEL, 3, visible=True)


@pytest.fixture
def panel(qtbot: QtBot) -> ChannelsPanel:
    made = ChannelsPanel(load_theme("dark"))
    qtbot.addWidget(made)
    made.show()
    made.show_block(MAPS, BlocksState(), "block2")
    return made


def order(panel: ChannelsPanel) -> list[int]:
    return [panel.channels.channel(row) for row in range(panel.channels.rowCount())]


def test_channels_are_ordered_by_activation_at_once(panel: ChannelsPanel) -> None:
    means = MAPS.feature_maps[1].activations.mean(axis=(1, 2))
    assert order(panel) == np.argsort(-means).tolist()
    assert panel.title.text() == "block2: 6 channels"


def test_another_order_waits_for_its_ranking(qtbot: QtBot, panel: ChannelsPanel) -> None:
    with qtbot.waitSignal(panel.rule_chosen):
        panel.rules.button(2).click()
    assert panel.rule is ChannelRule.ABLATION
    panel.show_block(MAPS, BlocksState(), "block2")
    assert order(panel) == [0, 1, 2, 3, 4, 5]
    values = np.array([0, 1, 2, 5, 4, -1], np.float32)
    panel.mark(LAID)
    panel.show_ranking(ChannelRanking(Subject("a", "m", "b"), BLOCKS[1], ChannelRule.ABLATION, "PNEUMONIA", values))
    assert order(panel) == [3, 4, 2, 1, 0, 5]
    assert panel.words.text() == "Channel 3: without it the score of PNEUMONIA falls by 5"
    assert panel.sheet.currentIndex().row() == 0
    panel.mark(replace(LAID, channel=5))
    assert panel.words.text() == "Channel 5: without it the score of PNEUMONIA rises by 1"


def test_the_channel_over_the_film_is_marked(panel: ChannelsPanel) -> None:
    panel.mark(LAID)
    assert panel.chosen == 3
    assert "mean activation" in panel.words.text()
    panel.mark(BlocksState("block2", visible=True))
    assert panel.chosen is None
    assert "Click a channel" in panel.words.text()


def test_progress_can_be_cancelled(qtbot: QtBot, panel: ChannelsPanel) -> None:
    panel.show_progress(1, 3)
    assert panel.cancel.isVisible()
    with qtbot.waitSignal(panel.cancel_requested):
        panel.cancel.click()
    panel.say("Stopped.")
    assert not panel.cancel.isVisible()


def test_without_maps_the_panel_says_so(panel: ChannelsPanel) -> None:
    panel.show_block(None, BlocksState(), "")
    assert panel.channels.rowCount() == 0
    assert "No channels yet" in panel.words.text()
    assert not panel.sheet.isVisible()
