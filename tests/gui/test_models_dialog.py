"""The dialog that chooses the model."""

import pytest

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
