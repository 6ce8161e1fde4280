"""The search of an archive as it is seen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from radassist.domain.archive import MOST_STUDIES, FoundStudy, QueryTexts
from radassist.gui.archive.search_dialog import SearchDialog, texts_from_setting, texts_to_setting

TEXTS = QueryTexts("Larch", "RAD-8", "2024-01-31", "", "DX", "chest")
STUDIES = (
    FoundStudy("1.2", "Larch^Arvid", "RAD-8", "20240911", "DX\\SR", "<b>Chest</b>\n", 2),
    FoundStudy("1.3", "Oak^Hugo", "RAD-9", "?", "CR", "Chest"),
)


@pytest.fixture
def dialog(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = SearchDialog("ORTHANC@127.0.0.1:4242", TEXTS, parent, asks_password=False)
    made.show()
    yield made
    made.close()


def test_the_query_of_last_time_stands_there_and_return_asks_it(dialog: SearchDialog, qtbot) -> None:
    assert dialog.texts == TEXTS == texts_from_setting(texts_to_setting(TEXTS))
    with qtbot.waitSignal(dialog.search_requested) as asked:
        qtbot.keyClick(dialog.lines["patient_name"], Qt.Key.Key_Return)
    assert asked.args == [TEXTS]


def test_studies_are_listed_as_plain_lines_and_the_marked_ones_are_retrieved(dialog: SearchDialog, qtbot) -> None:
    assert not dialog.retrieve.isEnabled()
    dialog.show_studies(STUDIES)
    row = [dialog.table.item(0, column).text() for column in range(6)]
    assert row == ["Larch, Arvid", "RAD-8", "2024-09-11", "DX, SR", "<b>Chest</b>", "2"]
    assert dialog.words.text() == "2 studies match."
    dialog.table.selectAll()
    with qtbot.waitSignal(dialog.retrieve_requested) as wanted:
        dialog.retrieve.click()
    assert wanted.args == [list(STUDIES)]


def test_while_something_is_under_way_nothing_else_is_asked_and_it_can_be_stopped(dialog: SearchDialog, qtbot) -> None:
    dialog.show_studies(STUDIES)
    dialog.show_busy("Retrieving …", 1, 3)
    assert not dialog.search.isEnabled() and not dialog.retrieve.isEnabled()
    with qtbot.waitSignal(dialog.stop_requested):
        dialog.busy.cancel.click()
    dialog.show_words("Stopped.")
    assert dialog.search.isEnabled() and dialog.busy.isHidden()


@pytest.mark.parametrize(("count", "words"), [(0, "Nothing"), (1, "1 study"), (MOST_STUDIES, "The first 200")])
def test_how_many_match_is_said(dialog: SearchDialog, count: int, words: str) -> None:
    dialog.show_studies([FoundStudy(f"1.{number}") for number in range(count)])
    assert dialog.words.text().startswith(words)
    assert dialog.words.textFormat() is Qt.TextFormat.PlainText


def test_a_password_is_asked_for_where_there_is_a_user_and_is_not_shown(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SearchDialog("https://pacs.example", TEXTS, parent, asks_password=True)
    assert dialog.password.parent() is dialog and dialog.password.echoMode() is QLineEdit.EchoMode.Password
    assert "Password" in [label.text() for label in dialog.findChildren(QLabel)]


@pytest.mark.parametrize("text", ["", "[]", '{"unknown": "1"}', "{"])
def test_a_damaged_setting_is_an_empty_query(text: str) -> None:
    assert texts_from_setting(text) == QueryTexts()
