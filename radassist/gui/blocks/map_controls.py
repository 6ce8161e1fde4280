"""The knobs of the block maps: how channels become one map, which second map is taken away, and how all is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QWidget

from radassist.domain.analysis import Reduction
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.blocks.knobs import (
    WheelGuard,
    channel_box,
    choice_row,
    color_map_box,
    combo_box,
    name_label,
    share_slider,
    value_label,
)
from radassist.gui.widgets.plain_text import one_line
from radassist.imaging.rendering import ColorMap

_REDUCTIONS = (
    ("Mean", "Mean over all channels of the block."),
    ("Max", "The strongest channel in each cell."),
    ("L2", "Length of the vector of all channels in each cell: how much the block responds at all, of either sign."),
    ("Channel", "One channel of the block; step through them with the wheel or the arrow keys."),
    (
        "Principal components",
        "The three directions in which cells differ most, as red, green and blue: like colours, like cells.",
    ),
    (
        "Weighted for the class",
        "Channels times what each weighs in the score of the suspected label: Grad-CAM before its cut at 0.",
    ),
)
_SCALES = (
    ("Each its own", "Every block's colours run from its own lowest value to its own highest."),
    ("All the same", "The colours of all blocks run over the same values, so that they can be compared."),
)
_DRAWINGS = (
    ("Smooth", "Blend the cells of the map into each other."),
    ("Cells", "Draw each cell of the map as it is: this is all the network keeps of the film there."),
    ("Lines", "Draw lines of equal value instead of colours: the film stays as it is."),
)
_SMOOTH, _CELLS, _LINES = range(3)
_NOTHING = "Nothing"


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """What the knobs need to know of the block that is shown.

    Attributes:
        channels: How many it has, 0 where there is no block.
        others: Names of the network's other blocks.
        level: The value lines are drawn at; None where nothing is shown.
    """

    channels: int = 0
    others: tuple[str, ...] = ()
    level: float | None = None


class MapControls(QWidget):
    """Shows a BlocksState and tells how the user changed it.

    Signals:
        edited(object): The BlocksState with the change.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = BlocksState()
        self.opacity = share_slider("Opacity of the map in per cent", "How strongly the map covers the film ([ and ])")
        self.level = share_slider("Level of the lines in per cent of the scale", "The value the lines are drawn at")
        self._opacity_text, self._level_text = value_label("100 %"), value_label("−0.000")
        self.reduction = combo_box("Reduction of the channels", "How the channels of the block become one map")
        self.channel, self.color_map = channel_box(), color_map_box()
        self.minus = combo_box("Second block", "Take the map of a second block away, both in standard deviations")
        self.scale, self._scale_row = choice_row("Scale of the colours", _SCALES)
        self.cells, self._cells_row = choice_row("Drawing of the map", _DRAWINGS)
        for name, tip in _REDUCTIONS:
            self.reduction.addItem(name)
            self.reduction.setItemData(self.reduction.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._wheel_guard = WheelGuard(self)
        for widget in (self.opacity, self.level, self.reduction, self.minus, self.color_map):
            widget.installEventFilter(self._wheel_guard)
        self._names: dict[QWidget, QLabel] = {}
        self._lay_out()
        self.show_state(self._state, ShownBlock())
        self._connect()

    def show_state(self, state: BlocksState, block: ShownBlock) -> None:
        """Set every knob for `block`, which is shown as `state` asks; sends no signal."""
        self._state = state
        with QSignalBlocker(self):
            self.opacity.setValue(round(state.opacity * 100))
            self._opacity_text.setText(f"{round(state.opacity * 100)} %")
            self.level.setValue(round(state.level * 100))
            self._level_text.setText("" if block.level is None else f"{block.level:.3g}".replace("-", "−"))
            self.reduction.setCurrentIndex(list(Reduction).index(state.reduction))
            self._show_channel(state, max(0, block.channels - 1))
            self._show_minus(state, block.others)
            self.color_map.setCurrentIndex(list(ColorMap).index(state.color_map))
            self.scale.button(int(state.one_scale)).setChecked(True)
            drawing = _LINES if state.contours else _SMOOTH if state.smooth else _CELLS
            self.cells.button(drawing).setChecked(True)
        self._show_rows(state)

    def _show_channel(self, state: BlocksState, last: int) -> None:
        self.channel.setRange(0, last)
        self.channel.setSuffix(f" of 0–{last}")
        # A box that wraps would turn a channel beyond the last into the first.
        self.channel.setValue(min(state.channel, last))

    def _show_minus(self, state: BlocksState, others: Sequence[str]) -> None:
        if [self.minus.itemData(index) for index in range(1, self.minus.count())] != list(others):
            self.minus.clear()
            self.minus.addItem(_NOTHING, "")
            for name in others:
                self.minus.addItem(one_line(name), name)
        self.minus.setCurrentIndex(1 + list(others).index(state.minus) if state.minus in others else 0)

    def _show_rows(self, state: BlocksState) -> None:
        """Only what has a meaning now: three components have colours of their own and nothing to be taken away."""
        has_scale = state.reduction is not Reduction.PCA
        has_lines = state.contours and has_scale
        for widget, is_shown in (
            (self.channel, state.reduction is Reduction.CHANNEL),
            (self._opacity_row, not has_lines),
            (self._level_row, has_lines),
            (self.minus, has_scale),
            (self._scale_row, has_scale and not state.minus),
            (self.color_map, has_scale),
        ):
            widget.setVisible(is_shown)
            self._names[widget].setVisible(is_shown)
        self.cells.button(_LINES).setEnabled(has_scale)

    def _lay_out(self) -> None:
        self._opacity_row, self._level_row = _row(self.opacity, self._opacity_text), _row(self.level, self._level_text)
        rows = (
            ("Opacity", self._opacity_row),
            ("Level", self._level_row),
            ("Draw", self._cells_row),
            ("Reduce by", self.reduction),
            ("Channel", self.channel),
            ("Minus", self.minus),
            ("Scale", self._scale_row),
            ("Colours", self.color_map),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, (name, widget) in enumerate(rows):
            self._names[widget] = name_label(name)
            grid.addWidget(self._names[widget], line, 0)
            grid.addWidget(widget, line, 1)

    def _connect(self) -> None:
        self.opacity.valueChanged.connect(lambda value: self._edit(opacity=value / 100))
        self.level.valueChanged.connect(lambda value: self._edit(level=value / 100))
        self.reduction.activated.connect(lambda index: self._edit(reduction=list(Reduction)[index]))
        self.channel.valueChanged.connect(lambda value: self._edit(channel=value))
        self.minus.activated.connect(lambda index: self._edit(minus=self.minus.itemData(index)))
        self.scale.idClicked.connect(lambda index: self._edit(one_scale=index == 1))
        self.color_map.activated.connect(lambda index: self._edit(color_map=list(ColorMap)[index]))
        self.cells.idClicked.connect(self._on_drawing)

    def _on_drawing(self, index: int) -> None:
        if index == _LINES:
            self._edit(contours=True)
        else:
            self._edit(contours=False, smooth=index == _SMOOTH)

    def _edit(self, **changes: Any) -> None:
        self.edited.emit(replace(self._state, **changes))


def _row(slider: QSlider, text: QLabel) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(slider, stretch=1)
    layout.addWidget(text)
    return row
