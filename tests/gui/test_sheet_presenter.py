"""Case sheets from the real window, in both kinds of file."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FakeLoader, make_film
from helpers.windows import Desk, desk
from PySide6.QtWidgets import QFileDialog

from radassist.domain.study import Identity
from radassist.gui.sheet.sheet_dialog import SheetDialog
from radassist.gui.sheet.sheet_presenter import SheetPresenter

FILM = make_film("one.dcm", identity=Identity(patient_name="WINTERBOTTOM^ANASTASIA"))


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path, FakeLoader({"one.dcm": FILM})) as made:
        qtbot.addWidget(made.window)
        made.exported = []
        made.presenter.use(replace(made.backing(), record_export=lambda *facts: made.exported.append(facts)))
        made.open("one.dcm")
        qtbot.waitUntil(made.is_settled)
        yield made


@pytest.fixture
def sheets(at: Desk) -> SheetPresenter:
    (presenter,) = at.window.findChildren(SheetPresenter)
    return presenter


def is_written(at: Desk) -> bool:
    return "is written" in at.window.statusBar().currentMessage()


def test_an_html_sheet_has_film_map_answer_and_no_patient(
    at: Desk, sheets: SheetPresenter, tmp_path: Path, qtbot
) -> None:
    at.window.blocks.set_overlay_visible(True)
    sheets.save(tmp_path / "sheet.html", is_patient_wanted=False)
    qtbot.waitUntil(lambda: is_written(at))
    html = (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert html.count("<img ") == 4 and "uspected" in html and "Fake model" in html
    assert "ANASTASIA" not in html
    assert at.exported == [("sheet", FILM.facts.sha256, False)]


def test_a_pdf_sheet_is_one_page_and_names_the_patient_when_asked(
    at: Desk, sheets: SheetPresenter, tmp_path: Path, qtbot
) -> None:
    sheets.save(tmp_path / "sheet.pdf", is_patient_wanted=True)
    qtbot.waitUntil(lambda: is_written(at))
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert at.exported == [("sheet", FILM.facts.sha256, True)]


def test_a_folder_that_is_gone_is_told(at: Desk, sheets: SheetPresenter, tmp_path: Path, qtbot) -> None:
    sheets.save(tmp_path / "gone" / "sheet.html", is_patient_wanted=False)
    qtbot.waitUntil(lambda: "folder does not exist" in at.window.message_bar.sentence)
    assert at.exported == []


def test_the_act_asks_for_kind_and_place_and_remembers_the_kind(
    at: Desk, sheets: SheetPresenter, tmp_path: Path, qtbot
) -> None:
    at.window.actions_by_id["case_sheet"].trigger()
    dialog = at.window.findChild(SheetDialog)
    assert dialog.pdf.isChecked()
    dialog.accepted_as.emit(False, False)
    dialog.reject()
    chooser = at.window.findChild(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "mine"))
    chooser.reject()
    qtbot.waitUntil(lambda: is_written(at))
    assert (tmp_path / "mine.html").exists()
    assert at.settings.text("sheet/format", "") == "html"


def test_without_a_film_there_is_no_sheet(at: Desk, sheets: SheetPresenter, tmp_path: Path) -> None:
    at.presenter.close_all()
    sheets.ask()
    sheets.save(tmp_path / "sheet.html", is_patient_wanted=False)
    assert at.window.findChildren(SheetDialog) == [] and not (tmp_path / "sheet.html").exists()
