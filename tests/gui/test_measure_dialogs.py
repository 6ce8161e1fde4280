"""What is asked while measuring, and who hears the answer."""

import pytest
from PySide6.QtWidgets import QWidget

from radassist.gui.measure.measure_dialogs import ask_true_length, ask_words


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_words_begin_with_those_there_are_and_are_told_when_accepted(parent: QWidget) -> None:
    told: list[str] = []
    dialog = ask_words(parent, "old", told.append)
    assert dialog.textValue() == "old" and dialog.isVisible()
    dialog.setTextValue("new")
    dialog.accept()
    assert told == ["new"]


def test_giving_up_tells_nothing(parent: QWidget) -> None:
    told: list[object] = []
    ask_words(parent, "old", told.append).reject()
    ask_true_length(parent, "12 pixels", 100.0, told.append).reject()
    assert told == []


def test_a_length_is_asked_in_millimetres(parent: QWidget) -> None:
    told: list[float] = []
    dialog = ask_true_length(parent, "203.1 pixels", 100.0, told.append)
    assert "203.1 pixels" in dialog.labelText() and "millimetres" in dialog.labelText()
    dialog.setDoubleValue(150.25)
    dialog.accept()
    assert told == [150.25]
