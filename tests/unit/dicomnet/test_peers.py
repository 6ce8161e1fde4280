"""Peers come back as they were written; what names none is refused in one sentence."""

import os
import stat
from pathlib import Path

import pytest

from radassist.dicomnet.peers import Peer, WrongPeer, find_peer, parse_peer, read_peers, write_peers
from radassist.dicomnet.tls_files import TlsFiles
from radassist.domain.errors import StoreError

PEERS = (
    Peer("ARCHIVE", "archive.example", 104),
    Peer("SAFE ONE", "::1", 2762, TlsFiles(Path("own.pem"), Path("own.key"), Path("authority.pem"))),
    Peer("PROVED", "10.0.0.7", 2762, TlsFiles(authority=Path("authority.pem"))),
)


def test_peers_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "peers.json"
    assert read_peers(path) == ()
    write_peers(PEERS, path)
    assert read_peers(path) == PEERS
    write_peers((), path)
    assert read_peers(path) == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    path = tmp_path / "peers.json"
    write_peers(PEERS, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text", ["", "[]", '{"peers": [{}]}', '{"peers": [{"title": "A\\\\B", "host": "x", "port": 1}]}', "[" * 9000]
)
def test_a_damaged_list_is_told_and_not_taken_for_an_empty_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "peers.json"
    path.write_text(text)
    with pytest.raises(StoreError, match="cannot be read"):
        read_peers(path)


def test_a_list_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match="cannot be kept"):
        write_peers(PEERS, tmp_path / "taken" / "peers.json")


def test_a_peer_is_named_by_title_host_and_port() -> None:
    assert parse_peer("ORTHANC@127.0.0.1:4242") == Peer("ORTHANC", "127.0.0.1", 4242)
    assert parse_peer("A@B@[::1]:104") == Peer("A@B", "::1", 104)
    assert str(PEERS[0]) == "ARCHIVE at archive.example:104"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "A@h",
        "A@h:",
        "@h:1",
        "A@:1",
        "A@h:0",
        "A@h:65536",
        "A@h:x",
        "SEVENTEEN LETTERS@h:1",
        "A\\B@h:1",
        "A@h h:1",
    ],
)
def test_what_names_no_system_is_refused(text: str) -> None:
    with pytest.raises(WrongPeer):
        parse_peer(text)


def test_a_title_alone_is_looked_up_among_those_kept(tmp_path: Path) -> None:
    path = tmp_path / "peers.json"
    write_peers(PEERS, path)
    assert find_peer("SAFE ONE", path) == PEERS[1]
    assert find_peer("ANY@here:1", path) == Peer("ANY", "here", 1)
    with pytest.raises(WrongPeer, match="No DICOM system called 'NOBODY'"):
        find_peer("NOBODY", path)
