"""Peers are those of the file; what names none is refused in one sentence."""

from pathlib import Path

import pytest

from radassist.dicomnet.peers import Peer, WrongPeer, find_peer, parse_peer, read_peers
from radassist.dicomnet.tls_files import TlsFiles
from radassist.domain.errors import StoreError

PEERS = (
    Peer("ARCHIVE", "archive.example", 104),
    Peer("SAFE ONE", "::1", 2762, TlsFiles(Path("own.pem"), Path("own.key"), Path("authority.pem"))),
    Peer("PROVED", "10.0.0.7", 2762, TlsFiles(authority=Path("authority.pem"))),
)


KEPT = """{"peers": [
 {"title": "ARCHIVE", "host": "archive.example", "port": 104},
 {"title": "SAFE ONE", "host": "::1", "port": 2762,
  "tls": {"certificate": "own.pem", "key": "own.key", "authority": "authority.pem"}},
 {"title": "PROVED", "host": "10.0.0.7", "port": 2762,
  "tls": {"certificate": null, "key": null, "authority": "authority.pem"}}
]}"""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "peers.json"
    path.write_text(KEPT, encoding="utf-8")
    return path


def test_peers_are_those_of_the_file_and_none_without_it(kept: Path) -> None:
    assert read_peers(kept) == PEERS
    assert read_peers(kept.with_name("other.json")) == ()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"peers": [{}]}', '{"peers": [{"title": "A\\\\B", "host": "x", "port": 1}]}', "[" * 9000]
)
def test_a_damaged_list_is_told_and_not_taken_for_an_empty_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "peers.json"
    path.write_text(text)
    with pytest.raises(StoreError, match="cannot be read"):
        read_peers(path)


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


def test_a_title_alone_is_looked_up_among_those_kept(kept: Path) -> None:
    assert find_peer("SAFE ONE", kept) == PEERS[1]
    assert find_peer("ANY@here:1", kept) == Peer("ANY", "here", 1)
    with pytest.raises(WrongPeer, match="No DICOM system called 'NOBODY'"):
        find_peer("NOBODY", kept)
