"""Associations with other systems, plain and guarded by certificates."""

from pathlib import Path

import pytest
from helpers.certificates import make_certificate
from helpers.dicom_node import CALLER, LIBRARY_LETS_GO, TITLE, is_closed, listening, raw

from radassist.dicomnet.associations import PeerAway, association_with, caller
from radassist.dicomnet.limits import NodeLimits
from radassist.dicomnet.peers import Peer
from radassist.dicomnet.tls_files import TlsFiles


def echo(port: int, tls: TlsFiles | None = None) -> int:
    entity = caller(CALLER)
    entity.add_requested_context("1.2.840.10008.1.1")
    with association_with(Peer(TITLE, "127.0.0.1", port, tls), entity) as association:
        return int(association.send_c_echo().Status)


def test_a_peer_answers(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        assert echo(node.node.port) == 0


def test_the_association_is_over_whatever_becomes_of_the_block(tmp_path: Path) -> None:
    entity = caller(CALLER)
    entity.add_requested_context("1.2.840.10008.1.1")
    with listening(tmp_path) as node:
        with (
            pytest.raises(ZeroDivisionError),
            association_with(Peer(TITLE, "127.0.0.1", node.node.port), entity) as association,
        ):
            _ = 1 / 0
        assert association.dul.socket.socket.fileno() == -1


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
