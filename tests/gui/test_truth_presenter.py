import csv
from pathlib import Path

import pytest
from helpers.fakes import FakePredictor, make_analysis, make_film
from helpers.windows import Desk, desk

from radassist.gui.truth.truth_dialog import TruthDialog
from radassist.gui.truth.truth_presenter import TruthPresenter
from radassist.gui.widgets import dialogs

FILMS = {"a.dcm": 0.97, "b.dcm": 0.02, "c.dcm": 0.93, "d.dcm": 0.1}


@pytest.fixture
def at(qtbot, tmp_path: Path):
    """A window on four scored films."""
    made = [make_analysis(make_film(name), probability=each) for name, each in FILMS.items()]
    with desk(tmp_path, predictor=FakePredictor(answers={one.film_sha256: one for one in made})) as sat:
        qtbot.addWidget(sat.window)
        sat.window.show()
        sat.presenter.use(sat.backing())
        sat.open(*FILMS)
        qtbot.waitUntil(lambda: len(sat.items()) == 4 and sat.is_settled() and sat.presenter.facts is not None)
        sat.presenter.start_queue()
        qtbot.waitUntil(lambda: all(item.analysis for item in sat.items()) and sat.is_settled())
        yield sat


@pytest.fixture
def labels(tmp_path: Path, monkeypatch) -> Path:
    """A table that the window is handed when it asks: b and c are called wrong."""
    table = tmp_path / "labels.csv"
    table.write_text("file,label\na.dcm,1\nb.dcm,1\nc.dcm,0\nd.dcm,0\n", encoding="utf-8")
    monkeypatch.setattr(dialogs, "choose_labels", lambda *_: table)
    return table


def _dialog(at: Desk) -> TruthDialog | None:
    shown = [dialog for dialog in at.window.findChildren(TruthDialog) if dialog.isVisible()]
    return shown[0] if shown else None


def _act(at: Desk) -> None:
    at.window.actions_by_id["audit_truth"].trigger()


def test_the_list_is_audited_and_a_click_turns_to_the_film(at: Desk, labels, qtbot) -> None:
    _act(at)
    qtbot.waitUntil(lambda: _dialog(at) is not None)
    films = _dialog(at).model.films
    assert {film.name for film in films} == {"b.dcm", "c.dcm"}
    _dialog(at).table.selectRow(0)
    assert at.window.worklist.selected_number == films[0].number


def test_the_films_are_written_at_the_threshold_on_the_screen(at: Desk, labels, qtbot, tmp_path, monkeypatch) -> None:
    target = tmp_path / "truth.csv"
    monkeypatch.setattr(dialogs, "choose_csv", lambda *_, what: target)
    _act(at)
    qtbot.waitUntil(lambda: _dialog(at) is not None)
    _dialog(at).panel.set_threshold(0.95)
    _dialog(at).export_requested.emit()
    qtbot.waitUntil(target.exists)
    with target.open(encoding="utf-8", newline="") as file:
        assert [row["disagrees"] for row in csv.DictReader(file)] == ["no", "yes", "no", "no"]


def test_a_table_that_cannot_be_used_is_told_in_its_sentence(at: Desk, labels, qtbot) -> None:
    labels.write_text("who,what\n", encoding="utf-8")
    _act(at)
    qtbot.waitUntil(lambda: "no column of films" in at.window.message_bar.sentence)
    assert _dialog(at) is None


def test_there_is_no_audit_while_scores_are_hidden(at: Desk, labels, qtbot) -> None:
    at.window.actions_by_id["blind_first"].trigger()
    _act(at)
    assert "have not answered yet" in at.window.message_bar.sentence
    at.window.findChild(TruthPresenter).audit(labels)
    assert at.window.findChild(TruthPresenter)._job is None and _dialog(at) is None


def test_blind_reading_puts_an_audit_away(at: Desk, labels, qtbot) -> None:
    _act(at)
    qtbot.waitUntil(lambda: _dialog(at) is not None)
    at.window.actions_by_id["blind_first"].trigger()
    assert _dialog(at) is None


def test_an_audit_of_a_list_that_is_gone_is_not_shown(at: Desk, labels, qtbot) -> None:
    _act(at)
    job = at.window.findChild(TruthPresenter)._job
    at.window.worklist_model.clear()
    with qtbot.waitSignal(job.finished):
        pass
    assert _dialog(at) is None
