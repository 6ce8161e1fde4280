"""De-identified copies from the window, over a stand-in for what writes them."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.windows import Desk, desk

from radassist.domain.deidentification import DeidentifyOptions
from radassist.domain.errors import StoreError
from radassist.gui.deidentify.deidentify_dialog import CopyChoice, DeidentifyDialog
from radassist.gui.deidentify.deidentify_presenter import DeidentifyPresenter
from radassist.gui.widgets.scope_box import Scope

LOOKED = DeidentifyOptions(takes_burned_in=True)


class Writer:
    def __init__(self) -> None:
        self.asked: list[tuple[Path, DeidentifyOptions]] = []
        self.written: list[object] = []
        self.problem: Exception | None = None

    def make(self, folder: Path, options: DeidentifyOptions) -> "Writer":
        self.asked.append((folder, options))
        return self

    def write(self, tags, film, analysis) -> None:
        if self.problem:
            raise self.problem
        self.written.append(analysis)

    def finish(self, labels) -> None:
        self.labels = labels


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def at(qtbot, tmp_path: Path, writer: Writer):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.exported = []
        record = lambda *facts: made.exported.append(facts)  # noqa: E731 - one line is enough
        made.presenter.use(replace(made.backing(), record_export=record, make_copy_writer=writer.make))
        made.open("one.dcm", "two.dcm")
        qtbot.waitUntil(made.is_settled)
        yield made


@pytest.fixture
def copies(at: Desk) -> DeidentifyPresenter:
    (presenter,) = at.window.findChildren(DeidentifyPresenter)
    return presenter


def test_the_listed_films_are_copied_and_recorded(at: Desk, copies, writer, tmp_path, qtbot) -> None:
    copies.save(CopyChoice(Scope.LISTED, LOOKED), tmp_path)
    qtbot.waitUntil(lambda: "2 copies are in" in at.window.message_bar.sentence)
    assert len(writer.written) == 2 and writer.asked == [(tmp_path, LOOKED)]
    assert {(what, identified) for what, _, identified in at.exported} == {("de-identified copy", False)}


def test_what_is_left_out_is_said_with_its_reason(at: Desk, copies, writer, tmp_path, qtbot) -> None:
    copies.save(CopyChoice(Scope.LISTED), tmp_path)
    qtbot.waitUntil(lambda: "2 left out: the picture has, or may have, writing" in at.window.message_bar.sentence)
    assert writer.written == [] and at.exported == []


def test_the_act_asks_then_remembers(at: Desk, copies, writer, tmp_path, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("radassist.gui.widgets.dialogs.choose_folder", lambda *_: tmp_path)
    at.window.actions_by_id["deidentify"].trigger()
    dialog = at.window.findChild(DeidentifyDialog)
    dialog.save_requested.emit(CopyChoice(Scope.LISTED, replace(LOOKED, shifts_dates=True)))
    dialog.reject()
    qtbot.waitUntil(lambda: "copies are in" in at.window.message_bar.sentence)
    kept = CopyChoice.from_text(at.settings.text("results/deidentified", ""))
    assert kept == CopyChoice(Scope.LISTED, DeidentifyOptions(shifts_dates=True))


def test_a_disk_that_is_full_is_told(at: Desk, copies, writer, tmp_path, qtbot) -> None:
    writer.problem = StoreError("x.dcm cannot be written: no space left on device.")
    copies.save(CopyChoice(Scope.FILM, LOOKED), tmp_path)
    qtbot.waitUntil(lambda: "no space left" in at.window.message_bar.sentence)


def test_results_of_films_that_were_not_answered_yet_stay_hidden(at: Desk, copies, writer, tmp_path, qtbot) -> None:
    at.window.actions_by_id["blind_first"].trigger()
    assert copies.save(CopyChoice(Scope.LISTED, replace(LOOKED, with_results=True)), tmp_path) is None
    assert "not answered yet" in at.window.message_bar.sentence and writer.asked == []
    copies.save(CopyChoice(Scope.FILM, LOOKED), tmp_path)
    qtbot.waitUntil(lambda: "1 copy is in" in at.window.message_bar.sentence)


def test_without_films_nothing_is_asked(at: Desk, copies) -> None:
    at.presenter.close_all()
    copies.ask()
    assert at.window.findChild(DeidentifyDialog) is None
