"""What is received comes as events, and nothing listens when they have ended."""

from contextlib import contextmanager
from queue import SimpleQueue

import pytest
from helpers.fakes import make_items

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.workflow import reception as module
from radassist.workflow.reception import Listening, Received, Reception, Told, receive


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(module, "POLL_SECONDS", 0.001)


class Station:
    """Gives what a test lays down."""

    def __init__(self) -> None:
        self.is_open = False
        self.new, self.said, self.results = [], [], None
        self.offered = []

    @contextmanager
    def open(self, tell):
        self.is_open = True
        for sentence in self.said:
            tell(sentence)
        try:
            yield Reception("HERE", self.take, self.results)
        finally:
            self.is_open = False

    def take(self):
        new, self.new = self.new, []
        return new

    def offer(self, item, cancel):
        self.offered.append(item)


def test_films_and_sentences_come_as_events_until_it_is_cancelled(tmp_path):
    station, token = Station(), CancelToken()
    station.new, station.said = [tmp_path / "a.dcm"], ["No room."]
    events = receive(station.open, SimpleQueue(), token)

    assert next(events) == Listening("HERE")
    assert next(events) == Told("No room.")
    received = next(events)
    assert isinstance(received, Received)
    assert [film.source.path for film in received.films] == [tmp_path / "a.dcm"]
    assert station.is_open
    token.cancel()
    with pytest.raises(Cancelled):
        next(events)
    assert not station.is_open


def test_ended_films_are_offered_for_their_results(tmp_path):
    station, token = Station(), CancelToken()
    station.results = station
    offered = SimpleQueue()
    for item in make_items("a.dcm", "b.dcm"):
        offered.put(item)
    events = receive(station.open, offered, token)
    next(events)
    station.new = [tmp_path / "later.dcm"]
    next(events)  # films that came
    station.new = [tmp_path / "later still.dcm"]
    next(events)

    assert [item.source.name for item in station.offered] == ["a.dcm", "b.dcm"]


def test_closing_it_ends_the_listening():
    station = Station()
    events = receive(station.open, SimpleQueue(), CancelToken())
    next(events)
    events.close()

    assert not station.is_open


def test_what_cannot_listen_says_so():
    @contextmanager
    def fails(tell):
        raise UserError("The port is taken.")
        yield

    with pytest.raises(UserError, match="taken"):
        next(receive(fails, SimpleQueue(), CancelToken()))
