"""The page of a model's card."""

from radassist.domain.model_sheet import ModelSheet, SheetTable
from radassist.gui.models.model_page import ModelPage
from radassist.gui.theme import load_theme


def test_what_a_card_holds_is_shown_as_text_and_never_as_markup(qtbot) -> None:
    page = ModelPage(load_theme("dark"))
    qtbot.addWidget(page)
    evil = "<img src='file:///etc/passwd'><b>bold</b>"
    page.show_sheet(ModelSheet("m", evil, (SheetTable(evil, ((evil, evil),)),), (evil,)), is_in_use=True)

    assert page.toPlainText().count(evil) == 5
    assert "in use" in page.toPlainText()
