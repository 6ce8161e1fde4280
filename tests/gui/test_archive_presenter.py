"""Searching an archive from the window, over a stand-in for it."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import pytest
from helpers.windows import Desk, desk

from radassist.domain.archive import ArchiveKind, ArchivePlace, ArchiveProblem, FetchStep, FoundStudy, QueryTexts
from radassist.domain.errors import StoreError
from radassist.gui.archive.archive_presenter import ArchivePresenter
from radassist.gui.archive.place_dialog import PlaceDialog
from radassist.gui.archive.search_dialog import SearchDialog, texts_from_setting

PLACE = ArchivePlace(ArchiveKind.WEB, url="https://pacs.example", user="ida")
STUDY = FoundStudy("1.2", "Larch^Arvid")
QUERY = QueryTexts(patient_name="Larch")
FILM = Path("films/retrieved.dcm")


@dataclass
class Archive:
    """Has one study with one film."""

    chosen: ArchivePlace | None = PLACE
    passwords: list[str] = field(default_factory=list)
    problem: Exception | None = None
    gate: Event | None = None

    def place(self) -> ArchivePlace | None:
        if isinstance(self.problem, StoreError):
            raise self.problem
        return self.chosen

    def choose(self, place: ArchivePlace | None) -> None:
        self.chosen = place

    def open(self, password: str) -> "Archive":
        self.passwords.append(password)
        return self

    def find(self, query, cancel) -> tuple[FoundStudy, ...]:
        if self.problem:
            raise self.problem
        return (STUDY,)

    def fetch(self, study, cancel):
        yield FetchStep(1, 2, FILM)
        while self.gate and not self.gate.wait(0.01):
            cancel.raise_if_cancelled()
        if self.problem:
            raise self.problem
        yield FetchStep(2, 2, FILM)


@pytest.fixture
def archive() -> Archive:
    return Archive()


@pytest.fixture
def at(qtbot, tmp_path: Path, archive: Archive):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.presenter.use(replace(made.backing(), archives=archive))
        yield made


@pytest.fixture
def dialog(at: Desk) -> SearchDialog:
    at.window.actions_by_id["search_archive"].trigger()
    return at.window.findChild(SearchDialog)


def searched(dialog: SearchDialog, qtbot) -> None:
    dialog.password.setText("secret")
    dialog.search_requested.emit(QUERY)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)


def test_a_study_is_found_retrieved_and_opened_once(at: Desk, archive, dialog, qtbot) -> None:
    searched(dialog, qtbot)
    for _ in range(2):
        dialog.retrieve.click()
        qtbot.waitUntil(lambda: "were retrieved and opened" in dialog.words.text())
        qtbot.waitUntil(at.is_settled)
        assert [item.source.path for item in at.items()] == [FILM, FILM][: len(at.items())]
    assert archive.passwords == ["secret"] * 3


def test_the_query_is_remembered_and_the_password_is_not(at: Desk, dialog, qtbot) -> None:
    searched(dialog, qtbot)
    assert texts_from_setting(at.settings.text("archive/query", "")) == QUERY
    at.settings.save()
    assert "secret" not in at.settings.path.read_text()


def test_a_query_without_a_word_is_not_sent(at: Desk, archive, dialog) -> None:
    dialog.search_requested.emit(QueryTexts())
    assert "at least one thing" in dialog.words.text() and archive.passwords == []


def test_an_archive_that_is_away_is_one_sentence_in_the_dialog(at: Desk, archive, dialog, qtbot) -> None:
    archive.problem = ArchiveProblem("pacs.example does not answer.")
    dialog.search_requested.emit(QUERY)
    qtbot.waitUntil(lambda: dialog.words.text() == "pacs.example does not answer.")
    assert dialog.search.isEnabled()


def test_a_bug_is_not_shown_as_it_is(at: Desk, archive, dialog, qtbot) -> None:
    archive.problem = KeyError("ZZNAME")
    dialog.search_requested.emit(QUERY)
    qtbot.waitUntil(lambda: "Something went wrong" in dialog.words.text())
    assert "ZZNAME" not in dialog.words.text()


def test_what_has_come_is_opened_when_the_rest_is_not_wanted_any_more(at: Desk, archive, dialog, qtbot) -> None:
    searched(dialog, qtbot)
    archive.gate = Event()
    dialog.retrieve.click()
    qtbot.waitUntil(lambda: "1 film has come" in dialog.words.text())
    dialog.stop_requested.emit()
    qtbot.waitUntil(lambda: dialog.words.text() == "Stopped.")
    qtbot.waitUntil(at.is_settled)
    assert [item.source.path for item in at.items()] == [FILM]


def test_closing_the_dialog_stops_what_is_under_way(at: Desk, archive, dialog, qtbot) -> None:
    searched(dialog, qtbot)
    archive.gate = Event()
    dialog.retrieve.click()
    (presenter,) = at.window.findChildren(ArchivePresenter)
    with qtbot.waitSignal(presenter._job.cancelled):
        dialog.close()
    qtbot.waitUntil(at.is_settled)


def test_without_an_archive_its_choice_comes_first(at: Desk, archive) -> None:
    archive.chosen = None
    at.window.actions_by_id["search_archive"].trigger()
    assert at.window.findChild(SearchDialog) is None
    choice = at.window.findChild(PlaceDialog)
    choice.web.setChecked(True)
    choice.url.setText("https://pacs.example")
    choice._on_accepted()
    assert archive.chosen == ArchivePlace(ArchiveKind.WEB, url="https://pacs.example")
    assert "is searched from now on" in at.window.statusBar().currentMessage()


def test_a_damaged_choice_is_told(at: Desk, archive) -> None:
    archive.problem = StoreError("The archive named in archive.json cannot be used.")
    at.window.actions_by_id["search_archive"].trigger()
    assert "cannot be used" in at.window.message_bar.sentence
