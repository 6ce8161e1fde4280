"""Folders as they are found on discs and shares, friendly and not."""

import csv
import inspect
import os
import socket
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.domain.study import Instance
from radassist.imaging.discovery import discover, is_litter
from radassist.paths import samples_dir

DICOM = bytes(128) + b"DICM" + bytes(20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path.resolve()


def put(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def found(*paths: Path) -> list[Instance]:
    return list(discover(paths, CancelToken()))


def names(*paths: Path) -> list[str]:
    """What is found, as paths below the first of `paths`."""
    return [str(instance.source.path.relative_to(paths[0])) for instance in found(*paths)]


def test_folders_are_walked_in_natural_order(folder: Path) -> None:
    for name in ("IMG10", "IMG2", "img1", "B/9", "B/10", "a/0x", "IMG02", "IMG²", "IMG٣", "9" * 200, "1" + "0" * 200):
        put(folder / name)
    numbers = ["9" * 200, "1" + "0" * 200]
    assert names(folder) == [*numbers, "a/0x", "B/9", "B/10", "img1", "IMG02", "IMG2", "IMG10", "IMG²", "IMG٣"]


def test_headers_are_left_to_the_decoder_children(folder: Path) -> None:
    put(folder / "a.dcm", DICOM)
    assert [instance.identity for instance in found(folder)] == [None]


def test_what_is_named_twice_is_found_once(folder: Path) -> None:
    film = put(folder / "sub" / "a.dcm")
    put(folder / "b.dcm")
    assert names(folder, film, folder, folder / "sub", folder / ".." / folder.name) == ["b.dcm", "sub/a.dcm"]
    assert [instance.source.name for instance in found(film, folder)] == ["a.dcm", "b.dcm"]


def test_two_names_of_one_file_are_two_films(folder: Path) -> None:
    os.link(put(folder / "a.dcm"), folder / "b.dcm")
    assert names(folder) == ["a.dcm", "b.dcm"]


def test_a_path_that_does_not_exist_is_said_before_anything_is_found(folder: Path) -> None:
    film = put(folder / "a.dcm")
    with pytest.raises(UserError, match=r"nowhere\.dcm does not exist\.$"):
        next(discover([film, folder / "nowhere.dcm"], CancelToken()))


def test_a_named_link_in_a_circle_is_said(folder: Path) -> None:
    (folder / "loop").symlink_to("loop")
    with pytest.raises(UserError, match=r"loop leads to no file\.$"):
        found(folder / "loop")


def test_a_named_link_is_followed(folder: Path) -> None:
    film = put(folder / "films" / "a.dcm")
    (folder / "link").symlink_to(film)
    (folder / "folder").symlink_to(folder / "films")
    assert [instance.source.path for instance in found(folder / "link")] == [film]
    assert [instance.source.path for instance in found(folder / "folder")] == [film]


def test_links_inside_a_folder_add_nothing_and_end(folder: Path) -> None:
    put(folder / "sub" / "a.dcm")
    (folder / "again.dcm").symlink_to("sub/a.dcm")
    (folder / "again").symlink_to("sub")
    (folder / "sub" / "up").symlink_to("..")
    assert names(folder) == ["sub/a.dcm"]


def test_links_that_lead_out_or_nowhere_are_found_but_not_followed(folder: Path) -> None:
    outside = put(folder / "outside" / "secret.dcm").parent
    inside = folder / "inside"
    inside.mkdir()
    for name, target in (("folder", outside), ("file.dcm", outside / "secret.dcm"), ("lost", "x"), ("self", "self")):
        (inside / name).symlink_to(target)
    (inside / "zip.zip").symlink_to(outside / "secret.dcm")
    assert names(inside) == ["file.dcm", "folder", "lost", "self", "zip.zip"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_pipes_and_sockets_are_found_and_never_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    os.mkfifo("pipe.dcm")
    os.mkfifo("pipe.txt")
    os.mkfifo("pipe.zip")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.dcm")
        assert names(folder) == ["pipe.dcm", "pipe.zip", "socket.dcm"]
    assert names(folder / "pipe.txt") == ["."]


def test_a_folder_that_may_not_be_listed_is_found_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = put(folder / "closed" / "a.dcm").parent
    put(folder / "open" / "b.dcm")
    listing: Callable[..., object] = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError
        return listing(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names(folder) == ["closed", "open/b.dcm"]


def test_folders_may_be_nested_deeper_than_the_interpreters_stack(folder: Path) -> None:
    deep = folder
    for _ in range(200):
        deep = deep / "d"
        deep.mkdir()
    put(deep / "a.dcm")
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 60)
    try:
        assert [instance.source.path for instance in found(folder)] == [deep / "a.dcm"]
    finally:
        sys.setrecursionlimit(usual)


def test_litter_beside_films_is_passed_over_and_all_else_is_found(folder: Path) -> None:
    litter = ("README.md", "labels.csv", "LICENCE", ".DS_Store", "Thumbs.db", "viewer.exe", "._a.dcm", ".git/config")
    films = ("a.dcm", "DICOMDIR", "IM0001", "report.json", "README", "x.gz", "empty.dcm")
    for name in (*litter, *films):
        put(folder / name)
    assert set(names(folder)) == set(films)


@pytest.mark.parametrize("name", ["film.txt", ".hidden.dcm", ".hidden/film", "LICENCE"])
@pytest.mark.parametrize("data", [DICOM, b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0", b"MM\0*"])
def test_what_begins_like_a_film_is_no_litter_whatever_its_name(folder: Path, name: str, data: bytes) -> None:
    put(folder / name, data)
    assert names(folder) == [name]


def test_litter_that_is_named_is_found(folder: Path) -> None:
    assert names(put(folder / "labels.csv")) == ["."]


def test_a_hidden_link_is_litter_and_not_followed(folder: Path) -> None:
    film = put(folder / "a.dcm", DICOM)
    (folder / ".link").symlink_to(film)
    assert is_litter(folder / ".link", is_hidden=True)


def test_a_named_dicomdir_stands_for_its_folder(folder: Path) -> None:
    index = put(folder / "DICOMDIR", DICOM)
    put(folder / "PAT1" / "IM1")
    assert names(folder, index) == ["DICOMDIR", "PAT1/IM1"]
    assert [instance.source.path for instance in found(index)] == [folder / "PAT1" / "IM1"]


def test_the_films_of_an_archive_are_found_in_natural_order_without_its_litter(folder: Path) -> None:
    with zipfile.ZipFile(folder / "study.ZIP", "w") as archive:
        for name in ("S/IM10", "S/IM2", "README.txt", "__MACOSX/S/._IM2", ".DS_Store", "inner.zip", "../x", "d/"):
            archive.writestr(name, b"")
    instances = found(folder)
    assert [instance.source.member for instance in instances] == ["../x", "inner.zip", "S/IM2", "S/IM10"]
    assert {instance.source.path for instance in instances} == {folder / "study.ZIP"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 but no archive", b"PK\x05\x06" + bytes(18)])
def test_an_archive_without_films_is_found_itself(folder: Path, data: bytes) -> None:
    archive = put(folder / "x.zip", data)
    assert [(instance.source.path, instance.source.member) for instance in found(folder)] == [(archive, "")]


def test_an_archive_named_twice_is_found_once(folder: Path) -> None:
    with zipfile.ZipFile(folder / "x.zip", "w") as archive:
        archive.writestr("a", b"")
    assert len(found(folder, folder / "x.zip")) == 1


def test_a_cancelled_search_ends(folder: Path) -> None:
    for number in range(3):
        put(folder / str(number))
    cancel = CancelToken()
    search = discover([folder], cancel)
    next(search)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(search)


def test_names_that_are_not_text_are_found(folder: Path) -> None:
    odd = [b"latin1_\xe9\xff.dcm", b"new\nline", b"-rf", b"=1+1", "e\u0301".encode(), "\u00e9".encode(), b"9" * 255]
    for name in odd:
        put(folder / os.fsdecode(name))
    assert sorted(os.fsencode(name) for name in names(folder)) == sorted(odd)


def test_the_samples_are_24_films() -> None:
    assert len(found(samples_dir())) == 24


@pytest.mark.shared
def test_no_real_dicom_file_is_lost(shared_data: Path) -> None:
    folder = (shared_data / "dicom").resolve()
    with (folder / "manifest.csv").open(newline="") as manifest:
        listed = {row["path"] for row in csv.DictReader(manifest)}
    assert set(names(folder)) == listed
    assert len(names(folder)) == 354
