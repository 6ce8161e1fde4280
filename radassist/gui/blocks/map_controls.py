"""The knobs of the block maps: opacity, how channels become one map, colours, and how cells are drawn."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from radassist.domain.analysis import Reduction
from radassist.gui.blocks.block_maps import BlocksState
from radassist.gui.blocks.color_bar import color_strip
from radassist.gui.findings.labels import set_role, text_label
from radassist.imaging.rendering import ColorMap

_SWATCH = QSize(40, 10)
_REDUCTIONS = (
    ("Mean", "Mean over all channels of the block."),
    ("Max", "The strongest channel in each cell."),
    ("L2", "Length of the vector of all channels in each cell: how much the block responds at all, of either sign."),
    ("Channel", "One channel of the block; step through them with the wheel or the arrow keys."),
)
_CELLS = (
    ("Smooth", "Blend the cells of the map into each other."),
    ("Cells", "Draw each cell of the map as it is: this is all the network keeps of the film there."),
)


class MapControls(QWidget):
    """Shows a BlocksState and tells how the user changed it.

    Signals:
        edited(object): The BlocksState with the change.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = BlocksState()
        self.opacity, self._opacity_text = _opacity_slider(), QLabel()
        self.reduction = _reduction_box()
        self.channel, self._channel_name = _channel_box(), _name_label("Channel")
        self.color_map = _color_map_box()
        self.cells, cells_row = _choice_row("Drawing of the cells", _CELLS)
        self._wheel_guard = _WheelGuard(self)
        for widget in (self.opacity, self.reduction, self.color_map):
            widget.installEventFilter(self._wheel_guard)
        self._lay_out(cells_row)
        self.show_state(self._state, channels=0)
        self._connect()

    def show_state(self, state: BlocksState, channels: int) -> None:
        """Set every knob; sends no signal.

        Args:
            state: What to show.
            channels: Channels of the block that is shown, 0 where there is none.
        """
        self._state = state
        with QSignalBlocker(self):
            self.opacity.setValue(round(state.opacity * 100))
            self._opacity_text.setText(f"{round(state.opacity * 100)} %")
            self.reduction.setCurrentIndex(list(Reduction).index(state.reduction))
            self._show_channel(state, max(0, channels - 1))
            self.color_map.setCurrentIndex(list(ColorMap).index(state.color_map))
            self.cells.button(0 if state.smooth else 1).setChecked(True)

    def _show_channel(self, state: BlocksState, last: int) -> None:
        self.channel.setRange(0, last)
        self.channel.setSuffix(f" of 0–{last}")
        # A box that wraps would turn a channel beyond the last into the first.
        self.channel.setValue(min(state.channel, last))
        for widget in (self._channel_name, self.channel):
            widget.setVisible(state.reduction is Reduction.CHANNEL)

    def _lay_out(self, cells_row: QWidget) -> None:
        opacity_row = QWidget()
        inner = QHBoxLayout(opacity_row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.opacity, stretch=1)
        self._opacity_text.setTextFormat(Qt.TextFormat.PlainText)
        self._opacity_text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._opacity_text.setMinimumWidth(self._opacity_text.fontMetrics().horizontalAdvance("100 %"))
        inner.addWidget(self._opacity_text)
        self._lay_out_rows(
            (_name_label("Opacity"), opacity_row),
            (_name_label("Reduce by"), self.reduction),
            (self._channel_name, self.channel),
            (_name_label("Colours"), self.color_map),
            (_name_label("Draw"), cells_row),
        )

    def _lay_out_rows(self, *rows: tuple[QWidget, QWidget]) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, (name, widget) in enumerate(rows):
            grid.addWidget(name, line, 0)
            grid.addWidget(widget, line, 1)

    def _connect(self) -> None:
        self.opacity.valueChanged.connect(lambda value: self._edit(replace(self._state, opacity=value / 100)))
        self.reduction.activated.connect(
            lambda index: self._edit(replace(self._state, reduction=list(Reduction)[index]))
        )
        self.channel.valueChanged.connect(lambda value: self._edit(replace(self._state, channel=value)))
        self.color_map.activated.connect(
            lambda index: self._edit(replace(self._state, color_map=list(ColorMap)[index]))
        )
        self.cells.idClicked.connect(lambda index: self._edit(replace(self._state, smooth=index == 0)))

    def _edit(self, state: BlocksState) -> None:
        self.edited.emit(state)


class _WheelGuard(QObject):
    """Keeps the wheel from turning a knob without the keyboard's focus: it is meant for the panel then."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def _name_label(name: str) -> QLabel:
    label = text_label(name, role="muted", scale=0.9)
    label.setWordWrap(False)
    return label


def _opacity_slider() -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, 100)
    slider.setPageStep(10)
    slider.setAccessibleName("Opacity of the map in per cent")
    slider.setToolTip("How strongly the map covers the film ([ and ])")
    return slider


def _channel_box() -> QSpinBox:
    box = QSpinBox()
    box.setAccessibleName("Channel, numbered from 0")
    box.setToolTip("The channel that is shown, numbered from 0")
    box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    box.setWrapping(True)
    return box


def _reduction_box() -> QComboBox:
    box = QComboBox()
    for index, (name, tip) in enumerate(_REDUCTIONS):
        box.addItem(name)
        box.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
    box.setAccessibleName("Reduction of the channels")
    box.setToolTip("How the channels of the block become one map")
    return box


def _color_map_box() -> QComboBox:
    box = QComboBox()
    box.setIconSize(_SWATCH)
    for color_map in ColorMap:
        strip = color_strip(color_map).scaled(_SWATCH * 2)
        box.addItem(QIcon(QPixmap.fromImage(strip)), color_map.value.capitalize())
    box.setAccessibleName("Colours of the map")
    box.setToolTip("Colours from low to high; every step looks equally large")
    return box


def _choice_row(name: str, choices: Sequence[tuple[str, str]]) -> tuple[QButtonGroup, QWidget]:
    """Buttons side by side, exactly one of them down; numbered from 0."""
    row = QWidget()
    row.setAccessibleName(name)
    group = QButtonGroup(row)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for index, (text, tip) in enumerate(choices):
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(f"{name}: {text}")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(button, "choice")
        group.addButton(button, index)
        layout.addWidget(button)
    return group, row
