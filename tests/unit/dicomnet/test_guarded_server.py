"""Callers that say nothing, too much or garbage are left, in bounded time, and others are served meanwhile."""

import os
import struct
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from helpers.commands import wait_until
from helpers.dicom_node import Listening, call, hang_up, is_closed, listening, raw, send, small_film
from pydicom import dcmread

from radassist.dicomnet.guarded_server import InFlight
from radassist.dicomnet.limits import NodeLimits

LIMITS = NodeLimits(associations=3, film_bytes=100_000, bytes_in_flight=150_000, silence_seconds=0.5, idle_seconds=1.0)
RELEASE = b"\x05\0\0\0\0\4\0\0\0\0"


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Listening]:
    with listening(tmp_path, limits=LIMITS) as node:
        yield node


@pytest.mark.parametrize(
    "words",
    [
        os.urandom(3000),
        b"GET / HTTP/1.0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # the beginning of a TLS handshake
        b"\x01\0\xff\xff\xff\xff",  # a request of 4 GiB
        b"\x04\0\xff\xff\xff\xff" + b"x" * 100,
        b"\x01\0\0\0\0\x44" + b"\0" * 68,
        b"\x01\0\0\x10\0\0\0\1",  # a request that never ends
        RELEASE,
        b"",
    ],
    ids=["noise", "http", "tls", "endless request", "endless data", "empty request", "half", "release", "silence"],
)
def test_who_does_not_speak_dicom_is_left_soon(node: Listening, words: bytes) -> None:
    with raw(node.node.port, words) as connection:
        assert is_closed(connection)
    assert send(node.node.port, [small_film(0)]) == [0]
    assert not node.told


def test_who_sends_byte_by_byte_does_not_get_more_time(node: Listening) -> None:
    begun = time.monotonic()
    with raw(node.node.port, b"\x01\0\0\x01\0\0") as connection, pytest.raises(OSError, match=r"reset|Broken"):
        while time.monotonic() - begun < 20:
            connection.sendall(b"x")
            time.sleep(0.05)
    assert time.monotonic() - begun < 10


def test_an_association_that_falls_silent_is_ended(node: Listening) -> None:
    association = call(node.node.port)
    wait_until(lambda: not association.is_established, 10)
    hang_up(association)


def test_a_film_larger_than_allowed_is_not_received(node: Listening) -> None:
    association = call(node.node.port)
    with pytest.raises((RuntimeError, AttributeError)):
        _ = association.send_c_store(dcmread(BytesIO(small_film(0, (300, 300))))).Status
    hang_up(association)
    assert node.films == node.left_over == []
    assert send(node.node.port, [small_film(1)]) == [0]


def send_nonsense(node: Listening, size: int) -> None:
    association = call(node.node.port)
    words = bytes([association.accepted_contexts[0].context_id, 3]) + b"x" * size
    lengths = (len(words) + 4).to_bytes(4, "big") + len(words).to_bytes(4, "big")
    association.dul.socket.socket.sendall(b"\x04\0" + lengths + words)
    wait_until(lambda: not association.is_established, 10)
    hang_up(association)


def test_what_was_received_of_a_message_that_is_none_is_given_up(tmp_path: Path) -> None:
    limits = NodeLimits(film_bytes=60_000, bytes_in_flight=60_000, silence_seconds=0.5)
    with listening(tmp_path, limits=limits) as node:
        for _ in range(3):
            send_nonsense(node, 30_000)
        assert send(node.node.port, [small_film(0)]) == [0]


def test_many_films_in_one_association_are_no_large_film(node: Listening) -> None:
    film_bytes = len(small_film(0, (100, 100)))
    films = [small_film(number, (100, 100)) for number in range(2 * LIMITS.film_bytes // film_bytes)]
    assert set(send(node.node.port, films)) == {0}


def test_one_association_too_many_is_asked_to_try_later(node: Listening) -> None:
    open_ones = [call(node.node.port) for _ in range(LIMITS.associations)]
    assert all(each.is_established for each in open_ones)
    refused = call(node.node.port)
    assert refused.is_rejected
    assert refused.acceptor.primitive.result == 2  # transient
    for each in open_ones:
        each.release()
    wait_until(lambda: send_one(node), 10)


def send_one(node: Listening) -> bool:
    association = call(node.node.port)
    established = association.is_established
    if established:
        association.release()
    return established


def test_a_flood_of_connections_is_closed_and_the_node_serves_again(node: Listening) -> None:
    flood = [raw(node.node.port) for _ in range(60)]
    threads = threading.active_count()
    assert threads < 60
    for connection in flood:
        assert is_closed(connection)
        connection.close()
    wait_until(lambda: send_one(node), 10)


def test_no_thread_and_no_connection_outlives_the_node(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with listening(tmp_path) as node:
        connections = [
            raw(node.node.port, words) for words in (b"", b"\x01\0\0\x10\0\0\0\1", struct.pack(">BBL", 4, 0, 9))
        ]
        association = call(node.node.port)
        assert association.is_established
        port = node.node.port
    assert all(is_closed(connection) for connection in connections)
    with pytest.raises(ConnectionRefusedError):
        raw(port)
    wait_until(lambda: not set(threading.enumerate()) - before, 10)
    for connection in connections:
        connection.close()
    hang_up(association)


def test_bytes_in_flight_are_counted_by_connection() -> None:
    in_flight = InFlight(NodeLimits(film_bytes=10, bytes_in_flight=15))
    in_flight.add(1, 10)
    with pytest.raises(OSError, match="more bytes"):
        in_flight.add(1, 1)
    in_flight.add(2, 5)
    with pytest.raises(OSError, match="more bytes"):
        in_flight.add(2, 1)
    in_flight.drop(1)
    in_flight.add(2, 5)
    in_flight.drop(3)
