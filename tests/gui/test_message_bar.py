"""The sentence above the film."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from radassist.gui.widgets.message_bar import MessageBar


def test_a_sentence_stays_until_it_is_dismissed(qtbot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    assert bar.sentence == ""
    bar.say("results.csv cannot be written.")
    assert bar.sentence == "results.csv cannot be written."
    qtbot.mouseClick(bar.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert bar.sentence == "" and bar.isHidden()


def test_markup_is_shown_as_it_stands(qtbot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.say("<img src='/etc/passwd'> & <b>bold</b>")
    assert bar.findChild(QLabel).textFormat() is Qt.TextFormat.PlainText
