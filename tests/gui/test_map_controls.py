from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from radassist.domain.analysis import Reduction
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.blocks.map_controls import MapControls, ShownBlock
from radassist.imaging.rendering import ColorMap

STATE = BlocksState(block="block2", reduction=Reduction.CHANNEL, channel=7, color_map=ColorMap.CIVIDIS, opacity=0.35)


@pytest.fixture
def controls(qtbot: QtBot) -> MapControls:
    made = MapControls()
    qtbot.addWidget(made)
    made.show_state(STATE, ShownBlock(64, ("block1", "block3"), 1.25))
    made.show()
    return made


def turn_wheel(widget: QWidget, notches: int) -> None:
    place = QPointF(widget.rect().center())
    QApplication.sendEvent(
        widget,
        QWheelEvent(
            place,
            widget.mapToGlobal(place),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_showing_a_state_sets_every_knob_and_sends_nothing(qtbot: QtBot, controls: MapControls) -> None:
    with qtbot.assertNotEmitted(controls.edited):
        controls.show_state(replace(STATE, smooth=False), ShownBlock(64))
    assert controls.opacity.value() == 35
    assert controls.reduction.currentText() == "Channel"
    assert controls.channel.value() == 7
    assert controls.color_map.currentText() == "Cividis"
    assert controls.cells.checkedButton().text() == "Cells"


@pytest.mark.parametrize(
    ("turn", "change"),
    [
        (lambda controls: controls.opacity.setValue(80), {"opacity": 0.8}),
        (lambda controls: controls.reduction.activated.emit(1), {"reduction": Reduction.MAX}),
        (lambda controls: controls.channel.setValue(12), {"channel": 12}),
        (lambda controls: controls.color_map.activated.emit(0), {"color_map": ColorMap.VIRIDIS}),
        (lambda controls: controls.cells.button(1).click(), {"smooth": False}),
        (lambda controls: controls.cells.button(2).click(), {"contours": True}),
        (lambda controls: controls.level.setValue(20), {"level": 0.2}),
        (lambda controls: controls.scale.button(1).click(), {"one_scale": True}),
        (lambda controls: controls.minus.activated.emit(2), {"minus": "block3"}),
    ],
)
def test_a_turned_knob_tells_the_state_with_that_one_change(qtbot: QtBot, controls: MapControls, turn, change) -> None:
    with qtbot.waitSignal(controls.edited) as edited:
        turn(controls)
    assert edited.args == [replace(STATE, **change)]


def test_channels_can_be_stepped_from_0_to_the_last_of_the_block(controls: MapControls) -> None:
    assert (controls.channel.minimum(), controls.channel.maximum()) == (0, 63)
    assert controls.channel.text() == "7 of 0–63"


def test_a_block_with_fewer_channels_shows_its_last_and_forgets_nothing(qtbot: QtBot, controls: MapControls) -> None:
    with qtbot.assertNotEmitted(controls.edited):
        controls.show_state(STATE, ShownBlock(4))
    assert controls.channel.value() == 3
    with qtbot.waitSignal(controls.edited) as edited:
        controls.cells.button(1).click()
    assert edited.args[0].channel == 7


def test_the_channel_is_asked_for_only_where_one_channel_is_shown(controls: MapControls) -> None:
    assert controls.channel.isVisible()
    controls.show_state(replace(STATE, reduction=Reduction.MEAN), ShownBlock(64))
    assert not controls.channel.isVisible()


def test_lines_have_a_level_where_colours_have_an_opacity(controls: MapControls) -> None:
    assert controls.opacity.isVisible()
    assert not controls.level.isVisible()
    controls.show_state(replace(STATE, contours=True), ShownBlock(64, level=-1.5))
    assert not controls.opacity.isVisible()
    assert controls.level.isVisible()
    assert controls._level_text.text() == "−1.5"


def test_three_components_have_no_colours_scale_or_lines_to_choose(controls: MapControls) -> None:
    controls.show_state(replace(STATE, reduction=Reduction.PCA, contours=True), ShownBlock(64, ("block1",)))
    for knob in (controls.minus, controls.color_map, controls.scale.button(0), controls.level):
        assert not knob.isVisible()
    assert not controls.cells.button(2).isEnabled()
    assert controls.opacity.isVisible()


def test_a_second_block_is_one_of_the_others(controls: MapControls) -> None:
    controls.show_state(replace(STATE, minus="block3"), ShownBlock(64, ("block1", "block3")))
    assert controls.minus.currentText() == "block3"
    assert not controls.scale.button(0).isVisible()
    controls.show_state(replace(STATE, minus="gone"), ShownBlock(64, ("block1",)))
    assert controls.minus.currentText() == "Nothing"


def test_wheel_and_arrow_keys_step_through_channels(qtbot: QtBot, controls: MapControls) -> None:
    seen: list[int] = []
    controls.edited.connect(lambda state: seen.append(state.channel))
    turn_wheel(controls.channel, 1)
    qtbot.keyClick(controls.channel, Qt.Key.Key_Up)
    qtbot.keyClick(controls.channel, Qt.Key.Key_Down)
    assert seen == [8, 9, 8]


def test_the_wheel_over_a_knob_without_the_keyboard_turns_nothing(qtbot: QtBot, controls: MapControls) -> None:
    controls.cells.button(0).setFocus()
    with qtbot.assertNotEmitted(controls.edited):
        turn_wheel(controls.opacity, 1)
        turn_wheel(controls.color_map, 1)


def test_every_knob_has_a_name_and_a_tip_and_takes_the_keyboard(controls: MapControls) -> None:
    knobs = [
        controls.opacity,
        controls.channel,
        controls.color_map,
        controls.reduction,
        controls.level,
        controls.minus,
        *controls.scale.buttons(),
        *controls.cells.buttons(),
    ]
    assert all(knob.accessibleName() and knob.toolTip() for knob in knobs)
    assert all(knob.focusPolicy() & Qt.FocusPolicy.TabFocus for knob in knobs)


def test_every_colour_map_can_be_chosen_and_shows_its_colours(controls: MapControls) -> None:
    box = controls.color_map
    assert [box.itemText(index).lower() for index in range(box.count())] == [color_map.value for color_map in ColorMap]
    assert not any(box.itemIcon(index).isNull() for index in range(box.count()))
