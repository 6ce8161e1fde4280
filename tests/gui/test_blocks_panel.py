from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import make_analysis, make_film
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from radassist.domain.analysis import Analysis, BlockOpinion, BlockSpec, FeatureMap, Reduction
from radassist.domain.geometry import Geometry
from radassist.explain.feature_maps import display_range, reduce_map
from radassist.gui.blocks.blocks_panel import BlocksPanel
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.film.overlay import Contours, Overlay
from radassist.gui.theme import load_theme
from radassist.imaging.rendering import ColorMap, to_rgba

SIZE = (96, 64)


class Watcher:
    """Keeps what the panel sent."""

    def __init__(self, panel: BlocksPanel) -> None:
        self.overlays: list[Overlay | None] = []
        self.opacities: list[float] = []
        panel.overlay_changed.connect(self.overlays.append)
        panel.opacity_changed.connect(self.opacities.append)

    @property
    def overlay(self) -> Overlay | None:
        return self.overlays[-1]


@pytest.fixture
def analysis() -> Analysis:
    return make_analysis(make_film(size=SIZE), with_blocks=True)


@pytest.fixture
def panel(qtbot: QtBot) -> BlocksPanel:
    made = BlocksPanel(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(320, 700)
    made.show()
    return made


@pytest.fixture
def watcher(panel: BlocksPanel) -> Watcher:
    return Watcher(panel)


def words(panel: BlocksPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def with_maps(analysis: Analysis, *maps: tuple[str, np.ndarray]) -> Analysis:
    made = tuple(FeatureMap(BlockSpec(name, f"m.{name}", 8), values.astype(np.float32)) for name, values in maps)
    return replace(analysis, feature_maps=made)


def colored(analysis: Analysis, index: int, reduction: Reduction, color_map: ColorMap, channel: int = 0) -> np.ndarray:
    grid = reduce_map(analysis.feature_maps[index], reduction, channel)
    return to_rgba(grid, *display_range(grid), color_map)


def test_a_film_is_shown_without_a_map_until_one_is_asked_for(
    panel: BlocksPanel, watcher: Watcher, analysis: Analysis
) -> None:
    panel.set_analysis(analysis)
    assert watcher.overlay is None
    assert not panel.overlay_visible
    assert panel.strip.chosen == ""
    assert "Choose a block" in words(panel)


def test_a_clicked_block_lies_over_the_film_at_its_place(
    qtbot: QtBot, panel: BlocksPanel, watcher: Watcher, analysis: Analysis
) -> None:
    panel.set_analysis(analysis)
    qtbot.mouseClick(panel.strip.tiles[2], Qt.MouseButton.LeftButton)
    assert watcher.overlay is not None
    np.testing.assert_array_equal(watcher.overlay.rgba, colored(analysis, 1, Reduction.MEAN, ColorMap.INFERNO))
    assert watcher.overlay.cell_size == Geometry(SIZE, (32, 32)).cell_size(8)
    assert panel.overlay_visible


def test_a_click_on_the_film_tile_takes_the_map_away(
    qtbot: QtBot, panel: BlocksPanel, watcher: Watcher, analysis: Analysis
) -> None:
    panel.set_analysis(analysis)
    panel.select_next_block(1)
    qtbot.mouseClick(panel.strip.tiles[0], Qt.MouseButton.LeftButton)
    assert watcher.overlay is None
    assert not panel.overlay_visible


def test_blocks_are_stepped_through_in_a_ring(panel: BlocksPanel, analysis: Analysis) -> None:
    panel.set_analysis(analysis)
    seen = []
    for step in (1, 1, 1, -1, -1):
        panel.select_next_block(step)
        seen.append(panel.strip.chosen)
    assert seen == ["block1", "block2", "block1", "block2", "block1"]


def test_the_first_step_back_shows_the_deepest_block(panel: BlocksPanel, analysis: Analysis) -> None:
    panel.set_analysis(analysis)
    panel.select_next_block(-1)
    assert panel.strip.chosen == "block2"


def test_a_step_while_no_map_is_shown_brings_the_last_one_back(panel: BlocksPanel, analysis: Analysis) -> None:
    panel.set_analysis(analysis)
    panel.select_next_block(-1)
    panel.set_overlay_visible(False)
    panel.select_next_block(1)
    assert panel.strip.chosen == "block2"


def test_stepping_without_maps_does_nothing(panel: BlocksPanel, watcher: Watcher) -> None:
    panel.select_next_block(1)
    assert watcher.overlays == []
    assert not panel.overlay_visible


def test_peeking_shows_the_same_map_again(panel: BlocksPanel, watcher: Watcher, analysis: Analysis) -> None:
    panel.set_analysis(analysis)
    panel.select_next_block(-1)
    shown = watcher.overlay
    panel.set_overlay_visible(False)
    assert watcher.overlay is None
    panel.set_overlay_visible(True)
    assert shown is not None
    assert watcher.overlay is not None
    np.testing.assert_array_equal(watcher.overlay.rgba, shown.rgba)


def test_the_next_film_is_shown_with_the_same_choices(panel: BlocksPanel, watcher: Watcher, analysis: Analysis) -> None:
    panel.set_analysis(analysis)
    state = BlocksState("block2", Reduction.CHANNEL, 4, ColorMap.VIRIDIS, 0.25, smooth=False, visible=True)
    panel.restore(state)
    following = make_analysis(make_film("next.dcm", size=SIZE), with_blocks=True)
    panel.set_analysis(None)
    assert watcher.overlay is None
    panel.set_analysis(following)
    assert watcher.overlay is not None
    expected = colored(following, 1, Reduction.CHANNEL, ColorMap.VIRIDIS, channel=4)
    np.testing.assert_array_equal(watcher.overlay.rgba, expected)
    assert not watcher.overlay.smooth
    assert panel.state() == state


def test_no_map_of_the_last_film_stays_over_one_that_has_none(
    panel: BlocksPanel, watcher: Watcher, analysis: Analysis
) -> None:
    panel.set_analysis(analysis)
    panel.select_next_block(1)
    panel.set_analysis(replace(analysis, feature_maps=()))
    assert watcher.overlay is None
    assert panel.strip.tiles == ()
    assert not panel.controls.isVisible()
    assert "No block maps yet" in words(panel)


def test_a_channel_number_survives_a_block_with_fewer_channels(
    panel: BlocksPanel, watcher: Watcher, analysis: Analysis
) -> None:
    panel.set_analysis(analysis)
    panel.restore(BlocksState("block2", Reduction.CHANNEL, channel=5, visible=True))
    panel.select_next_block(-1)
    assert watcher.overlay is not None
    expected = colored(analysis, 0, Reduction.CHANNEL, ColorMap.INFERNO, channel=3)
    np.testing.assert_array_equal(watcher.overlay.rgba, expected)
    assert "block1: activation of channel 3" in words(panel)
    panel.select_next_block(1)
    assert "block2: activation of channel 5" in words(panel)


def test_another_network_without_the_chosen_block_starts_with_its_first(panel: BlocksPanel, analysis: Analysis) -> None:
    panel.restore(BlocksState("block2", visible=True))
    values = np.random.default_rng(0).random((3, 4, 4))
    panel.set_analysis(with_maps(analysis, ("stem", values), ("stage1", values)))
    assert panel.strip.chosen == "stem"


@pytest.mark.parametrize(
    "turn",
    [
        lambda panel: panel.controls.reduction.activated.emit(1),
        lambda panel: panel.controls.color_map.activated.emit(0),
        lambda panel: panel.controls.cells.button(1).click(),
        lambda panel: panel.controls.cells.button(2).click(),
        lambda panel: panel.controls.scale.button(1).click(),
        lambda panel: panel.controls.minus.activated.emit(1),
    ],
)
def test_every_choice_reaches_the_film_at_once(
    panel: BlocksPanel, watcher: Watcher, analysis: Analysis, turn: Callable[[BlocksPanel], None]
) -> None:
    panel.set_analysis(analysis)
    panel.select_next_block(1)
    count = len(watcher.overlays)
    turn(panel)
    assert len(watcher.overlays) == count + 1


def test_lines_take_the_place_of_colours(panel: BlocksPanel, watcher: Watcher, analysis: Analysis) -> None:
    panel.set_analysis(analysis)
    panel.restore(BlocksState("block2", visible=True, contours=True, level=0.5))
    assert isinstance(watcher.overlay, Contours)
    assert watcher.overlay.lines
    assert "line at" in watcher.overlay.words


def test_components_are_named_with_their_share_and_have_no_colour_bar(panel: BlocksPanel, analysis: Analysis) -> None:
    panel.set_analysis(analysis)
    panel.restore(BlocksState("block2", Reduction.PCA, visible=True, contours=True))
    assert "principal components of 6 channels" in words(panel)
    assert "% of the variance" in words(panel)
    assert not panel.color_bar.isVisible()


def test_a_difference_is_named_by_both_blocks(panel: BlocksPanel, analysis: Analysis) -> None:
    panel.set_analysis(analysis)
    panel.restore(BlocksState("block2", visible=True, minus="block1"))
    assert "block2 − block1: mean activation" in words(panel)
    assert panel.strip.chosen == "block2"
    low, middle, high = panel.color_bar.values
    assert float(middle) == 0
    assert low == f"−{high}"


def test_weights_are_asked_for_the_chosen_block_first(
    qtbot: QtBot, panel: BlocksPanel, watcher: Watcher, analysis: Analysis
) -> None:
    panel.set_analysis(analysis)
    with qtbot.waitSignal(panel.weights_wanted) as wanted:
        panel.restore(BlocksState("block2", Reduction.CLASS, visible=True))
    assert wanted.args == [("block2", "block1")]
    assert watcher.overlay is None
    assert "Asking the model" in words(panel)
    panel.say_no_weights("It does not say.")
    assert "It does not say." in words(panel)


def test_opacity_is_told_without_a_new_map(panel: BlocksPanel, watcher: Watcher, analysis: Analysis) -> None:
    panel.set_analysis(analysis)
    panel.select_next_block(1)
    count = len(watcher.overlays)
    panel.controls.opacity.setValue(70)
    panel.change_opacity(0.1)
    assert watcher.opacities == pytest.approx([0.7, 0.8])
    assert len(watcher.overlays) == count
    assert panel.controls.opacity.value() == 80
    assert panel.opacity == pytest.approx(0.8)


def test_opacity_stays_between_nothing_and_everything(panel: BlocksPanel) -> None:
    panel.change_opacity(5)
    assert panel.opacity == 1
    panel.change_opacity(-5)
    assert panel.opacity == 0


@pytest.mark.parametrize("value", [0.0, 3.5, np.nan])
def test_a_block_without_signal_is_said_and_never_coloured(
    qtbot: QtBot, panel: BlocksPanel, watcher: Watcher, analysis: Analysis, value: float
) -> None:
    live = np.random.default_rng(0).random((3, 4, 4))
    panel.set_analysis(with_maps(analysis, ("live", live), ("dead", np.full((3, 4, 4), value))))
    panel.restore(BlocksState("dead", visible=True))
    assert watcher.overlay is None
    assert "No signal in this block" in words(panel)
    assert not panel.color_bar.isVisible()
    qtbot.waitUntil(lambda: panel.strip.tiles[1].has_picture)
    assert not panel.strip.tiles[2].has_picture


def test_the_colour_bar_shows_the_raw_values_of_the_map(panel: BlocksPanel, analysis: Analysis) -> None:
    ramp = np.linspace(-1.0, 3.0, 16).reshape(1, 4, 4)
    panel.set_analysis(with_maps(analysis, ("ramp", ramp)))
    panel.select_next_block(1)
    assert panel.color_bar.values == ("−1.00", "1.00", "3.00")


def test_every_block_gets_its_small_picture(qtbot: QtBot, panel: BlocksPanel, analysis: Analysis) -> None:
    panel.set_analysis(analysis)
    qtbot.waitUntil(lambda: all(tile.has_picture for tile in panel.strip.tiles[1:]))
    assert [tile.text_lines.size for tile in panel.strip.tiles[1:]] == ["16×16 · 4", "4×4 · 6"]


def test_small_pictures_are_those_of_the_newest_film(qtbot: QtBot, panel: BlocksPanel, analysis: Analysis) -> None:
    ramp = np.linspace(0.0, 1.0, 16).reshape(1, 4, 4)
    panel.set_analysis(with_maps(analysis, ("block", ramp[:, ::-1, ::-1])))
    panel.set_analysis(with_maps(analysis, ("block", ramp)))
    tile = panel.strip.tiles[1]
    qtbot.waitUntil(lambda: tile.has_picture)
    image = tile.grab().toImage()
    assert image.pixelColor(10, 10).lightness() < image.pixelColor(tile.width() - 10, tile.width() - 10).lightness()


def test_what_each_block_alone_would_say_stands_beside_the_blocks_as_long_as_the_answer_does(
    qtbot: QtBot, panel: BlocksPanel, analysis: Analysis
) -> None:
    said = (BlockOpinion("block1", 0.3, 0.7), BlockOpinion("block2", 0.9, 0.95))
    panel.set_analysis(replace(analysis, opinions=said))
    assert panel.opinions.opinions == said and panel.opinions.isVisible()
    qtbot.mouseClick(panel.opinions, Qt.MouseButton.LeftButton, pos=panel.opinions.column(1).center().toPoint())
    assert panel.strip.chosen == "block2"
    panel.set_analysis(None)
    assert not panel.opinions.isVisible() and "alone would say" not in words(panel)


def test_texts_of_a_network_are_shown_as_they_are(panel: BlocksPanel, analysis: Analysis) -> None:
    panel.set_analysis(with_maps(analysis, ("<b>block</b>", np.random.default_rng(0).random((3, 4, 4)))))
    panel.select_next_block(1)
    labels = panel.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert "<b>block</b>" in words(panel)


@pytest.mark.parametrize("blocks", [2, 7, 17])
def test_everything_fits_into_a_narrow_dock(qtbot: QtBot, panel: BlocksPanel, analysis: Analysis, blocks: int) -> None:
    random = np.random.default_rng(0)
    maps = [(f"block{number}", random.random((1280, 7, 7))) for number in range(blocks)]
    panel.set_analysis(with_maps(analysis, *maps))
    panel.restore(BlocksState(reduction=Reduction.CHANNEL, visible=True))
    assert panel.minimumSizeHint().width() <= 320
    assert panel.heightForWidth(320) < 900
