"""The contact sheet in the window: of the film and block that are shown, ranked when asked, laid over by a choice."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.explanations import FakeExplainer
from helpers.windows import Desk, desk

from radassist.domain.analysis import Reduction
from radassist.domain.explanation import ChannelRule
from radassist.gui.inside.channels_panel import ChannelsPanel
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread


class ChannelDesk:
    """A desk with the contact sheet in front."""

    def __init__(self, at: Desk) -> None:
        self.at, self.fake = at, FakeExplainer()
        self.thread = InferenceThread(lambda: at.predictor)
        explainer = SharedExplainer(self.thread, lambda predictor: self.fake)
        at.presenter.use(replace(at.backing(), explainer=explainer))
        self.panel = at.window.findChild(ChannelsPanel)
        at.window.review_tabs.setCurrentWidget(self.panel)


@pytest.fixture
def sheet(qtbot, tmp_path: Path):
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        made = ChannelDesk(at)
        at.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled())
        yield made
        made.thread.close()


def test_the_sheet_shows_the_first_block_where_none_was_chosen(sheet: ChannelDesk) -> None:
    assert sheet.panel.title.text() == "block1: 4 channels"
    assert sheet.fake.asked == []


def test_a_chosen_channel_lies_over_the_film_with_the_sheet_in_front(sheet: ChannelDesk) -> None:
    sheet.panel.channel_chosen.emit(2)
    state = sheet.at.window.blocks.state()
    assert (state.block, state.reduction, state.channel, state.visible) == ("block1", Reduction.CHANNEL, 2, True)
    assert "activation of channel 2" in sheet.at.window.film.overlay_words
    assert sheet.panel.chosen == 2


def test_the_sheet_follows_the_chosen_block(sheet: ChannelDesk) -> None:
    sheet.at.window.blocks.select_next_block(-1)
    assert sheet.panel.title.text() == "block2: 6 channels"


def test_a_ranking_is_asked_when_it_is_chosen_and_again_for_another_film(sheet: ChannelDesk, qtbot) -> None:
    sheet.panel.rules.button(2).click()
    qtbot.waitUntil(lambda: sheet.panel.channels.value(0) == "3")
    assert [(wish.block, wish.rule, wish.target) for wish in sheet.fake.asked] == [
        ("block1", ChannelRule.ABLATION, "PNEUMONIA")
    ]
    sheet.at.window.worklist.step(1)
    qtbot.waitUntil(lambda: sheet.at.is_settled() and len(sheet.fake.asked) == 2)
    qtbot.waitUntil(lambda: sheet.panel.channels.value(0) == "3")


def test_a_ranking_behind_another_tab_is_not_asked(sheet: ChannelDesk, qtbot) -> None:
    sheet.panel.rules.button(1).click()
    qtbot.waitUntil(lambda: len(sheet.fake.asked) == 1)
    sheet.at.window.review_tabs.setCurrentWidget(sheet.at.window.blocks)
    sheet.at.window.worklist.step(1)
    qtbot.waitUntil(sheet.at.is_settled)
    assert len(sheet.fake.asked) == 1


def test_a_stopped_ranking_is_said(sheet: ChannelDesk) -> None:
    sheet.panel.rules.button(2).click()
    sheet.panel.cancel_requested.emit()
    assert "stopped" in sheet.panel.words.text()


def test_closing_all_films_empties_the_sheet(sheet: ChannelDesk) -> None:
    sheet.at.presenter.close_all()
    assert sheet.panel.channels.rowCount() == 0
