"""Research use is accepted once."""

from pathlib import Path

from helpers.windows import desk
from PySide6.QtWidgets import QPushButton

from radassist.gui.welcome.tour import Tour
from radassist.gui.welcome.welcome_presenter import TERMS


def test_the_terms_stand_there_until_they_are_accepted_and_never_again(qtbot, tmp_path: Path) -> None:
    for is_first in (True, False):
        with desk(tmp_path) as at:
            qtbot.addWidget(at.window)
            assert at.window.welcome_bar.sentence == (TERMS if is_first else "")
            assert "All data stay on this machine." in TERMS
            at.window.welcome_bar.findChildren(QPushButton)[0].click()


def test_who_is_shown_round_sees_five_parts(qtbot, tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        at.window.show()
        at.window.welcome_bar.findChildren(QPushButton)[1].click()
        tour = at.window.findChild(Tour)
        for _ in range(4):
            tour.advance()
        assert tour.number == 4
        tour.close()
