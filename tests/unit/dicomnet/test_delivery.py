"""Results are sent until they are accepted, at longer and longer intervals, and the user is told once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest
from helpers.commands import wait_until

from radassist.dicomnet.delivery import FIRST_DELAY, LONGEST_DELAY, Delivery
from radassist.dicomnet.outbox import Outbox, Sent
from radassist.domain.errors import UserError


class Peer:
    """Answers with `statuses` by name of file, 0 else; away while `is_away`."""

    def __init__(self) -> None:
        self.statuses: dict[str, int] = {}
        self.damaged: set[str] = set()
        self.is_away = False
        self.got: list[str] = []

    def send(self, files: Sequence[Path]) -> Iterator[Sent]:
        for file in files:
            if self.is_away:
                raise UserError("ARCHIVE does not answer.")
            self.got.append(file.name)
            yield Sent(file, self.statuses.get(file.name, 0), is_damaged=file.name in self.damaged)


@pytest.fixture
def peer() -> Peer:
    return Peer()


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    outbox = Outbox(tmp_path / "outbox")
    outbox.open()
    for number in range(3):
        with outbox.place_for(f"{number}") as folder:
            (folder / f"{number}.dcm").write_text("")
    return outbox


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def delivery(outbox: Outbox, peer: Peer, told: list[str]) -> Delivery:
    return Delivery(outbox, peer.send, lambda: None, told.append)


def test_what_waits_is_sent_once(delivery: Delivery, outbox: Outbox, peer: Peer, told: list[str]) -> None:
    assert delivery.deliver() == 0
    assert delivery.deliver() > 0
    assert peer.got == ["0.dcm", "1.dcm", "2.dcm"]
    assert outbox.waiting() == told == []


def test_a_peer_that_is_away_is_asked_at_longer_and_longer_intervals_and_told_of_once(
    delivery: Delivery, outbox: Outbox, peer: Peer, told: list[str]
) -> None:
    peer.is_away = True
    delays = [delivery.deliver() for _ in range(8)]
    assert delays == [FIRST_DELAY * 2**times for times in range(6)] + [LONGEST_DELAY] * 2
    assert told == ["ARCHIVE does not answer. Results wait and will be sent later."]
    assert len(outbox.waiting()) == 3

    peer.is_away = False
    assert delivery.deliver() == 0
    assert outbox.waiting() == []
    assert told[1:] == ["The results that waited are sent now."]
    peer.is_away = True
    assert delivery.deliver() > 0
    assert len(told) == 2


def test_a_file_that_is_refused_waits_and_keeps_no_other_back(
    delivery: Delivery, outbox: Outbox, peer: Peer, told: list[str]
) -> None:
    peer.statuses = {"0.dcm": 0xA700}
    assert delivery.deliver() == FIRST_DELAY
    assert [file.name for file in outbox.waiting()] == ["0.dcm"]
    assert told == ["1 results were not accepted (status A700). Results wait and will be sent later."]
    peer.statuses = {}
    delivery.deliver()
    assert outbox.waiting() == []


def test_a_damaged_file_is_put_aside_with_one_sentence_and_nothing_waits_for_it(
    delivery: Delivery, outbox: Outbox, peer: Peer, told: list[str]
) -> None:
    peer.damaged = {"1.dcm"}
    assert delivery.deliver() == 0
    assert outbox.waiting() == []
    assert told == [f"A result is damaged and cannot be sent: it was put aside in {outbox.damaged}."]
    assert len(list(outbox.damaged.iterdir())) == 1


def test_the_thread_sends_what_comes_and_ends_when_it_is_stopped(delivery: Delivery, outbox: Outbox) -> None:
    delivery.start()
    wait_until(lambda: not outbox.waiting(), 10)
    with outbox.place_for("9") as folder:
        (folder / "9.dcm").write_text("")
    wait_until(lambda: not outbox.waiting(), 10)
    delivery.stop()
    assert delivery._thread is not None and not delivery._thread.is_alive()


def test_stopping_cuts_a_peer_that_never_answers(outbox: Outbox, told: list[str]) -> None:
    begun, is_cut = Event(), Event()

    def hangs(files: Sequence[Path]) -> Iterator[Sent]:
        begun.set()
        is_cut.wait(10)
        raise UserError("ARCHIVE does not answer any more.")
        yield

    delivery = Delivery(outbox, hangs, is_cut.set, told.append)
    delivery.start()
    assert begun.wait(10)
    delivery.stop()
    assert delivery._thread is not None and not delivery._thread.is_alive()
    assert told == []
    assert len(outbox.waiting()) == 3
