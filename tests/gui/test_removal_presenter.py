"""Selected films are taken off the list, and another one comes onto the screen where it must."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.windows import Desk, desk

from radassist.gui.beside.beside_presenter import BesidePresenter
from radassist.gui.worklist.film_reading import ReadState
from radassist.gui.worklist.worklist_order import Order


@pytest.fixture
def at(qtbot, tmp_path: Path) -> Iterator[Desk]:
    """Five scored films in the order of arrival; film 2 is on the screen."""
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        made.presenter.use(made.backing())
        made.open(*(f"{name}.dcm" for name in "abcde"))
        qtbot.waitUntil(lambda: len(made.items()) == 5 and made.is_settled())
        made.window.worklist.set_order(Order.ARRIVAL)
        made.window.worklist.select(2)
        qtbot.waitUntil(made.is_settled)
        yield made


def close_rows(at: Desk, first: int, last: int) -> None:
    selection = at.window.worklist._view.selection
    selection.toggle(first)
    selection.extend_to(last)
    at.window.actions_by_id["close_selected"].trigger()


def numbers(at: Desk) -> list[int]:
    return [item.number for item in at.items()]


def test_the_selected_films_go_and_the_one_on_the_screen_stays(at: Desk) -> None:
    film = at.window.film.radiograph
    close_rows(at, 0, 1)
    assert numbers(at) == [2, 3, 4]
    assert (at.presenter.films.number, at.window.worklist.selected_number) == (2, 2)
    assert at.window.film.radiograph is film
    assert at.window.worklist.selected_numbers == (2,)
    assert "2 films are off the list" in at.window.statusBar().currentMessage()


@pytest.mark.parametrize(("first", "last", "shown"), [(1, 3, 4), (2, 4, 1), (2, 2, 3)])
def test_the_next_film_that_stays_takes_the_place_of_the_one_on_the_screen(at: Desk, first, last, shown, qtbot) -> None:
    close_rows(at, first, last)
    assert (at.presenter.films.number, at.window.worklist.selected_number) == (shown, shown)
    qtbot.waitUntil(at.is_settled)
    assert at.window.film.radiograph is at.presenter.films.current.radiograph


def test_all_films_selected_leave_an_empty_list(at: Desk) -> None:
    close_rows(at, 0, 4)
    assert (numbers(at), at.presenter.films.number, at.window.film.radiograph) == ([], None, None)
    assert not at.window.actions_by_id["close_selected"].isEnabled()


def test_the_screen_is_empty_where_the_filter_hides_all_that_stays(at: Desk) -> None:
    at.window.worklist._filter.setText("c.dcm")
    at.window.worklist._apply_filter()
    close_rows(at, 0, 0)
    assert (numbers(at), at.presenter.films.number) == ([0, 1, 3, 4], None)


def test_a_running_queue_keeps_its_films(at: Desk, monkeypatch) -> None:
    monkeypatch.setattr(type(at.presenter.queue), "is_running", property(lambda _: True))
    close_rows(at, 0, 1)
    assert len(at.items()) == 5
    assert "A queue is running" in at.window.message_bar.sentence


def test_a_film_that_hangs_beside_goes_with_its_row(at: Desk) -> None:
    beside = at.window.findChild(BesidePresenter)
    beside.show_beside(4)
    close_rows(at, 0, 1)
    assert (beside.number, at.window.film_area.is_two) == (4, True)
    close_rows(at, 2, 2)
    assert (beside.number, at.window.film_area.is_two) == (None, False)


def test_films_that_stay_keep_their_reading_state_and_table(at: Desk, qtbot) -> None:
    before = at.window.worklist_model.reading(2).state
    close_rows(at, 3, 4)
    at.presenter.films.show_again()
    assert at.window.worklist_model.reading(2).state is before is ReadState.OPENED
    assert sum(at.window.worklist_model.counts.values()) == 3


def test_films_opened_afterwards_get_numbers_of_their_own(at: Desk, qtbot) -> None:
    close_rows(at, 3, 4)
    at.open("f.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 4 and at.is_settled())
    assert numbers(at) == [0, 1, 2, 5]
