"""Two films: each with its own answer, whatever comes late; priors found and hung, and one key back."""

from pathlib import Path

import pytest
from helpers.fakes import FakeLoader, make_film
from helpers.windows import Desk, desk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from radassist.domain.errors import DecodeError
from radassist.domain.study import Identity
from radassist.gui.beside.beside_presenter import BesidePresenter
from radassist.gui.beside.second_side import SecondSide
from radassist.gui.findings.findings_text import headline, probability_and_threshold
from radassist.gui.worklist.film_reading import FilmReading
from radassist.gui.worklist.worklist_view import WorklistView

NOW = Identity(patient_id="P1", patient_name="DOE^JANE", study_date="20240510")
PRIOR = Identity(patient_id="P1", patient_name="DOE^JANE", study_date="20220110")
OTHER = Identity(patient_id="P2", patient_name="ROE^MARY", study_date="20210101")
PEOPLE = {"now.dcm": NOW, "prior.dcm": PRIOR, "other.dcm": OTHER}


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path):
    films = {name: make_film(name, identity=identity) for name, identity in PEOPLE.items()}
    with desk(tmp_path, FakeLoader(outcomes=films, identities=PEOPLE)) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        made.presenter.use(made.backing())
        made.open(*PEOPLE)
        qtbot.waitUntil(lambda: len(made.items()) == 3 and made.is_settled())
        made.window.actions_by_id["arrival_order"].trigger()
        qtbot.waitUntil(lambda: all(item.identity for item in made.items()))
        turn_to(made, qtbot, 0)
        yield made


def beside(at: Desk) -> BesidePresenter:
    return at.window.findChild(BesidePresenter)


def turn_to(at: Desk, qtbot: QtBot, number: int) -> None:
    at.window.worklist.select(number)
    qtbot.waitUntil(lambda: at.presenter.films.number == number and at.is_settled())


def names(at: Desk) -> tuple[str, str]:
    area = at.window.film_area
    return area.first_strip.words.title.split(" · ")[-1], area.second_strip.words.title.split(" · ")[-1]


def is_whole(at: Desk) -> bool:
    second = at.window.film_area.second
    return second.radiograph is not None and "%" in at.window.film_area.second_strip.words.answer


def test_one_key_hangs_the_prior_and_escape_takes_it_away(at: Desk, qtbot: QtBot) -> None:
    at.window.actions_by_id["two_films"].trigger()
    qtbot.waitUntil(lambda: is_whole(at))
    assert names(at) == ("now.dcm", "prior.dcm")
    assert at.window.film_area.second.radiograph.identity == PRIOR
    assert at.window.actions_by_id["two_films"].isChecked()
    qtbot.keyClick(at.window, Qt.Key.Key_Escape)
    assert not at.window.film_area.is_two and at.window.film_area.second.radiograph is None
    assert not at.window.actions_by_id["two_films"].isChecked()


def test_each_strip_tells_the_answer_to_its_own_film(at: Desk, qtbot: QtBot) -> None:
    beside(at).show_beside(2)
    qtbot.waitUntil(lambda: is_whole(at))
    area = at.window.film_area
    for strip, number in ((area.first_strip, 0), (area.second_strip, 2)):
        prediction = at.presenter.films.known(number).analysis.prediction
        assert strip.words.answer == f"{headline(prediction)} · {probability_and_threshold(prediction)[0]}"
    turn_to(at, qtbot, 1)
    assert names(at) == ("prior.dcm", "other.dcm")


def test_without_a_prior_it_says_so_and_hangs_nothing(at: Desk, qtbot: QtBot) -> None:
    turn_to(at, qtbot, 2)
    at.window.actions_by_id["two_films"].trigger()
    assert "No earlier film" in at.window.statusBar().currentMessage()
    assert not at.window.film_area.is_two and not at.window.actions_by_id["two_films"].isChecked()


def test_a_late_film_never_hangs_where_another_is_wanted(qtbot: QtBot, tmp_path: Path) -> None:
    loader = FakeLoader(held=frozenset({"b.dcm"}))
    with desk(tmp_path, loader) as at:
        qtbot.addWidget(at.window)
        at.window.show()
        at.settings.score_on_opening = False
        at.presenter.use(at.backing())
        at.open("a.dcm", "c.dcm", "d.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(at.items()) == 4 and at.presenter.films.current is not None)
        beside(at).show_beside(3)
        qtbot.waitUntil(lambda: "b.dcm" in loader.submitted)
        assert at.window.film_area.second_strip.words.answer == "Reading …"
        beside(at).show_beside(2)
        qtbot.waitUntil(lambda: is_whole(at))
        loader.release("b.dcm")
        qtbot.waitUntil(at.is_idle)
        assert names(at)[1] == "d.dcm"
        digest = at.window.film_area.second.radiograph.facts.sha256
        assert digest == make_film("d.dcm").facts.sha256


def test_a_film_kept_beside_stays_while_the_list_goes_on(at: Desk, qtbot: QtBot) -> None:
    at.window.actions_by_id["hold_beside"].trigger()
    turn_to(at, qtbot, 2)
    assert names(at) == ("other.dcm", "now.dcm")


def test_priors_hang_by_themselves_when_that_is_wanted_and_stay_away_when_sent_away(at: Desk, qtbot: QtBot) -> None:
    at.window.actions_by_id["hang_prior"].trigger()
    qtbot.waitUntil(lambda: names(at) == ("now.dcm", "prior.dcm"))
    turn_to(at, qtbot, 2)
    assert not at.window.film_area.is_two
    turn_to(at, qtbot, 0)
    qtbot.waitUntil(lambda: is_whole(at))
    at.window.findChild(SecondSide).close()
    at.presenter.films.shown.emit()
    assert not at.window.film_area.is_two
    assert at.settings.text("beside/prior_by_itself", "") == "true"


def test_what_cannot_be_read_says_why(at: Desk, qtbot: QtBot) -> None:
    at.loader.outcomes = {"bad.dcm": DecodeError("bad.dcm is cut short.")}
    at.open("bad.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 4 and at.is_settled())
    beside(at).show_beside(3)
    qtbot.waitUntil(lambda: at.window.film_area.second_strip.words.answer == "Not read")
    assert at.window.film_area.second.accessibleDescription() == "bad.dcm is cut short."


def test_closing_all_films_closes_both(at: Desk, qtbot: QtBot) -> None:
    beside(at).show_beside(1)
    at.presenter.close_all()
    assert not at.window.film_area.is_two and beside(at).number is None


def test_keys_act_on_the_film_touched_last(at: Desk, qtbot: QtBot) -> None:
    at.window.actions_by_id["link_moves"].trigger()
    beside(at).show_beside(1)
    qtbot.waitUntil(lambda: is_whole(at))
    area = at.window.film_area
    area._set_active(True)
    at.window.actions_by_id["flip_horizontally"].trigger()
    at.window.actions_by_id["window_lung"].trigger()
    assert area.second.orientation != area.first.orientation
    assert area.second.shown_window.name == "Lung" and area.first.shown_window.name != "Lung"


def test_the_menu_of_the_list_offers_to_show_a_film_beside(at: Desk, qtbot: QtBot, qapp) -> None:
    at.window.worklist.menu_requested.emit(2, QPoint(10, 10))
    menu = qapp.activePopupWidget()
    menu.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: is_whole(at))
    assert beside(at).number == 2


def test_the_film_on_the_screen_stays_there_when_the_menu_of_another_is_asked_for(at: Desk, qtbot: QtBot, qapp) -> None:
    view = at.window.findChild(WorklistView)
    place = view.visualRect(view.model().index(2, 0)).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.RightButton, pos=place)
    view.customContextMenuRequested.emit(place)
    menu = qapp.activePopupWidget()
    menu.actions()[0].trigger()
    menu.close()
    assert (at.presenter.films.number, beside(at).number) == (0, 2)


def test_the_map_over_the_first_film_lies_over_the_second_too(at: Desk, qtbot: QtBot) -> None:
    beside(at).show_beside(1)
    qtbot.waitUntil(lambda: is_whole(at))
    at.window.actions_by_id["next_block"].trigger()
    assert at.window.film_area.second._overlay is not None
    at.window.review_tabs.setCurrentIndex(1)
    assert at.window.film_area.second._overlay is None
    at.window.review_tabs.setCurrentIndex(0)
    at.window.blocks.set_overlay_visible(False)
    assert at.window.film_area.second._overlay is None


def test_findings_say_which_film_they_speak_of(at: Desk) -> None:
    beside(at).show_beside(1)
    assert at.window._docks[1].windowTitle() == "Findings and blocks · left film"
    at.window.findChild(SecondSide).close()
    assert at.window._docks[1].windowTitle() == "Findings and blocks"


def test_a_score_that_is_kept_from_the_reader_is_told_nowhere(at: Desk, qtbot: QtBot) -> None:
    at.window.actions_by_id["next_block"].trigger()
    beside(at).show_beside(1)
    qtbot.waitUntil(lambda: is_whole(at))
    at.window.worklist_model.set_reading(1, FilmReading(hides_score=True))
    at.presenter.films.show_again()
    assert at.window.film_area.second_strip.words.answer == "Your answer first"
    assert at.window.film_area.second._overlay is None
    assert "%" in at.window.film_area.first_strip.words.answer
