"""The dialog that chooses the model."""

from dataclasses import replace

import pytest
from helpers.explanations import NETWORK

from radassist.domain.model_sheet import ModelSheet, SheetTable
from radassist.gui.models.models_dialog import ModelsDialog
from radassist.gui.theme import load_theme

SHEETS = (
    ModelSheet("one", "Model one", (SheetTable("Model", (("labels", "A, B"),)),), is_default=True),
    ModelSheet("two", "Model two", ()),
)


@pytest.fixture
def dialog(qtbot) -> ModelsDialog:
    made = ModelsDialog(load_theme("light"))
    qtbot.addWidget(made)
    return made


def test_the_model_in_use_is_marked_and_its_card_shown(dialog: ModelsDialog) -> None:
    dialog.show_sheets(SHEETS, in_use="two", device="cpu")

    assert dialog.list.currentItem().text() == "two  (in use)"
    assert dialog.list.item(0).text() == "one  (default)"
    assert "Model two" in dialog.page.toPlainText()
    assert dialog.device.currentData() == "cpu"


def test_choosing_gives_model_and_device(dialog: ModelsDialog, qtbot) -> None:
    dialog.show_sheets(SHEETS, in_use="two", device="unheard-of")
    dialog.list.setCurrentRow(0)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.use_button.click()

    assert chosen.args == ["one", "auto"]


def test_nothing_can_be_chosen_while_something_hinders(dialog: ModelsDialog) -> None:
    dialog.show_sheets(SHEETS, in_use="", device="auto", hindrance="The queue is running.")

    assert not dialog.use_button.isEnabled()
    assert dialog.hint.text() == "The queue is running."


def test_without_models_there_is_nothing_to_choose(dialog: ModelsDialog) -> None:
    dialog.show_sheets((), in_use="", device="auto")

    assert not dialog.use_button.isEnabled()


def test_the_network_of_the_marked_model_is_asked_for_once_when_it_is_looked_at(dialog: ModelsDialog, qtbot) -> None:
    wanted: list[str] = []
    dialog.network_wanted.connect(wanted.append)
    dialog.show_sheets(SHEETS, in_use="two", device="cpu")
    assert wanted == []
    dialog.tabs.setCurrentWidget(dialog.network)
    dialog.list.setCurrentRow(0)
    dialog.list.setCurrentRow(1)
    assert wanted == ["two", "one"]
    assert dialog.network.title.text() == "Looking through the network …"
    dialog.take_network("one", replace(NETWORK, model="one"))
    assert dialog.network.facts is None
    dialog.take_network("two", replace(NETWORK, model="two"))
    assert dialog.network.facts.model == "two"
    dialog.list.setCurrentRow(0)
    assert dialog.network.facts.model == "one" and wanted == ["two", "one"]


def test_a_network_that_cannot_be_read_says_why(dialog: ModelsDialog) -> None:
    dialog.show_sheets(SHEETS, in_use="two", device="cpu")
    dialog.tabs.setCurrentWidget(dialog.network)
    dialog.take_network("two", "Layer tables need torch.")
    assert dialog.network.title.text() == "Layer tables need torch."
