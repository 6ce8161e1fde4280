"""Saving results as DICOM from the window, over a stand-in for what writes them."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import pytest
from helpers.windows import Desk, desk

from radassist.domain.dicom_results import DicomKind, NoDicomFilm, ScoredFilm
from radassist.domain.errors import StoreError
from radassist.domain.measurement import FilmMarks, Mark, MarkKind, Point
from radassist.domain.radiograph import Window
from radassist.gui.results.dicom_dialog import DicomDialog, ResultChoice
from radassist.gui.results.dicom_presenter import DicomPresenter
from radassist.gui.widgets.job_progress import JobProgress
from radassist.gui.widgets.scope_box import Scope

LISTED = ResultChoice(Scope.LISTED, frozenset({DicomKind.GSPS}))
LENGTH = Mark(MarkKind.LENGTH, (Point(1, 1), Point(11, 1)))


@dataclass
class Writer:
    """Keeps what it is given."""

    written: list[tuple[ScoredFilm, frozenset[DicomKind], Path, str]] = field(default_factory=list)
    problem: Exception | None = None
    gate: Event | None = None

    def check(self, item) -> None:
        if item.source.name.endswith(".png"):
            raise NoDicomFilm("a picture")

    def write(self, scored, kinds, folder, stem) -> None:
        if self.gate:
            self.gate.wait(60)
        if self.problem:
            raise self.problem
        self.written.append((scored, kinds, folder, stem))


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def at(qtbot, tmp_path: Path, writer: Writer):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.exported = []
        record = lambda *facts: made.exported.append(facts)  # noqa: E731 - one line is enough
        made.presenter.use(replace(made.backing(), record_export=record, make_dicom_writer=lambda: writer))
        made.open("one.dcm", "two.dcm", "three.png")
        qtbot.waitUntil(made.is_settled)
        yield made


@pytest.fixture
def results(at: Desk) -> DicomPresenter:
    (presenter,) = at.window.findChildren(DicomPresenter)
    return presenter


def test_the_film_on_the_screen_is_saved_as_it_is_seen(at: Desk, results, writer, tmp_path, qtbot) -> None:
    window = Window(100.0, 50.0)
    at.window.film.set_window(window)
    at.window.film.set_inverted(True)
    digest = at.window.film.radiograph.facts.sha256
    results._book.put(digest, FilmMarks((LENGTH,)))
    at.window.blocks.select_next_block(1)
    with qtbot.waitSignal(results.save(ResultChoice(Scope.FILM, frozenset(DicomKind)), tmp_path).succeeded):
        pass
    ((scored, kinds, folder, stem),) = writer.written
    assert scored.view.window is window and scored.view.is_inverted
    assert [(each.mark, each.words) for each in scored.view.marks] == [(LENGTH, ("10.0 pixels",))]
    assert scored.shown.label.startswith("block1: mean activation") and scored.shown.outlines
    assert (kinds, folder, stem) == (frozenset(DicomKind), tmp_path, digest[:16])
    assert at.exported == [("dicom", digest, True)]


def test_the_films_the_list_shows_are_saved_and_pictures_are_told(at: Desk, results, writer, tmp_path, qtbot) -> None:
    results.save(LISTED, tmp_path)
    qtbot.waitUntil(lambda: "1 is no DICOM film" in at.window.message_bar.sentence)
    assert "Results of 2 films are in" in at.window.message_bar.sentence
    assert {scored.source.name: scored.view.window for scored, *_ in writer.written} == {
        "one.dcm": at.window.film.shown_window,
        "two.dcm": None,
    }


def test_the_selected_films_are_saved(at: Desk, results, writer, tmp_path, qtbot) -> None:
    at.window.worklist._view.selection.select_all()
    at.window.worklist._view.selection.toggle(0)
    left = {at.item(number).source.name for number in at.window.worklist.selected_numbers}
    results.save(replace(LISTED, scope=Scope.SELECTED), tmp_path)
    qtbot.waitUntil(lambda: len(writer.written) == len(left) == 2)
    assert {scored.source.name for scored, *_ in writer.written} == left


def test_the_filter_narrows_what_is_saved(at: Desk, results, writer, tmp_path, qtbot) -> None:
    at.window.worklist._filter.setText("two")
    at.window.worklist._apply_filter()
    results.save(LISTED, tmp_path)
    qtbot.waitUntil(lambda: "Results of 1 film" in at.window.statusBar().currentMessage())
    assert [scored.source.name for scored, *_ in writer.written] == ["two.dcm"]


def test_the_act_asks_and_remembers(at: Desk, results, writer, tmp_path, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("radassist.gui.widgets.dialogs.choose_folder", lambda *_: tmp_path)
    at.window.actions_by_id["dicom_results"].trigger()
    dialog = at.window.findChild(DicomDialog)
    dialog.save_requested.emit(LISTED)
    dialog.reject()
    qtbot.waitUntil(lambda: len(writer.written) == 2)
    qtbot.waitUntil(lambda: bool(at.window.message_bar.sentence))
    assert ResultChoice.from_text(at.settings.text("results/dicom", "")) == LISTED


def test_a_disk_that_is_full_is_told_in_one_sentence(at: Desk, results, writer, tmp_path, qtbot) -> None:
    writer.problem = StoreError("out.dcm cannot be written: no space left on device.")
    results.save(LISTED, tmp_path)
    qtbot.waitUntil(lambda: "no space left" in at.window.message_bar.sentence)
    assert at.exported == []


def test_it_can_be_stopped_and_says_how_far_it_came(at: Desk, results, writer, tmp_path, qtbot) -> None:
    writer.gate = Event()
    job = results.save(LISTED, tmp_path)
    at.window.findChild(JobProgress).canceled.emit()
    with qtbot.waitSignal(job.finished):
        writer.gate.set()
    qtbot.waitUntil(lambda: "Stopped: the results of" in at.window.message_bar.sentence)


def test_nothing_is_told_of_films_that_were_not_answered_yet(at: Desk, results, writer, tmp_path) -> None:
    at.window.actions_by_id["blind_first"].trigger()
    for scope in Scope:
        assert results.save(replace(LISTED, scope=scope), tmp_path) is None
        assert "blind-first" in at.window.message_bar.sentence
    assert writer.written == []


def test_without_scored_films_nothing_is_asked(at: Desk, results) -> None:
    at.presenter.close_all()
    results.ask()
    assert "no scored film" in at.window.message_bar.sentence
    assert at.window.findChild(DicomDialog) is None
