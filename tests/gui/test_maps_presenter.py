"""Maps of all films of the list, saved from the window over a stand-in for the explainer."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.explanations import FakeExplainer
from helpers.windows import Desk, desk

from radassist.domain.errors import DecodeError
from radassist.gui.results.maps_presenter import MapsPresenter
from radassist.gui.widgets.job_progress import JobProgress
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        thread = InferenceThread(lambda: made.predictor)
        made.exported = []
        record = lambda *facts: made.exported.append(facts)  # noqa: E731 - one line is enough
        shared = SharedExplainer(thread, lambda predictor: FakeExplainer())
        made.presenter.use(replace(made.backing(), record_export=record, explainer=shared))
        made.open("one.dcm", "two films.dcm")
        qtbot.waitUntil(lambda: len(made.items()) == 2 and made.is_settled())
        qtbot.waitUntil(lambda: all(item.analysis for item in made.items()))
        yield made
        thread.close()


@pytest.fixture
def maps(at: Desk) -> MapsPresenter:
    return at.window.findChild(MapsPresenter)


def _folder(out: Path, film: str) -> Path:
    """Numbered in the order of the list."""
    (found,) = out.glob(f"000?_{film}")
    return found


def _told(folder: Path) -> dict:
    return json.loads((folder / "explanation.json").read_text(encoding="ascii"))


def test_every_scored_film_gets_a_folder_of_its_own_and_a_line_of_the_record(at: Desk, maps, tmp_path, qtbot) -> None:
    out = tmp_path / "maps"
    with qtbot.waitSignal(maps.save(out).succeeded):
        pass
    assert {_told(folder)["film"] for folder in out.iterdir()} == {"one.dcm", "two films.dcm"}
    kinds = {(one["block"], one["kind"]) for one in _told(_folder(out, "one"))["maps"]}
    assert kinds == {(block, kind) for block in ("block1", "block2") for kind in ("mean", "grad-cam")}
    assert set(at.exported) == {("explanation", item.film_sha256, False) for item in at.items()}
    assert "Maps of 2 films are in maps." in at.window.statusBar().currentMessage()


def test_a_film_that_cannot_be_read_any_more_is_told_and_the_others_are_written(
    at: Desk, maps, tmp_path, qtbot
) -> None:
    at.loader.outcomes = {"one.dcm": DecodeError("one.dcm is cut short.")}
    with qtbot.waitSignal(maps.save(tmp_path / "maps").succeeded):
        pass
    assert _told(_folder(tmp_path / "maps", "one"))["status"] == "failed"
    assert _told(_folder(tmp_path / "maps", "two_films"))["status"] == "explained"
    assert "1 could not be explained" in at.window.message_bar.sentence


def test_the_work_is_followed_and_can_be_stopped(at: Desk, maps, tmp_path, qtbot) -> None:
    job = maps.save(tmp_path / "maps")
    progress = at.window.findChild(JobProgress)
    with qtbot.waitSignal(job.cancelled):
        progress.canceled.emit()
    assert at.window.message_bar.sentence.startswith("Stopped: the maps of ")


def test_without_a_scored_film_there_is_nothing_to_explain(at: Desk, maps, tmp_path) -> None:
    at.presenter.close_all()
    maps.ask()

    assert maps.save(tmp_path / "maps") is None
    assert at.window.message_bar.sentence == "There is no scored film whose maps could be saved."
