"""Reading ahead within bounds."""

import pytest
from helpers.fakes import FakeLoader, make_film, make_items

from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import DecodeError
from radassist.domain.prepared import InputShape
from radassist.workflow.read_ahead import ReadAhead, ReadFilm, UnreadFilm

SHAPE = InputShape(32, 32)


def start_all(ahead: ReadAhead) -> list[str]:
    names = []
    while (item := ahead.start_next()) is not None:
        names.append(item.source.name)
    return names


def test_no_more_films_are_started_than_may_be_ahead():
    ahead = ReadAhead(make_items("a", "b", "c"), FakeLoader(), SHAPE, films_ahead=2)

    assert start_all(ahead) == ["a", "b"]
    assert start_all(ahead) == []


def test_films_come_prepared_for_the_network():
    ahead = ReadAhead(make_items("a"), FakeLoader(), SHAPE, films_ahead=2)
    start_all(ahead)

    (read,) = ahead.collect(0)

    assert isinstance(read, ReadFilm)
    assert read.film.shape == SHAPE
    assert read.film.facts == make_film("a").facts


def test_a_film_counts_until_it_is_forgotten():
    ahead = ReadAhead(make_items("a", "b", "c"), FakeLoader(), SHAPE, films_ahead=2)
    start_all(ahead)
    read = ahead.collect(0)
    assert start_all(ahead) == []

    ahead.forget(read[:1])

    assert start_all(ahead) == ["c"]


def test_unread_films_take_no_room():
    loader = FakeLoader({"a": DecodeError("a is damaged.")})
    ahead = ReadAhead(make_items("a", "b"), loader, SHAPE, films_ahead=1)
    start_all(ahead)

    (unread,) = ahead.collect(0)

    assert isinstance(unread, UnreadFilm)
    assert str(unread.error) == "a is damaged."
    assert start_all(ahead) == ["b"]


@pytest.mark.parametrize("names", [(), ("a",)])
def test_collecting_returns_in_time_when_nothing_is_read(names):
    ahead = ReadAhead(make_items(*names), FakeLoader(held=frozenset(names)), SHAPE, films_ahead=2)
    start_all(ahead)

    assert ahead.collect(0.01) == []


def test_a_loader_closed_meanwhile_cancels_and_fails_no_film():
    loader = FakeLoader(held=frozenset({"a"}))
    ahead = ReadAhead(make_items("a"), loader, SHAPE, films_ahead=2)
    start_all(ahead)
    loader._open["a"].cancel()

    with pytest.raises(Cancelled):
        ahead.collect(0)


def test_a_film_being_read_when_the_loader_closed_cancels_too():
    ahead = ReadAhead(make_items("a"), FakeLoader({"a": Cancelled()}), SHAPE, films_ahead=2)
    start_all(ahead)

    with pytest.raises(Cancelled):
        ahead.collect(0)


def test_closing_gives_up_readings_that_have_not_begun():
    loader = FakeLoader(held=frozenset({"a"}))
    ahead = ReadAhead(make_items("a"), loader, SHAPE, films_ahead=2)
    start_all(ahead)

    ahead.close()

    assert ahead.reading == ()
    loader.release("a")
