import zipfile
from pathlib import Path

import pytest

from radassist.imaging.archive import MAX_DIRECTORY_BYTES, list_members


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
