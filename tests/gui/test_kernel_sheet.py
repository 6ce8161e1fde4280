"""Kernels of the first layer, all on one grey scale."""

import numpy as np
import pytest
from helpers.pictures import as_array
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from radassist.gui.models.kernel_sheet import KernelSheet
from radassist.gui.theme import load_theme

KERNELS = np.zeros((6, 1, 3, 3), np.float32)
KERNELS[0, 0, 0, 0], KERNELS[1, 0, 2, 2], KERNELS[2, 0] = 2.0, -2.0, 1.0


@pytest.fixture
def sheet(qtbot: QtBot) -> KernelSheet:
    made = KernelSheet(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(200, 200)
    made.show_kernels(KERNELS)
    return made


def test_black_is_the_most_negative_grey_nothing_and_white_the_most_positive(sheet: KernelSheet) -> None:
    first, second, third = (as_array(picture)[..., 0] for picture in sheet.pictures[:3])
    assert first[0, 0] == 255 and abs(int(first[1, 1]) - 128) <= 1
    assert second[2, 2] == 0
    assert set(third.ravel().tolist()) == {191}


def test_channels_of_the_film_stand_side_by_side(sheet: KernelSheet) -> None:
    sheet.show_kernels(np.ones((2, 3, 5, 5), np.float32))
    assert (sheet.pictures[0].width(), sheet.pictures[0].height()) == (15, 5)
    assert sheet.accessibleName() == "2 kernels of 5 × 5 over 3 channels"


def test_the_numbers_of_a_kernel_can_be_read(sheet: KernelSheet) -> None:
    assert sheet.numbers_at(QPoint(10, 10)).startswith("Channel 0\n2.000  0.000")
    assert sheet.numbers_at(QPoint(199, 199)) == ""


def test_all_kernels_have_room_whatever_the_width(sheet: KernelSheet) -> None:
    for width in (60, 200, 900):
        sheet.resize(width, sheet.heightForWidth(width))
        last = sheet._place(5)
        assert last.right() <= max(width, last.width()) and last.bottom() <= sheet.height()
    sheet.grab()


def test_a_network_without_kernels_shows_nothing(sheet: KernelSheet) -> None:
    sheet.show_kernels(None)
    assert sheet.isHidden() and sheet.accessibleName() == "No kernels"
