from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from radassist.gui.blocks.knobs import channel_box, choice_row, combo_box, name_label, share_slider, value_label


def test_every_knob_has_a_name_and_a_tip(qtbot: QtBot) -> None:
    for knob in (share_slider("A share", "What of"), combo_box("A list", "Of what"), channel_box()):
        qtbot.addWidget(knob)
        assert knob.accessibleName()
        assert knob.toolTip()
        assert knob.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_one_of_a_row_of_choices_is_down(qtbot: QtBot) -> None:
    group, row = choice_row("Fruit", [("Apple", "Round"), ("Banana", "Long")])
    qtbot.addWidget(row)
    group.button(0).click()
    group.button(1).click()
    assert [button.isChecked() for button in group.buttons()] == [False, True]
    assert group.button(1).accessibleName() == "Fruit: Banana"


def test_words_are_plain_and_a_value_has_room_for_its_longest(qtbot: QtBot) -> None:
    name, value = name_label("<b>x</b>"), value_label("100 %")
    for label in (name, value):
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert value.minimumWidth() >= value.fontMetrics().horizontalAdvance("100 %")
