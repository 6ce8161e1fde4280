"""Life size on the screen, and measurements as a file."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FakeLoader, make_film
from helpers.windows import Desk, desk
from PySide6.QtWidgets import QFileDialog

from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.domain.radiograph import PixelSpacing, SpacingSource
from radassist.gui.measure.measure_presenter import MeasurePresenter
from radassist.gui.measure.scale_acts import ScaleActs

FILM = replace(make_film("one.dcm"), spacing=PixelSpacing(0.5, 0.5, SpacingSource.AT_DETECTOR))


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path, FakeLoader({"one.dcm": FILM})) as made:
        qtbot.addWidget(made.window)
        made.exported = []
        made.presenter.use(replace(made.backing(), record_export=lambda *facts: made.exported.append(facts)))
        made.window.show()
        made.open("one.dcm")
        qtbot.waitUntil(made.is_settled)
        yield made


def draw(at: Desk) -> None:
    (measure,) = at.window.findChildren(MeasurePresenter)
    measure.first.add(Mark(MarkKind.LENGTH, (Point(0, 0), Point(30, 40))))


def test_at_true_size_a_millimetre_is_a_millimetre(at: Desk) -> None:
    at.window.actions_by_id["true_size"].trigger()
    film = at.window.film
    screen = film.screen()
    dots_per_mm = screen.size().width() * screen.devicePixelRatio() / screen.physicalSize().width()
    assert film.zoom == pytest.approx(0.5 * dots_per_mm)
    assert "at detector" in at.window.statusBar().currentMessage()


def test_a_film_without_a_pixel_size_has_no_true_size_and_that_is_said(at: Desk) -> None:
    at.window.film.set_radiograph(replace(FILM, spacing=None))
    at.window.actions_by_id["true_size"].trigger()
    assert at.window.film.is_fitted and "There is no true size" in at.window.message_bar.sentence


def test_measurements_are_written_and_recorded(at: Desk, tmp_path: Path, qtbot) -> None:
    draw(at)
    at.window.actions_by_id["export_measurements"].trigger()
    chooser = at.window.findChild(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "m.json"))
    chooser.reject()
    qtbot.waitUntil(lambda: "m.json" in at.window.statusBar().currentMessage())
    (mark,) = json.loads((tmp_path / "m.json").read_text())["marks"]
    assert mark["quantities"][0] == {"name": "length", "value": 25.0, "unit": "mm", "basis": "at detector"}
    assert at.exported == [("measurements", FILM.facts.sha256, False)]


def test_a_folder_that_is_gone_is_told(at: Desk, tmp_path: Path, qtbot) -> None:
    draw(at)
    (acts,) = at.window.findChildren(ScaleActs)
    acts.save(tmp_path / "gone" / "m.csv")
    qtbot.waitUntil(lambda: "folder does not exist" in at.window.message_bar.sentence)


def test_there_is_nothing_to_write_before_something_is_drawn_and_nothing_without_a_film(
    at: Desk, tmp_path: Path
) -> None:
    assert not at.window.actions_by_id["export_measurements"].isEnabled()
    at.presenter.close_all()
    (acts,) = at.window.findChildren(ScaleActs)
    acts.save(tmp_path / "m.csv")
    acts.show_true_size()
    assert not (tmp_path / "m.csv").exists()
