"""Presets, list and panel act on the film on the screen."""

from pathlib import Path

import numpy as np
import pytest
from helpers.fakes import FakeLoader
from helpers.pictures import smooth_film
from helpers.windows import Desk, desk
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from radassist.domain.radiograph import LookupTable, Window
from radassist.gui.film.window_panel import WindowPanel

TABLE = LookupTable(0, np.linspace(0, 65_535, 65_536).astype(np.uint16), 16, name="VENDOR")
PAIR = Window(30_000, 20_000, name="CHEST")
FILM = smooth_film(windows=(TABLE, PAIR))


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path):
    with desk(tmp_path, FakeLoader(outcomes={"a.dcm": FILM})) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        made.presenter.use(made.backing())
        made.open("a.dcm")
        qtbot.waitUntil(lambda: made.window.film.radiograph is not None and made.is_settled())
        yield made


def act(at: Desk, name: str) -> None:
    at.window.actions_by_id[name].trigger()


def panel_of(at: Desk) -> WindowPanel:
    return at.window.findChild(WindowPanel)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("window_full", "Full range"),
        ("window_second", "CHEST"),
        ("window_lung", "Lung"),
        ("window_bone", "Bone and mediastinum"),
        ("window_soft", "Soft"),
        ("window_contrast", "High contrast"),
    ],
)
def test_a_preset_changes_the_window_and_one_key_brings_the_files_own_back(at: Desk, name: str, shown: str) -> None:
    act(at, name)
    assert at.window.film.shown_window.name == shown
    act(at, "window_default")
    assert at.window.film.shown_window is TABLE


def test_a_second_window_that_is_not_there_is_told(at: Desk, qtbot: QtBot) -> None:
    at.open("b.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled())
    at.window.worklist.select(1)
    qtbot.waitUntil(at.is_settled)
    act(at, "window_second")
    assert at.window.statusBar().currentMessage() == "This file offers no second window."


def test_the_list_offers_the_files_windows_marks_the_one_in_force_and_switches_tables_off(at: Desk, qapp) -> None:
    act(at, "window_list")
    menu = qapp.activePopupWidget()
    entries = [action for action in menu.actions() if action.isCheckable()]
    assert [entry.text().split(" · ")[0] for entry in entries] == ["VENDOR", "CHEST", "No lookup table (CHEST"]
    assert [entry.isChecked() for entry in entries] == [True, False, False]
    entries[2].trigger()
    assert at.window.film.shown_window is PAIR
    menu.close()


def test_the_panel_is_hidden_until_asked_for_and_follows_the_film(at: Desk) -> None:
    dock = at.window.findChild(QDockWidget, "window_dock")
    assert dock.isHidden()
    act(at, "window_panel")
    assert not dock.isHidden() and at.window.actions_by_id["window_panel"].isChecked()
    act(at, "window_second")
    assert panel_of(at).center.value() == PAIR.center
    at.presenter.close_all()
    assert not panel_of(at).center.isEnabled()
    act(at, "window_panel")
    assert dock.isHidden() and not at.window.actions_by_id["window_panel"].isChecked()


def test_what_is_dragged_or_typed_in_the_panel_shows_on_the_film(at: Desk) -> None:
    act(at, "window_panel")
    panel = panel_of(at)
    panel.width_box.setValue(12_345)
    assert at.window.film.shown_window.width == 12_345
    panel.edited.emit(Window(5, 6, name="Manual"), False)
    assert at.window.film.shown_window == Window(5, 6, name="Manual")


def test_the_strip_of_the_panel_turns_with_the_film(at: Desk) -> None:
    act(at, "window_panel")
    plot = panel_of(at).plot
    act(at, "invert")
    assert plot._is_inverted
