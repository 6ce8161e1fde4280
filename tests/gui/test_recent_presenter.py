"""The File menu offers what was opened before."""

from pathlib import Path

import pytest
from helpers.windows import Desk, desk
from pytestqt.qtbot import QtBot

from radassist.gui.recent.recent_presenter import RecentPresenter


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        made.presenter.use(made.backing())
        yield made


def recent(at: Desk) -> RecentPresenter:
    return at.window.findChild(RecentPresenter)


def texts(at: Desk) -> list[str]:
    recent(at).menu.aboutToShow.emit()
    return [action.text() for action in recent(at).menu.actions() if not action.isSeparator()]


def test_what_is_opened_is_offered_and_opened_again(at: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    film = tmp_path / "a & b.dcm"
    film.touch()
    at.presenter.open_paths([film])
    qtbot.waitUntil(lambda: len(at.items()) == 1 and at.is_settled())
    assert texts(at)[0].endswith("a && b.dcm")
    recent(at).menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled())


def test_one_key_opens_the_last_study(at: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    at.window.actions_by_id["reopen_last"].trigger()
    assert at.window.statusBar().currentMessage() == "Nothing was opened before."
    recent(at).paths.add([tmp_path])
    at.window.actions_by_id["reopen_last"].trigger()
    qtbot.waitUntil(lambda: len(at.items()) == 1 and at.is_settled())


def test_what_is_gone_is_told_and_forgotten(at: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    recent(at).paths.add([tmp_path / "gone"])
    at.window.actions_by_id["reopen_last"].trigger()
    qtbot.waitUntil(lambda: at.window.message_bar.sentence == "gone is no longer there.")
    assert texts(at) == ["Nothing yet", at.window.actions_by_id["forget_recent"].text()]


def test_all_can_be_forgotten(at: Desk, tmp_path: Path) -> None:
    recent(at).paths.add([tmp_path])
    at.window.actions_by_id["forget_recent"].trigger()
    assert recent(at).paths.entries == ()
