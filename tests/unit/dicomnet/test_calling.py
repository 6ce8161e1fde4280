"""Connections to a peer, and why there is none."""

from pathlib import Path

import pytest
from helpers.dicom_node import listening

from radassist.dicomnet.calling import Call, calling
from radassist.dicomnet.peers import Peer
from radassist.domain.archive import ArchiveProblem
from radassist.domain.cancellation import CancelToken

ECHO = "1.2.840.10008.1.1"


def test_a_peer_is_called_and_left(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        with calling(Peer("RADASSIST", "127.0.0.1", node.node.port), Call("SENDER", ECHO), CancelToken()) as open_one:
            assert open_one.send_c_echo().Status == 0
        assert not open_one.is_established


def test_one_that_does_not_know_this_program_is_told_apart_from_one_that_is_away(tmp_path: Path) -> None:
    with (
        listening(tmp_path) as node,
        pytest.raises(ArchiveProblem, match="must know the title STRANGER"),
        calling(Peer("RADASSIST", "127.0.0.1", node.node.port), Call("STRANGER", ECHO), CancelToken()),
    ):
        pass


def test_a_connection_does_not_outlive_a_block_that_fails(tmp_path: Path) -> None:
    with (
        listening(tmp_path) as node,
        pytest.raises(KeyError),
        calling(Peer("RADASSIST", "127.0.0.1", node.node.port), Call("SENDER", ECHO), CancelToken()) as open_one,
    ):
        raise KeyError
    assert not open_one.is_established
