"""Keys do what the table of acts says, wherever the keyboard is."""

from pathlib import Path

import pytest
from helpers.fakes import FACTS
from helpers.windows import Desk, desk
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from radassist.gui.widgets import dialogs
from radassist.gui.worklist.worklist_order import Order


@pytest.fixture
def at(qtbot: QtBot, qapp, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.intents.watch_keys(qapp)
        made.window.show()
        with qtbot.waitActive(made.window):
            made.window.activateWindow()
        made.presenter.use(made.backing())
        made.open("a.dcm", "b.dcm", "c.dcm")
        qtbot.waitUntil(lambda: len(made.items()) == 3 and made.is_settled())
        made.window.worklist.select_first()
        qtbot.waitUntil(made.is_settled)
        yield made


def _press(at: Desk, qtbot: QtBot, text: str) -> None:
    keys = QKeySequence(text)[0]
    qtbot.keyClick(at.window, keys.key(), keys.keyboardModifiers())


def test_the_whole_list_can_be_read_by_keys(at: Desk, qtbot: QtBot) -> None:
    _press(at, qtbot, "Ctrl+Shift+A")  # by suspicion, the order would settle some time after the last score
    _press(at, qtbot, "Home")
    qtbot.waitUntil(at.is_settled)
    seen = [at.presenter.films.number]
    for key in ("PgDown", "Down", "Up", "Home", "End"):
        _press(at, qtbot, key)
        qtbot.waitUntil(at.is_settled)
        seen.append(at.presenter.films.number)
    first, second, third = seen[:3]
    assert len({first, second, third}) == 3
    assert seen[3:] == [second, first, third]


def test_keys_turn_flip_and_reset_the_film(at: Desk, qtbot: QtBot) -> None:
    before = at.window.film.orientation
    _press(at, qtbot, "H")
    assert at.window.film.orientation != before
    _press(at, qtbot, "I")
    assert at.window.film.is_inverted
    _press(at, qtbot, "R")
    assert at.window.film.orientation == before and not at.window.film.is_inverted


def test_keys_choose_the_window(at: Desk, qtbot: QtBot) -> None:
    default = at.window.film.shown_window
    _press(at, qtbot, "0")
    assert at.window.film.shown_window.name == "Full range"
    _press(at, qtbot, "1")
    assert at.window.film.shown_window == default


def test_arrows_choose_the_block_and_g_flicks_it_on_and_off(at: Desk, qtbot: QtBot) -> None:
    _press(at, qtbot, "Right")
    assert at.window.blocks.overlay_visible and at.window.actions_by_id["toggle_overlay"].isChecked()
    first = at.window.blocks.state().block
    _press(at, qtbot, "Right")
    assert at.window.blocks.state().block != first
    _press(at, qtbot, "G")
    assert not at.window.blocks.overlay_visible
    opacity = at.window.blocks.opacity
    _press(at, qtbot, "]")
    assert at.window.blocks.opacity > opacity


def test_typing_in_the_filter_is_typing_and_not_commanding(at: Desk, qtbot: QtBot) -> None:
    _press(at, qtbot, "Ctrl+F")
    line = at.window.worklist.findChild(QLineEdit)
    assert line.hasFocus()
    for key in "high":
        qtbot.keyClick(line, key)
    assert line.text() == "high"
    assert not at.window.film.is_inverted


def test_the_order_of_the_list_is_one_key_away(at: Desk, qtbot: QtBot) -> None:
    _press(at, qtbot, "Ctrl+Shift+A")
    assert at.window.worklist.order is Order.ARRIVAL
    _press(at, qtbot, "Ctrl+Shift+T")
    assert at.window.worklist.order is Order.STUDY
    _press(at, qtbot, "Ctrl+Shift+S")
    assert at.window.worklist.order is Order.SUSPICION


def test_acts_without_their_need_are_off(at: Desk) -> None:
    assert at.window.actions_by_id["fit"].isEnabled()
    assert not at.window.actions_by_id["start_queue"].isEnabled()
    at.presenter.close_all()
    assert not any(at.window.actions_by_id[name].isEnabled() for name in ("fit", "export_csv", "toggle_overlay"))


def test_opening_and_exporting_go_through_the_dialogs(at: Desk, qtbot: QtBot, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dialogs, "choose_films", lambda parent, settings: [tmp_path / "d.dcm"])
    monkeypatch.setattr(dialogs, "choose_csv", lambda parent, settings: tmp_path / "out.csv")
    _press(at, qtbot, "Ctrl+O")
    qtbot.waitUntil(lambda: len(at.items()) == 4 and at.is_settled())
    assert at.settings.last_folder == str(tmp_path)
    _press(at, qtbot, "Ctrl+E")
    qtbot.waitUntil(lambda: [target for _, target in at.written] == [tmp_path / "out.csv"])


def test_one_key_gives_the_window_the_whole_screen_and_back(at: Desk, qtbot: QtBot) -> None:
    full_screen = at.window.actions_by_id["full_screen"]
    _press(at, qtbot, "F11")
    qtbot.waitUntil(lambda: at.window.isFullScreen() and at.window.size() == at.window.screen().size())
    assert full_screen.isChecked()
    _press(at, qtbot, "F11")
    qtbot.waitUntil(lambda: not at.window.isFullScreen())
    assert not full_screen.isChecked()


def test_a_window_that_goes_full_screen_maximised_comes_back_maximised(at: Desk, qtbot: QtBot) -> None:
    at.window.showMaximized()
    for is_full in (True, False):
        at.window.actions_by_id["full_screen"].trigger()
        qtbot.waitUntil(lambda wanted=is_full: at.window.isFullScreen() is wanted)
    assert at.window.isMaximized()


def test_dialogs_begin_where_films_were_opened_by_whatever_way(at: Desk, tmp_path: Path) -> None:
    at.window.paths_dropped.emit([tmp_path / "dropped" / "film.dcm"])
    assert at.settings.last_folder == str(tmp_path / "dropped")
    at.window.paths_dropped.emit([tmp_path / "folder"])
    assert at.settings.last_folder == str(tmp_path / "folder")


def test_scoring_on_opening_is_switched_and_remembered(at: Desk) -> None:
    at.window.actions_by_id["score_on_opening"].trigger()
    assert not at.settings.score_on_opening
    assert not at.window.actions_by_id["score_on_opening"].isChecked()


def test_the_model_line_names_model_and_device(at: Desk) -> None:
    assert FACTS.device in at.window._model_line.text()


def test_the_menu_of_the_film_offers_what_can_be_done_with_it(at: Desk, qapp) -> None:
    at.window.film.menu_requested.emit(at.window.mapToGlobal(at.window.rect().center()))
    menu = qapp.activePopupWidget()
    assert at.window.actions_by_id["flip_horizontally"] in menu.actions()
    assert at.window.actions_by_id["export_csv"] not in menu.actions()
    menu.close()
