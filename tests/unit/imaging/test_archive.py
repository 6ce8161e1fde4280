import os
import zipfile
from pathlib import Path

import pytest

from radassist.imaging.archive import MAX_DIRECTORY_BYTES, entry_of, list_members, unpacking


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "films.zip"


def write(archive: Path, *names: str) -> None:
    with zipfile.ZipFile(archive, "w") as target:
        for name in names:
            target.writestr(name, b"")


def test_files_are_listed_and_folders_are_not(archive: Path) -> None:
    write(archive, "b.dcm", "folder/", "folder/a.dcm")
    assert list_members(archive) == ["b.dcm", "folder/a.dcm"]


def test_names_that_climb_out_are_names_like_others(archive: Path) -> None:
    write(archive, "../../etc/passwd", "/etc/passwd", "C:\\win.ini", "=1+1.dcm", "new\nline.dcm")
    assert list_members(archive) == ["../../etc/passwd", "/etc/passwd", "C:\\win.ini", "=1+1.dcm", "new\nline.dcm"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_given_twice_is_listed_once(archive: Path) -> None:
    write(archive, "a.dcm", "a.dcm")
    assert list_members(archive) == ["a.dcm"]


def test_a_table_of_contents_beyond_the_limit_is_not_read(archive: Path) -> None:
    write(archive, *(f"{number:05d}" * 12000 for number in range(MAX_DIRECTORY_BYTES // 60000 + 1)))
    assert list_members(archive) == []


@pytest.mark.parametrize("end", [0, 10, -1, -30])
def test_a_damaged_archive_holds_nothing(archive: Path, end: int) -> None:
    write(archive, "a.dcm", "b.dcm")
    archive.write_bytes(archive.read_bytes()[:end])
    assert list_members(archive) == []


def test_no_change_of_a_byte_is_more_than_a_damaged_archive(archive: Path) -> None:
    write(archive, "a.dcm", "\u00e9.dcm")
    sound = archive.read_bytes()
    for position in range(len(sound)):
        for value in (0, 0x7F, 0xFF):
            archive.write_bytes(sound[:position] + bytes([value]) + sound[position + 1 :])
            assert len(list_members(archive)) <= 2


def test_a_file_that_is_not_there_holds_nothing(archive: Path) -> None:
    assert list_members(archive) == []


def read(archive: Path, member: str) -> bytes:
    with archive.open("rb") as stream, unpacking(stream, entry_of(archive, stream, member)) as unpacked:
        return unpacked.read()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_each_file_is_unpacked_as_zipfile_does(archive: Path, method: int) -> None:
    files = {"a.dcm": b"first", "folder/\u00e9.dcm": os.urandom(100_000), "empty": b""}
    with zipfile.ZipFile(archive, "w", method) as target:
        for name, data in files.items():
            target.writestr(name, data)

    assert {name: read(archive, name) for name in files} == files


def test_bytes_before_the_archive_do_not_matter(archive: Path) -> None:
    write(archive, "a.dcm")
    archive.write_bytes(b"a program that unpacks itself" + archive.read_bytes())
    assert read(archive, "a.dcm") == b""


def test_the_table_of_contents_is_read_once_for_all_films_until_the_archive_changes(archive: Path) -> None:
    write(archive, "a.dcm", "b.dcm")
    with archive.open("rb") as stream:
        entry = entry_of(archive, stream, "a.dcm")
        entry_of(archive, stream, "b.dcm")
        assert entry_of(archive, stream, "a.dcm") is entry
    write(archive, "a.dcm", "b.dcm", "c.dcm")
    with archive.open("rb") as stream:
        assert entry_of(archive, stream, "c.dcm").filename == "c.dcm"
        assert entry_of(archive, stream, "a.dcm") is not entry


def test_a_table_that_points_to_another_file_is_damage(archive: Path) -> None:
    write(archive, "a.dcm", "b.dcm")
    data = archive.read_bytes()
    archive.write_bytes(data.replace(b"a.dcm", b"x.dcm", 1))  # in the file's own header, not in the table
    with pytest.raises(zipfile.BadZipFile, match="points elsewhere"):
        read(archive, "a.dcm")
