"""What kind of sheet is wanted; the patient is never on it unasked."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from radassist.gui.sheet.sheet_dialog import SheetDialog


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.mark.parametrize("is_pdf", [True, False])
def test_the_choice_is_told_when_accepted(parent: QWidget, qtbot, is_pdf: bool) -> None:
    dialog = SheetDialog(parent, is_pdf=is_pdf)
    assert not dialog.patient.isChecked()
    dialog.patient.setChecked(is_pdf)
    with qtbot.waitSignal(dialog.accepted_as) as told:
        next(button for button in dialog.findChildren(QPushButton) if "Save" in button.text()).click()
    assert told.args == [is_pdf, is_pdf]


def test_every_line_of_its_words_can_be_read(parent: QWidget) -> None:
    dialog = SheetDialog(parent, is_pdf=True)
    dialog.show()
    (words, *_) = dialog.findChildren(QLabel)
    assert words.height() >= words.heightForWidth(words.width())
    dialog.reject()
