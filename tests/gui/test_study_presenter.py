"""A study is marked as reviewed by one key, and nothing that was said or is hidden changes with it."""

from contextlib import closing
from pathlib import Path

import pytest
from helpers.fakes import FakeLoader, make_film
from helpers.windows import Desk, desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from radassist.domain.reading import Opinion
from radassist.domain.study import Identity
from radassist.gui.worklist.film_reading import ReadState
from radassist.gui.worklist.worklist_model import Role
from radassist.gui.worklist.worklist_order import Order
from radassist.store.database import Database
from radassist.store.readings import StoredReadings

STUDIES = {"a.dcm": "1.1", "b.dcm": "1.1", "c.dcm": "1.2", "d.dcm": "1.1"}


@pytest.fixture
def at(qtbot, tmp_path: Path):
    films = {name: make_film(name, identity=Identity(study_uid=uid)) for name, uid in STUDIES.items()}
    with closing(Database(tmp_path / "results.sqlite")) as database, desk(tmp_path, FakeLoader(films)) as made:
        qtbot.addWidget(made.window)
        made.readings = StoredReadings(database)
        made.window.show()
        made.presenter.use(made.backing())
        made.open(*STUDIES)
        qtbot.waitUntil(lambda: len(made.items()) == 4 and made.is_settled())
        made.window.worklist.select(0)
        qtbot.waitUntil(made.is_settled)
        made.window.worklist.setFocus()
        yield made


def states(at: Desk) -> list[str]:
    return [at.window.worklist_model.reading(number).state.value for number in range(4)]


def press_mark(at: Desk) -> None:
    QTest.keyClick(at.window.worklist._view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)


def test_every_film_of_the_study_is_reviewed_and_no_other(at: Desk) -> None:
    press_mark(at)
    assert [state == ReadState.REVIEWED for state in states(at)] == [True, True, False, True]
    assert "The study is reviewed: 3 films." in at.window.statusBar().currentMessage()
    answers = [at.window.worklist_model.reading(number).answer for number in (0, 1, 3)]
    assert {answer.opinion for answer in answers if answer} == {Opinion.REVIEWED}
    assert not any(answer.is_blind for answer in answers if answer)


def test_one_step_takes_the_mark_back(at: Desk) -> None:
    press_mark(at)
    at.window.actions_by_id["undo"].trigger()
    assert ReadState.REVIEWED not in states(at)


def test_what_was_said_of_a_film_stands_and_enter_still_agrees(at: Desk) -> None:
    at.window.actions_by_id["disagree"].trigger()
    press_mark(at)
    assert at.window.worklist_model.reading(0).answer.opinion is Opinion.DISAGREE
    at.window.worklist.select(1)
    at.window.actions_by_id["agree_next"].trigger()
    assert at.window.worklist_model.reading(1).answer.opinion is Opinion.AGREE


def test_a_mark_reveals_no_score_in_a_blind_round(at: Desk) -> None:
    at.window.actions_by_id["blind_first"].trigger()
    press_mark(at)
    assert at.window.worklist_model.reading(0).answer.opinion is Opinion.REVIEWED
    assert all(at.window.worklist_model.reading(number).hides_score for number in range(4))


def test_the_heading_of_a_study_tells_how_far_it_is_read(at: Desk) -> None:
    at.window.worklist.set_order(Order.STUDY)
    at.window.actions_by_id["agree"].trigger()
    heading = at.window.worklist._rows.index(0, 0)
    assert "· 1 of 3 reviewed ·" in heading.data(Role.HEADING)
    press_mark(at)
    assert "· reviewed ·" in heading.data(Role.HEADING)
