"""Which archive is searched, as it is kept."""

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.certificates import make_certificate

from radassist.dicomnet.archive_file import check_place, listening_place, peer_of, read_archive, write_archive
from radassist.dicomnet.peers import WrongPeer
from radassist.domain.archive import ArchiveKind, ArchivePlace
from radassist.domain.errors import StoreError, UserError

DIMSE = ArchivePlace(ArchiveKind.DIMSE, peer="ORTHANC@127.0.0.1:4242", move_to="127.0.0.1:11113")
WEB = ArchivePlace(ArchiveKind.WEB, url="https://pacs.example/dicom-web", user="ida")


@pytest.mark.parametrize("place", [DIMSE, WEB])
def test_it_comes_back_as_it_was_and_is_for_its_owner_alone(tmp_path: Path, place: ArchivePlace) -> None:
    path = tmp_path / "archive.json"
    write_archive(place, path)
    assert read_archive(path) == place
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "password" not in path.read_text().lower()


def test_none_is_none_and_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    assert read_archive(path) is None
    write_archive(DIMSE, path)
    write_archive(None, path)
    assert read_archive(path) is None and not path.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind": "ftp"}', "[" * 5000])
def test_a_damaged_file_is_told_and_not_taken_for_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "archive.json").write_text(text)
    with pytest.raises(StoreError, match="choose it again"):
        read_archive(tmp_path / "archive.json")


@pytest.mark.parametrize(
    "place",
    [
        ArchivePlace(ArchiveKind.DIMSE),
        ArchivePlace(ArchiveKind.DIMSE, peer="ORTHANC@127.0.0.1:0"),
        ArchivePlace(ArchiveKind.DIMSE, peer="A@b:1", own_title="x" * 17),
        ArchivePlace(ArchiveKind.DIMSE, peer="A@b:1", move_to="11113"),
        ArchivePlace(ArchiveKind.DIMSE, peer="A@b:1", authority="/nowhere/ca.pem"),
        ArchivePlace(ArchiveKind.WEB, url="pacs.example"),
        ArchivePlace(ArchiveKind.WEB, url="file:///etc/passwd"),
        ArchivePlace(ArchiveKind.WEB, url="https://ida:secret@pacs.example/"),
        ArchivePlace(ArchiveKind.WEB, url="https://pacs.example:99999/"),
        ArchivePlace(ArchiveKind.WEB, url="http://pacs.example/dicom-web", user="ida"),
    ],
)
def test_what_cannot_be_an_archive_is_refused(place: ArchivePlace) -> None:
    with pytest.raises(WrongPeer):
        check_place(place)


def test_a_password_may_go_unencrypted_to_this_very_machine() -> None:
    assert check_place(ArchivePlace(ArchiveKind.WEB, url="http://127.0.0.1:8042/dicom-web", user="ida"))


def test_certificates_make_the_connection_a_guarded_one(tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("")
    assert peer_of(ArchivePlace(ArchiveKind.DIMSE, peer="A@b:1", authority=str(authority))).tls is not None
    assert peer_of(ArchivePlace(ArchiveKind.DIMSE, peer="A@b:1")).tls is None


def test_an_own_certificate_and_its_key_are_kept_and_shown_to_the_archive(tmp_path: Path) -> None:
    own = make_certificate(tmp_path, "own")
    place = replace(DIMSE, authority=str(own.authority), certificate=str(own.certificate), key=str(own.key))
    write_archive(place, tmp_path / "archive.json")
    assert read_archive(tmp_path / "archive.json") == place
    assert peer_of(place).tls == own


def test_a_key_may_stand_in_the_file_of_its_certificate(tmp_path: Path) -> None:
    own = make_certificate(tmp_path, "own")
    assert own.certificate and own.key
    both = tmp_path / "both.pem"
    both.write_text(own.key.read_text() + own.certificate.read_text())
    assert peer_of(check_place(replace(DIMSE, authority=str(own.authority), certificate=str(both)))).tls is not None


def test_certificates_that_do_not_go_together_are_refused_with_one_sentence(tmp_path: Path) -> None:
    own, other = make_certificate(tmp_path, "own"), make_certificate(tmp_path, "other")
    authority, certificate, key = map(str, (own.authority, own.certificate, own.key))
    for changes, words in (
        ({"certificate": certificate, "key": key}, "needs TLS"),
        ({"authority": authority, "key": key, "move_to": ""}, "A key alone"),
        ({"authority": authority}, "C-MOVE with TLS needs an own certificate"),
        ({"authority": authority, "certificate": certificate, "key": str(other.key)}, "cannot be used"),
        ({"authority": key, "certificate": certificate, "key": key}, "cannot be used"),
        ({"authority": authority, "certificate": certificate, "key": str(tmp_path / "gone")}, "is not there"),
    ):
        with pytest.raises(UserError, match=words):
            check_place(replace(DIMSE, **changes))


def test_a_file_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    write_archive(DIMSE, path)
    plain = json.loads(path.read_text())
    del plain["certificate"], plain["key"]
    path.write_text(json.dumps(plain))
    assert read_archive(path) == DIMSE


def test_an_address_to_listen_on() -> None:
    assert listening_place("[::1]:11112") == ("::1", 11112)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be kept"):
        write_archive(DIMSE, tmp_path / "file" / "archive.json")
