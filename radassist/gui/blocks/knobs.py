"""Knobs for panels beside the film: named, with tips, reached by keyboard, and never turned by a passing wheel."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from radassist.gui.blocks.color_bar import color_strip
from radassist.gui.widgets.eliding_box import ElidingBox
from radassist.gui.widgets.labels import set_role, text_label
from radassist.imaging.rendering import ColorMap

_SWATCH = QSize(40, 10)


class WheelGuard(QObject):
    """Keeps the wheel from turning a knob without the keyboard's focus: it is meant for the panel then."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def name_label(name: str) -> QLabel:
    """The name of a knob, on one line."""
    label = text_label(name, role="muted", scale=0.9)
    label.setWordWrap(False)
    return label


def value_label(longest: str) -> QLabel:
    """Room for the value of a knob, as wide as `longest`."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setMinimumWidth(label.fontMetrics().horizontalAdvance(longest))
    return label


def share_slider(name: str, tip: str) -> QSlider:
    """From 0 to 100 per cent."""
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, 100)
    slider.setPageStep(10)
    slider.setAccessibleName(name)
    slider.setToolTip(tip)
    return slider


def channel_box() -> QSpinBox:
    """The number of a channel; after the last comes the first."""
    box = QSpinBox()
    box.setAccessibleName("Channel, numbered from 0")
    box.setToolTip("The channel that is shown, numbered from 0")
    box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    box.setWrapping(True)
    return box


def combo_box(name: str, tip: str) -> QComboBox:
    """An empty list to choose from, as narrow as it must be."""
    box = ElidingBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def color_map_box() -> QComboBox:
    """Every colour map, with its colours."""
    box = QComboBox()
    box.setIconSize(_SWATCH)
    for color_map in ColorMap:
        strip = color_strip(color_map).scaled(_SWATCH * 2)
        box.addItem(QIcon(QPixmap.fromImage(strip)), color_map.value.capitalize())
    box.setAccessibleName("Colours of the map")
    box.setToolTip("Colours from low to high; every step looks equally large")
    return box


def choice_row(name: str, choices: Sequence[tuple[str, str]]) -> tuple[QButtonGroup, QWidget]:
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
