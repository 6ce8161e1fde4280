"""The tag browser: search, copying, and hostile texts that stay texts."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QTreeWidgetItemIterator
from pytestqt.qtbot import QtBot

from radassist.domain.errors import DecodeError
from radassist.domain.tags import TagList, TagRow
from radassist.gui.tags.tags_dialog import TagsDialog

ROWS = (
    TagRow(0, "(0008,0060)", "CS", "Modality", "CR"),
    TagRow(0, "(0008,1115)", "SQ", "Referenced Series Sequence", "1 item"),
    TagRow(1, "", "", "Item 1", "1 element"),
    TagRow(2, "(0008,103E)", "LO", "Series Description", "needle"),
    TagRow(0, "(0010,0010)", "PN", "Patient's Name", "<b>Å</b><img src='file:///etc/hostname'>"),
)


@pytest.fixture
def dialog(qtbot: QtBot) -> TagsDialog:
    made = TagsDialog("film.dcm")
    qtbot.addWidget(made)
    made.show_tags(TagList("DICOM", ROWS))
    made.show()
    return made


def shown(dialog: TagsDialog) -> list[str]:
    walk = QTreeWidgetItemIterator(dialog.tree, QTreeWidgetItemIterator.IteratorFlag.NotHidden)
    names = []
    while walk.value():
        names.append(walk.value().text(2))
        walk += 1
    return names


def test_every_tag_is_listed_and_sequences_lie_below_their_tag(dialog: TagsDialog) -> None:
    assert shown(dialog) == [row.name for row in ROWS]
    sequence = dialog.tree.topLevelItem(1)
    assert sequence.child(0).text(2) == "Item 1" and sequence.child(0).child(0).text(3) == "needle"
    assert dialog.state.text() == "5 rows"


def test_a_search_finds_name_tag_and_value_and_opens_the_sequence(dialog: TagsDialog) -> None:
    dialog.search.setText("needle")
    assert shown(dialog) == ["Referenced Series Sequence", "Item 1", "Series Description"]
    assert dialog.tree.topLevelItem(1).isExpanded()
    assert dialog.state.text() == "3 of 5 rows"
    dialog.search.setText("0010,0010")
    assert shown(dialog) == ["Patient's Name"]
    dialog.search.setText("MODALITY cr")
    assert shown(dialog) == ["Modality"]
    dialog.search.clear()
    assert len(shown(dialog)) == 5


def test_value_and_row_are_copied(dialog: TagsDialog) -> None:
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(0))
    copy_value, copy_row = dialog.tree.actions()
    copy_value.trigger()
    assert QGuiApplication.clipboard().text() == "CR"
    copy_row.trigger()
    assert QGuiApplication.clipboard().text() == "(0008,0060)\tCS\tModality\tCR"


def test_markup_in_a_value_is_shown_as_its_characters(dialog: TagsDialog) -> None:
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(2))
    assert dialog.findChild(QPlainTextEdit).toPlainText() == ROWS[-1].value


def test_a_list_that_was_cut_says_so(dialog: TagsDialog) -> None:
    dialog.show_tags(TagList("DICOM", (), is_cut=True))
    assert "the list is cut here" in dialog.state.text()


def test_why_there_are_no_tags_is_told(qtbot: QtBot) -> None:
    empty = TagsDialog("film.dcm")
    qtbot.addWidget(empty)
    empty.show_failure(DecodeError("film.dcm is empty."))
    assert empty.state.text() == "film.dcm is empty."


def test_a_title_is_one_harmless_line(qtbot: QtBot) -> None:
    empty = TagsDialog("a\nb[*]\u202e.dcm")
    qtbot.addWidget(empty)
    assert empty.windowTitle() == "Tags of a b.dcm"
