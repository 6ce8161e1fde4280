"""The parts of reading share one book: two of them would contradict each other."""

from pathlib import Path

from helpers.windows import desk

from radassist.gui.reading.blind_presenter import BlindPresenter
from radassist.gui.reading.reading_book import ReadingBook


def test_there_is_one_book_for_all_parts(qtbot, tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        assert len(at.window.findChildren(ReadingBook)) == len(at.window.findChildren(BlindPresenter)) == 1
