"""Associations with other systems, plain and guarded by certificates: made, left, given up, or why there is none."""

import time
from pathlib import Path
from threading import Timer

import pytest
from helpers.archives import silent_port
from helpers.certificates import make_certificate
from helpers.dicom_node import CALLER, LIBRARY_LETS_GO, TITLE, is_closed, listening, raw
from pynetdicom import build_context

from radassist.dicomnet.associations import Call, PeerAway, association_with, cut
from radassist.dicomnet.contexts import RECEIVED_CLASSES, RECEIVED_SYNTAXES
from radassist.dicomnet.limits import NodeLimits
from radassist.dicomnet.peers import Peer
from radassist.dicomnet.tls_files import TlsFiles
from radassist.domain.cancellation import Cancelled, CancelToken

ECHO = Call(CALLER, [build_context("1.2.840.10008.1.1")])


def peer_at(port: int, tls: TlsFiles | None = None) -> Peer:
    return Peer(TITLE, "127.0.0.1", port, tls)


def echo(port: int, tls: TlsFiles | None = None) -> int:
    with association_with(peer_at(port, tls), ECHO, CancelToken()) as association:
        return int(association.send_c_echo().Status)


def test_a_peer_is_called_and_left(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        with association_with(peer_at(node.node.port), ECHO, CancelToken()) as association:
            assert association.send_c_echo().Status == 0
        assert association.is_released


def test_an_association_does_not_outlive_a_block_that_fails(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        with pytest.raises(KeyError), association_with(peer_at(node.node.port), ECHO, CancelToken()) as association:
            connection = association.dul.socket.socket
            raise KeyError
        assert association.is_aborted
        assert connection.fileno() == -1


def test_one_that_is_cut_is_left_without_a_word(tmp_path: Path) -> None:
    with listening(tmp_path) as node, association_with(peer_at(node.node.port), ECHO, CancelToken()) as association:
        connection = association.dul.socket.socket
        cut(association)
        assert connection.fileno() == -1


def test_a_peer_that_does_not_know_this_program_is_told_apart_from_one_that_is_away(tmp_path: Path) -> None:
    stranger = Call("STRANGER", ECHO.contexts)
    with (
        listening(tmp_path) as node,
        pytest.raises(PeerAway, match="refuses to be called by STRANGER"),
        association_with(peer_at(node.node.port), stranger, CancelToken()),
    ):
        pass


def test_a_peer_that_has_no_place_is_told(tmp_path: Path) -> None:
    with (
        listening(tmp_path, limits=NodeLimits(associations=1)) as node,
        association_with(peer_at(node.node.port), ECHO, CancelToken()),
        pytest.raises(PeerAway, match="no place for another association now"),
    ):
        echo(node.node.port)


def test_a_call_that_nobody_answers_is_given_up_at_once() -> None:
    cancel, begun = CancelToken(), time.monotonic()
    Timer(0.2, cancel.cancel).start()
    with silent_port() as port, pytest.raises(Cancelled), association_with(peer_at(port), ECHO, cancel):
        pass
    assert time.monotonic() - begun < 3


def test_films_may_come_over_it_each_kind_as_it_is_stored(tmp_path: Path) -> None:
    call = Call(CALLER, ECHO.contexts, takes_films=True)
    with (
        listening(tmp_path) as node,
        association_with(peer_at(node.node.port), call, CancelToken()) as association,
    ):
        asked = association.requestor.requested_contexts
        films = {(str(each.abstract_syntax), *map(str, each.transfer_syntax)) for each in asked[1:]}
        assert films == {(kind, syntax) for kind in RECEIVED_CLASSES for syntax in RECEIVED_SYNTAXES}
        assert set(association.requestor.role_selection) == set(RECEIVED_CLASSES)
        assert all(role.scp_role for role in association.requestor.role_selection.values())


@LIBRARY_LETS_GO
def test_certificates_guard_both_ends(tmp_path: Path) -> None:
    own, other = make_certificate(tmp_path, "node"), make_certificate(tmp_path, "caller")
    stranger = make_certificate(tmp_path, "stranger")
    with listening(tmp_path, tls=TlsFiles(own.certificate, own.key, other.certificate)) as node:
        port = node.node.port
        assert echo(port, TlsFiles(other.certificate, other.key, own.certificate)) == 0
        for wrong in (
            None,  # no TLS at all
            TlsFiles(other.certificate, other.key, stranger.certificate),  # the node is not who it should be
            TlsFiles(stranger.certificate, stranger.key, own.certificate),  # the caller is not
            TlsFiles(authority=own.certificate),  # the caller shows nothing
        ):
            with pytest.raises(PeerAway):
                echo(port, wrong)
        assert echo(port, TlsFiles(other.certificate, other.key, own.certificate)) == 0


def test_who_never_shakes_hands_does_not_keep_others_waiting(tmp_path: Path) -> None:
    own = make_certificate(tmp_path, "node")
    limits = NodeLimits(silence_seconds=1.0)
    with listening(tmp_path, tls=TlsFiles(own.certificate, own.key), limits=limits) as node:
        silent, half = raw(node.node.port), raw(node.node.port, b"\x16\x03\x01\x02\x00\x01")
        assert echo(node.node.port, TlsFiles(authority=own.certificate)) == 0
        assert is_closed(silent) and is_closed(half)
        silent.close()
        half.close()
