"""The dialog that sums a round up."""

import pytest
from PySide6.QtTest import QSignalSpy

from radassist.domain.reading_round import RoundFilm, RoundSummary
from radassist.gui.reading.round_dialog import RoundDialog

FILMS = (
    RoundFilm(3, "same.dcm", "NORMAL", "NORMAL", "NORMAL", "PNEUMONIA", 0.1),
    RoundFilm(7, "<b>changed.dcm</b>", "NORMAL", "PNEUMONIA", "PNEUMONIA", "PNEUMONIA", 0.75),
)


@pytest.fixture
def dialog(qtbot) -> RoundDialog:
    made = RoundDialog(RoundSummary(FILMS), 24)
    qtbot.addWidget(made)
    return made


def test_films_on_which_the_reader_changed_their_mind_come_first_as_they_are_called(dialog: RoundDialog) -> None:
    assert [dialog.table.item(row, 0).text() for row in range(2)] == ["<b>changed.dcm</b>", "same.dcm"]
    assert dialog.table.item(0, 0).font().bold() and not dialog.table.item(1, 0).font().bold()


def test_turning_to_a_row_turns_to_its_film(dialog: RoundDialog) -> None:
    chosen = QSignalSpy(dialog.film_chosen)
    dialog.table.setCurrentCell(1, 0)
    assert chosen.at(chosen.count() - 1) == [3]
