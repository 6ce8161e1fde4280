"""The folder that is watched by the window."""

from pathlib import Path

import pytest
from helpers.windows import Desk, desk

from radassist.domain.worklist import ItemState
from radassist.gui.widgets import dialogs
from radassist.imaging.discovery import discover
from radassist.workflow import watch


@pytest.fixture
def at(qtbot, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(watch, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(watch, "STABLE_SECONDS", 0.05)
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        yield made


def test_films_that_arrive_are_listed_and_scored_even_where_opened_films_wait(at: Desk, qtbot, tmp_path) -> None:
    at.settings.score_on_opening = False
    at.presenter.use(at.backing())
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    at.presenter.watch.start(inbox, discover)
    assert at.presenter.watch.is_watching

    (inbox / "a.dcm").touch()
    qtbot.waitUntil(lambda: len(at.items()) == 1 and at.is_settled())
    (inbox / "b.dcm").touch()
    qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled())

    assert {item.state for item in at.items()} == {ItemState.SCORED}


def test_the_act_begins_and_ends_it(at: Desk, qtbot, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_: tmp_path)
    at.presenter.use(at.backing())
    act = at.window.actions_by_id["watch_folder"]

    act.trigger()
    assert at.presenter.watch.is_watching and act.isChecked()
    act.trigger()
    assert not at.presenter.watch.is_watching and not act.isChecked()


def test_no_folder_chosen_watches_nothing(at: Desk, monkeypatch) -> None:
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_: None)
    at.presenter.use(at.backing())
    act = at.window.actions_by_id["watch_folder"]

    act.trigger()

    assert not at.presenter.watch.is_watching and not act.isChecked()


def test_watching_ends_with_the_window(at: Desk, tmp_path) -> None:
    at.presenter.use(at.backing())
    at.presenter.watch_folder(tmp_path)
    at.presenter.shut_down()
    assert not at.presenter.watch.is_watching
