import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTableView, QVBoxLayout, QWidget

from radassist.domain.analysis import Reduction
from radassist.gui.actions.action_table import ACTIONS
from radassist.gui.blocks.block_strip import BlockStrip, TileText
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.blocks.map_controls import MapControls, ShownBlock
from radassist.gui.theme import load_theme
from radassist.gui.widgets import key_priority
from radassist.gui.widgets.key_priority import KeyPriority
from radassist.gui.worklist.order_switch import OrderSwitch
from radassist.gui.worklist.worklist_order import Order


class Bench(QMainWindow):
    """Every kind of control beside the acts of the window; `taken` lists the acts that got a key."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []
        self.controls, self.strip = MapControls(), BlockStrip(load_theme("dark"))
        self.switch, self.line, self.table = OrderSwitch(Order.ARRIVAL), QLineEdit("abc"), QTableView()
        self.controls.channel.setWrapping(False)
        self.controls.show_state(BlocksState(reduction=Reduction.CHANNEL, channel=5, opacity=0.5), ShownBlock(64))
        self.strip.set_blocks([TileText("block1", "28×28", "tip"), TileText("block2", "14×14", "tip")], 1.0)
        self.table.setModel(QStringListModel(["a", "b", "c"], self))
        middle = QWidget()
        layout = QVBoxLayout(middle)
        for widget in (self.controls, self.strip, self.switch, self.line, self.table):
            layout.addWidget(widget)
        self.setCentralWidget(middle)
        for spec in ACTIONS:
            action = QAction(spec.id, self)
            action.setShortcuts([QKeySequence(text) for text in spec.shortcuts])
            action.triggered.connect(lambda _checked, name=spec.id: self.taken.append(name))
            self.addAction(action)


@pytest.fixture
def priority(qapp):
    made = key_priority.install(qapp)
    yield made
    qapp.removeEventFilter(made)
    made.setParent(None)


@pytest.fixture
def bench(qtbot, priority) -> Bench:
    made = Bench()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(qtbot, widget: QWidget, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    QTest.keyClick(widget, key, modifiers)


@pytest.mark.parametrize(
    ("key", "channel"), [("Up", 6), ("Down", 4), ("PageUp", 15), ("PageDown", 0), ("Home", 5), ("End", 5), ("Left", 5)]
)
def test_the_channel_box_steps_with_its_keys(qtbot, bench, key, channel):
    press(qtbot, bench.controls.channel, Qt.Key[f"Key_{key}"])
    assert (bench.controls.channel.value(), bench.taken) == (channel, [])


@pytest.mark.parametrize(
    ("key", "value"), [("Right", 51), ("Left", 49), ("Up", 51), ("PageUp", 60), ("Home", 0), ("End", 100)]
)
def test_the_opacity_slider_moves_with_its_keys(qtbot, bench, key, value):
    press(qtbot, bench.controls.opacity, Qt.Key[f"Key_{key}"])
    assert (bench.controls.opacity.value(), bench.taken) == (value, [])


@pytest.mark.parametrize(("key", "chosen"), [("Down", 1), ("End", 4), ("Up", 0), ("Home", 0)])
def test_a_list_of_choices_steps_with_its_keys(qtbot, bench, key, chosen):
    bench.controls.color_map.setCurrentIndex(0)
    press(qtbot, bench.controls.color_map, Qt.Key[f"Key_{key}"])
    assert (bench.controls.color_map.currentIndex(), bench.taken) == (chosen, [])


def test_space_opens_a_list_of_choices(qtbot, bench):
    press(qtbot, bench.controls.color_map, Qt.Key.Key_Space)
    qtbot.waitUntil(bench.controls.color_map.view().isVisible)
    bench.controls.color_map.hidePopup()
    assert bench.taken == []


def test_space_presses_the_focused_button(qtbot, bench):
    button = bench.controls.cells.button(1)
    press(qtbot, button, Qt.Key.Key_Space)
    assert (button.isChecked(), bench.taken) == (True, [])


def test_space_chooses_the_focused_tile_and_arrows_move_between_tiles(qtbot, bench):
    tiles = bench.strip.tiles
    press(qtbot, tiles[1], Qt.Key.Key_Space)
    assert (bench.strip.chosen, bench.taken) == ("block1", [])
    press(qtbot, tiles[1], Qt.Key.Key_Right)
    assert (tiles[2].hasFocus(), bench.taken) == (True, [])


def test_an_arrow_is_the_windows_where_a_button_stands_alone(qtbot, bench):
    press(qtbot, bench.switch.findChildren(QWidget)[0], Qt.Key.Key_Down)
    assert bench.taken == ["next_film"]


@pytest.mark.parametrize(("key", "at"), [("Left", 2), ("Home", 0), ("End", 3)])
def test_the_cursor_of_a_line_moves_with_its_keys(qtbot, bench, key, at):
    press(qtbot, bench.line, Qt.Key.Key_End)
    press(qtbot, bench.line, Qt.Key[f"Key_{key}"])
    assert (bench.line.cursorPosition(), bench.taken) == (at, [])


def test_a_space_is_typed_into_a_line(qtbot, bench):
    press(qtbot, bench.line, Qt.Key.Key_Space)
    assert (" " in bench.line.text(), bench.taken) == (True, [])


def test_a_line_leaves_the_keys_it_has_no_use_for_to_the_window(qtbot, bench):
    press(qtbot, bench.line, Qt.Key.Key_Down)
    assert bench.taken == ["next_film"]


@pytest.mark.parametrize(
    ("key", "act"),
    [("Down", "next_film"), ("PageUp", "previous_film"), ("Home", "first_film"), ("Right", "next_block")],
)
def test_a_list_of_films_leaves_its_keys_to_the_window(qtbot, bench, key, act):
    press(qtbot, bench.table, Qt.Key[f"Key_{key}"])
    assert bench.taken == [act]


def test_other_keys_and_those_with_ctrl_stay_the_windows(qtbot, bench):
    press(qtbot, bench.controls.opacity, Qt.Key.Key_G)
    press(qtbot, bench.controls.opacity, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert bench.taken == ["toggle_overlay", "actual_size"]


def test_a_second_window_brings_no_second_filter(qapp, priority):
    assert key_priority.install(QApplication.instance()) is priority
    assert len(qapp.findChildren(KeyPriority)) == 1
