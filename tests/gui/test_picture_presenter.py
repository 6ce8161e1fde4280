"""Saving and copying pictures from the real window."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.windows import Desk, desk
from PIL import Image
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from radassist.gui.pictures.film_picture import PictureChoice, PictureSize
from radassist.gui.pictures.picture_dialog import PictureDialog
from radassist.gui.pictures.picture_presenter import PicturePresenter, as_rgb

VIEW = PictureChoice(PictureSize.VIEW)


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.exported = []
        backing = replace(made.backing(), record_export=lambda *facts: made.exported.append(facts))
        made.presenter.use(backing)
        made.open("one.dcm")
        qtbot.waitUntil(made.is_settled)
        yield made


@pytest.fixture
def pictures(at: Desk) -> PicturePresenter:
    (presenter,) = at.window.findChildren(PicturePresenter)
    return presenter


def test_a_picture_is_written_and_recorded_without_naming_anybody(
    at: Desk, pictures: PicturePresenter, tmp_path: Path, qtbot
) -> None:
    target = tmp_path / "film.png"
    pictures.save(PictureChoice(), target)
    qtbot.waitUntil(lambda: "film.png" in at.window.statusBar().currentMessage())
    with Image.open(target) as image:
        assert max(image.size) >= 600  # a tiny film is enlarged, so that the research line has room
    assert at.exported == [("picture", at.window.film.radiograph.facts.sha256, False)]


def test_a_target_that_cannot_be_written_is_told_in_one_sentence(
    at: Desk, pictures: PicturePresenter, tmp_path: Path, qtbot
) -> None:
    pictures.save(PictureChoice(), tmp_path / "gone" / "film.png")
    qtbot.waitUntil(lambda: "its folder does not exist" in at.window.message_bar.sentence)
    assert at.exported == []


def test_a_copy_is_on_the_clipboard_and_the_choice_is_remembered(at: Desk, pictures: PicturePresenter) -> None:
    pictures.copy(replace(VIEW, patient=True))
    image = QGuiApplication.clipboard().image()
    assert image.size() == at.window.film.viewport().size()
    at.window.actions_by_id["copy_picture"].trigger()
    assert QGuiApplication.clipboard().image().size() == image.size()
    assert PictureChoice.from_text(at.settings.text("picture/choice", "")) == VIEW


def test_the_act_asks_with_the_remembered_choice_then_for_a_place(
    at: Desk, pictures: PicturePresenter, tmp_path: Path, qtbot
) -> None:
    at.settings.set_text("picture/choice", VIEW.to_text())
    at.window.actions_by_id["export_picture"].trigger()
    dialog = at.window.findChild(PictureDialog)
    assert dialog.choice == VIEW
    dialog.save_requested.emit(dialog.choice)
    dialog.reject()
    chooser = at.window.findChild(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "without-ending"))
    chooser.reject()
    qtbot.waitUntil((tmp_path / "without-ending.png").exists)
    qtbot.waitUntil(lambda: "written" in at.window.statusBar().currentMessage())
    assert at.settings.last_folder == str(tmp_path)


def test_without_a_film_nothing_is_asked_or_written(at: Desk, pictures: PicturePresenter, tmp_path: Path) -> None:
    at.presenter.close_all()
    pictures.ask()
    pictures.copy(VIEW)
    pictures.save(VIEW, tmp_path / "film.png")
    assert at.window.findChildren(PictureDialog) == [] and not (tmp_path / "film.png").exists()


def test_a_picture_becomes_rows_of_red_green_and_blue() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    assert (as_rgb(image) == np.array([10, 20, 30])).all() and as_rgb(image).shape == (2, 3, 3)
