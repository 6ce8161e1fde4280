"""The form for receiving films."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from radassist.domain.node_choice import NodeChoice
from radassist.gui.node.node_dialog import NodeDialog

CHOICE = NodeChoice(True, "HERE", "127.0.0.1", 1104, ("A", "B C"), "ARCHIVE@10.0.0.1:104")


@pytest.fixture
def make(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return lambda choice: NodeDialog(choice, parent)


def ok(dialog: NodeDialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_what_is_shown_is_given_back(make, qtbot) -> None:
    dialog = make(CHOICE)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        ok(dialog).click()
    assert chosen.args == [CHOICE]


def test_names_are_split_at_commas(make) -> None:
    dialog = make(NodeChoice())
    dialog.callers.setText(" A ,B C,, ")
    assert dialog.choice.callers == ("A", "B C")


def test_it_cannot_be_switched_on_for_nobody(make) -> None:
    dialog = make(NodeChoice())
    assert ok(dialog).isEnabled()
    dialog.is_on.click()
    assert not ok(dialog).isEnabled()
    assert "at least one system" in dialog._warning.text()
    dialog.callers.setText("A")
    assert ok(dialog).isEnabled()
    assert dialog._warning.text() == ""


def test_an_address_that_others_reach_is_warned_of(make) -> None:
    dialog = make(CHOICE)
    dialog.host.setText("0.0.0.0")
    assert "Other machines can reach" in dialog._warning.text()


def test_every_field_has_a_name_for_those_who_do_not_see_it(make) -> None:
    dialog = make(CHOICE)
    fields = (dialog.callers, dialog.title, dialog.host, dialog.port, dialog.send_to)
    assert all(field.accessibleName() for field in fields)
