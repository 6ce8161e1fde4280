import pytest
from PySide6.QtWidgets import QPushButton

from radassist.gui.widgets.offer_bar import OfferBar


@pytest.fixture
def bar(qtbot) -> OfferBar:
    made = OfferBar("Continue", "Not any more")
    qtbot.addWidget(made)
    return made


def test_it_is_hidden_until_there_is_something_to_offer(bar):
    assert bar.isHidden() and bar.sentence == ""
    bar.offer("<b>12</b> films wait.")
    assert not bar.isHidden()
    assert bar.sentence == bar.accessibleName() == "<b>12</b> films wait."


@pytest.mark.parametrize(("text", "signal"), [("Continue", "accepted"), ("Not any more", "declined")])
def test_an_answer_is_told_and_hides_it(qtbot, bar, text, signal):
    bar.offer("Films wait.")
    button = next(each for each in bar.findChildren(QPushButton) if each.text() == text)
    with qtbot.waitSignal(getattr(bar, signal)) as told:
        button.click()
    assert told.args == []
    assert bar.isHidden()
