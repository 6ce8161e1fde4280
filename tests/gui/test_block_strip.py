import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from radassist.gui.blocks.block_strip import BlockStrip, BlockTile, TileText
from radassist.gui.theme import load_theme

THEME = load_theme("dark")
RED = np.full((4, 4, 4), (200, 10, 10, 255), np.uint8)


def texts(count: int) -> list[TileText]:
    return [TileText(f"block{number}", "28×28 · 128", "Shapes") for number in range(1, count + 1)]


@pytest.fixture
def strip(qtbot: QtBot) -> BlockStrip:
    made = BlockStrip(THEME)
    qtbot.addWidget(made)
    made.set_blocks(texts(4), aspect=0.8)
    made.resize(292, made.heightForWidth(292))
    made.show()
    return made


def middle(tile: BlockTile) -> tuple[int, int, int]:
    image = tile.grab().toImage()
    color = image.pixelColor(image.width() // 2, image.height() // 3)
    return color.red(), color.green(), color.blue()


def test_the_first_tile_stands_for_the_film_without_a_map(strip: BlockStrip) -> None:
    assert [tile.text() for tile in strip.tiles] == ["Film only", "block1", "block2", "block3", "block4"]


def test_a_click_chooses_a_block_and_tells_its_name(qtbot: QtBot, strip: BlockStrip) -> None:
    with qtbot.waitSignal(strip.block_chosen) as chosen:
        qtbot.mouseClick(strip.tiles[2], Qt.MouseButton.LeftButton)
    assert chosen.args == ["block2"]
    assert strip.chosen == "block2"


def test_a_click_on_the_film_chooses_no_map(qtbot: QtBot, strip: BlockStrip) -> None:
    strip.choose("block3")
    with qtbot.waitSignal(strip.block_chosen) as chosen:
        qtbot.mouseClick(strip.tiles[0], Qt.MouseButton.LeftButton)
    assert chosen.args == [""]


def test_arrow_keys_choose_the_neighbour(qtbot: QtBot, strip: BlockStrip) -> None:
    strip.choose("block1")
    strip.tiles[1].setFocus()
    with qtbot.waitSignal(strip.block_chosen) as chosen:
        qtbot.keyClick(strip.tiles[1], Qt.Key.Key_Right)
    assert chosen.args == ["block2"]


def test_choosing_from_outside_marks_one_tile_and_sends_no_signal(qtbot: QtBot, strip: BlockStrip) -> None:
    with qtbot.assertNotEmitted(strip.block_chosen):
        strip.choose("block4")
        strip.choose("block2")
    assert [tile.isChecked() for tile in strip.tiles] == [False, False, True, False, False]


def test_the_chosen_tile_looks_unlike_the_others(strip: BlockStrip) -> None:
    strip.choose("block1")
    chosen, other = (strip.tiles[index].grab().toImage().pixelColor(2, 30).name() for index in (1, 2))
    assert chosen == THEME.accent
    assert other == THEME.raised


@pytest.mark.parametrize("count", [1, 4, 7, 17])
@pytest.mark.parametrize("width", [200, 292, 392, 600])
def test_tiles_of_any_number_fit_side_by_side_without_touching(qtbot: QtBot, count: int, width: int) -> None:
    strip = BlockStrip(THEME)
    qtbot.addWidget(strip)
    strip.set_blocks(texts(count), aspect=0.8)
    strip.resize(width, strip.heightForWidth(width))
    strip.show()
    places = [tile.geometry() for tile in strip.tiles]
    assert all(strip.rect().contains(place) for place in places)
    assert not any(one.intersects(two) for index, one in enumerate(places) for two in places[:index])
    assert max(place.bottom() for place in places) >= strip.height() - 2


@pytest.mark.parametrize("aspect", [0.01, 0.7, 1.2, 100.0])
def test_tiles_have_the_shape_of_the_film_within_reason(strip: BlockStrip, aspect: float) -> None:
    strip.set_blocks(texts(4), aspect=aspect)
    tile = strip.tiles[1]
    assert 0.6 < tile.height() / tile.width() < 2.2


def test_a_tile_shows_the_map_of_its_block_alone(strip: BlockStrip) -> None:
    strip.set_picture("block3", RED, smooth=True)
    assert [tile.has_picture for tile in strip.tiles] == [False, False, False, True, False]
    assert middle(strip.tiles[3]) == (200, 10, 10)


def test_a_tile_keeps_its_own_copy_of_the_map(strip: BlockStrip) -> None:
    rgba = RED.copy()
    strip.set_picture("block1", rgba, smooth=False)
    rgba[:] = 0
    assert middle(strip.tiles[1]) == (200, 10, 10)


def test_the_maps_of_the_last_film_are_gone_before_new_ones_come(strip: BlockStrip) -> None:
    strip.set_picture("block1", RED, smooth=True)
    tiles = strip.tiles
    strip.set_blocks(texts(4), aspect=1.0)
    assert strip.tiles == tiles
    assert not any(tile.has_picture for tile in strip.tiles)


def test_another_network_gets_other_tiles(strip: BlockStrip) -> None:
    strip.set_blocks(texts(2), aspect=1.0)
    assert len(strip.tiles) == 3
    strip.set_blocks([], aspect=1.0)
    assert strip.tiles == ()
    assert strip.heightForWidth(292) == 0


def test_every_tile_has_a_name_and_a_tip_and_takes_the_keyboard(strip: BlockStrip) -> None:
    for tile in strip.tiles:
        assert tile.accessibleName()
        assert tile.toolTip()
        assert tile.focusPolicy() & Qt.FocusPolicy.ClickFocus
    assert strip.tiles[1].accessibleName() == "block1, 28×28 · 128"


def test_the_tile_with_the_keyboard_is_framed(qtbot: QtBot, strip: BlockStrip) -> None:
    tile = strip.tiles[2]
    without = tile.grab().toImage()
    tile.setFocus()
    qtbot.waitUntil(tile.hasFocus)
    assert tile.grab().toImage() != without


def test_a_block_named_in_markup_is_named_as_it_is_written(strip):
    strip.set_blocks([TileText("<b>x</b>", "1×1", "<img src='x'> & <b>x</b>")], 1.0)
    assert strip.tiles[1].toolTip() == "<p>&lt;img src=&#x27;x&#x27;&gt; &amp; &lt;b&gt;x&lt;/b&gt;</p>"
    assert strip.tiles[1].accessibleDescription() == "<img src='x'> & <b>x</b>"
