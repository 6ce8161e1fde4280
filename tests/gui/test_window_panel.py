"""Typed numbers and the name of the window in force."""

import numpy as np
import pytest
from helpers.pictures import smooth_film
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from radassist.domain.radiograph import LookupTable, Window
from radassist.gui.film.window_panel import WindowPanel
from radassist.gui.theme import load_theme
from radassist.imaging.windowing import sampled_histogram

FILM = smooth_film()


@pytest.fixture
def panel(qtbot: QtBot) -> WindowPanel:
    made = WindowPanel(load_theme("dark"), QMenu())
    qtbot.addWidget(made)
    made.show_film(FILM, sampled_histogram(FILM))
    made.show_window(Window(2000, 800, name="CHEST"), inverted=False)
    return made


def test_the_window_in_force_stands_in_numbers_and_by_name(panel: WindowPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.edited):
        panel.show_window(Window(1500, 700, name="A & B"), inverted=False)
    assert (panel.center.value(), panel.width_box.value()) == (1500, 700)
    assert panel.choice.text() == "A && B"


def test_a_typed_number_is_the_window_wanted(panel: WindowPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.edited) as told:
        panel.width_box.setValue(300)
    assert told.args == [Window(2000, 300, name="Manual"), True]


def test_no_number_that_is_no_window_can_be_typed(panel: WindowPanel) -> None:
    panel.width_box.setValue(-5)
    assert panel.width_box.value() == 1
    panel.center.setValue(1e30)
    assert panel.center.value() == 1e9


def test_a_narrow_window_is_typed_with_decimals(panel: WindowPanel) -> None:
    panel.show_window(Window(0.125, 1.5), inverted=False)
    assert (panel.center.value(), panel.width_box.value()) == (0.125, 1.5)


def test_a_table_is_named_as_one(panel: WindowPanel) -> None:
    panel.show_window(LookupTable(0, np.arange(256, dtype=np.uint16), 8, name="VENDOR"), inverted=False)
    assert panel.choice.text() == "VENDOR (lookup table)"


def test_without_a_film_nothing_can_be_typed(panel: WindowPanel) -> None:
    panel.show_film(None, None)
    assert not (panel.center.isEnabled() or panel.width_box.isEnabled() or panel.choice.isEnabled())
