"""The choice of a picture, its preview, and what becomes of it."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from radassist.gui.pictures.film_picture import PictureChoice, PictureSize
from radassist.gui.pictures.picture_dialog import PictureDialog


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def opened(parent: QWidget, choice: PictureChoice, *, is_burned_in: bool = False) -> tuple[PictureDialog, list]:
    asked: list[PictureChoice] = []

    def make(choice: PictureChoice) -> QImage:
        asked.append(choice)
        return QImage(640, 480, QImage.Format.Format_RGB32)

    return PictureDialog(choice, make, parent, is_burned_in=is_burned_in), asked


def press(dialog: PictureDialog, words: str) -> None:
    next(button for button in dialog.findChildren(QPushButton) if words in button.text()).click()


def test_it_begins_with_what_was_chosen_and_previews_every_change(parent: QWidget) -> None:
    dialog, asked = opened(parent, PictureChoice(PictureSize.VIEW, overlay=False))
    assert dialog.choice == PictureChoice(PictureSize.VIEW, overlay=False)
    dialog.patient.setChecked(True)
    dialog.film_size.setChecked(True)
    assert asked[-1] == PictureChoice(PictureSize.FILM, overlay=False, patient=True)
    assert any("640 × 480" in label.text() for label in dialog.findChildren(QLabel))


def test_save_and_copy_tell_the_choice(parent: QWidget, qtbot) -> None:
    for words, signal in (("Save", "save_requested"), ("Copy", "copy_requested")):
        dialog, _ = opened(parent, PictureChoice())
        dialog.marks.setChecked(False)
        with qtbot.waitSignal(getattr(dialog, signal)) as told:
            press(dialog, words)
        assert told.args == [PictureChoice(marks=False)]


def test_giving_up_tells_nothing(parent: QWidget, qtbot) -> None:
    dialog, _ = opened(parent, PictureChoice())
    with qtbot.assertNotEmitted(dialog.save_requested), qtbot.assertNotEmitted(dialog.copy_requested):
        press(dialog, "Cancel")


def test_writing_that_is_part_of_the_film_is_warned_of(parent: QWidget) -> None:
    dialog, _ = opened(parent, PictureChoice(), is_burned_in=True)
    assert any("part of the film itself" in label.text() for label in dialog.findChildren(QLabel))
