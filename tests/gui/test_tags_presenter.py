"""The browser gets the tags of its own file, and nothing when it is gone."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from helpers.windows import Desk, desk
from pytestqt.qtbot import QtBot

from radassist.domain.study import FilmSource
from radassist.domain.tags import TagList
from radassist.gui.tags.tags_dialog import TagsDialog


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        made.presenter.use(made.backing())
        made.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(made.items()) == 2 and made.is_settled())
        yield made


def dialogs(at: Desk) -> list[TagsDialog]:
    return at.window.findChildren(TagsDialog)


def test_the_tags_of_the_film_on_the_screen_are_shown(at: Desk, qtbot: QtBot) -> None:
    at.window.worklist.select(1)
    at.window.actions_by_id["tags"].trigger()
    (dialog,) = dialogs(at)
    qtbot.waitUntil(lambda: dialog.tree.topLevelItemCount() == 1)
    assert dialog.tree.topLevelItem(0).text(3) == "b.dcm"
    assert dialog.windowTitle() == "Tags of b.dcm"


def test_a_browser_that_was_closed_gets_nothing_any_more(at: Desk, qtbot: QtBot, monkeypatch) -> None:
    late: Future[TagList] = Future()
    monkeypatch.setattr(at.loader, "read_tags", lambda source: late)
    at.window.actions_by_id["tags"].trigger()
    (dialog,) = dialogs(at)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    qtbot.waitUntil(late.cancelled)
    assert dialogs(at) == []


def test_a_file_that_cannot_be_read_says_so_in_the_browser(at: Desk, qtbot: QtBot, monkeypatch) -> None:
    def refuse(source: FilmSource) -> "Future[TagList]":
        future: Future[TagList] = Future()
        future.set_exception(RuntimeError("a bug"))
        return future

    monkeypatch.setattr(at.loader, "read_tags", refuse)
    at.window.actions_by_id["tags"].trigger()
    (dialog,) = dialogs(at)
    qtbot.waitUntil(lambda: "Reading" not in dialog.state.text())
    assert "a bug" not in dialog.state.text()


def test_without_a_film_there_is_nothing_to_browse(at: Desk) -> None:
    at.presenter.close_all()
    assert not at.window.actions_by_id["tags"].isEnabled()
