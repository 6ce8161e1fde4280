"""What each block alone would say: as high as it is, named, and never without the model's own answer."""

import pytest
from helpers.fakes import make_analysis, make_film
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from radassist.domain.analysis import BlockOpinion
from radassist.gui.blocks.opinion_bars import OpinionBars
from radassist.gui.theme import load_theme

THEME = load_theme("dark")
OPINIONS = (BlockOpinion("block1", 0.2, 0.7), BlockOpinion("block2", 0.8, 0.9512))
PREDICTION = make_analysis(make_film(), probability=0.97).prediction


@pytest.fixture
def bars(qtbot: QtBot) -> OpinionBars:
    made = OpinionBars(THEME)
    qtbot.addWidget(made)
    made.show_opinions(OPINIONS, PREDICTION)
    made.resize(290, made.sizeHint().height())
    return made


def test_each_column_is_as_high_as_its_probability(bars: OpinionBars) -> None:
    picture = bars.grab().toImage()
    for index, (share, color) in enumerate(((0.2, THEME.accent), (0.8, THEME.accent), (0.97, THEME.positive))):
        place = bars.column(index)
        x = round(place.left() + place.width() / 4)
        filled = [y for y in range(picture.height()) if picture.pixelColor(x, y).name() == color]
        assert max(filled) - min(filled) + 1 == pytest.approx(share * place.height(), abs=3)


def test_every_block_is_told_in_words_with_its_auc_and_the_model_comes_last(bars: OpinionBars) -> None:
    words = bars.accessibleDescription()
    assert "block1 alone would say 20\N{NO-BREAK SPACE}% pneumonia" in words
    assert "AUC of its probe on films of validation 0.951" in words
    assert words.index("block2") < words.index("The model: Suspected: PNEUMONIA")


def test_a_column_under_the_pointer_is_told_in_a_sentence(bars: OpinionBars) -> None:
    bars.show()
    place = bars.column(1).center().toPoint()
    QApplication.sendEvent(bars, QHelpEvent(QEvent.Type.ToolTip, place, bars.mapToGlobal(place)))
    assert "block2 alone would say" in QToolTip.text()


def test_a_click_chooses_the_block_and_the_models_own_column_none(bars: OpinionBars, qtbot: QtBot) -> None:
    chosen: list[str] = []
    bars.block_chosen.connect(chosen.append)
    for index in (1, 2):
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.column(index).center().toPoint())
    assert chosen == ["block2"]


def test_without_opinions_there_is_nothing_to_see_or_to_hear(bars: OpinionBars) -> None:
    bars.show_opinions((), PREDICTION)
    assert bars.isHidden() and not bars.accessibleDescription()
    bars.show_opinions(OPINIONS, None)
    assert bars.isHidden() and not bars.accessibleDescription()


@pytest.mark.parametrize("blocks", [1, 7, 17])
def test_columns_stay_inside_a_narrow_panel(bars: OpinionBars, blocks: int) -> None:
    bars.show_opinions([BlockOpinion(f"block{at}", 0.5, 0.5) for at in range(blocks)], PREDICTION)
    assert bars.column(blocks).right() <= bars.width() + 0.01
    assert bars.column(0).width() > 5
    bars.grab()
