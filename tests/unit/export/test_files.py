"""Whole files or none, and their folders."""

import os
import stat
from pathlib import Path

import pytest

from radassist.domain.errors import StoreError
from radassist.export.files import check_writable, make_folder, replacing, replacing_bytes


def test_the_file_takes_its_place_when_the_block_ends(tmp_path):
    target = tmp_path / "table.csv"
    target.write_text("old")

    with replacing(target) as file:
        file.write("new")
        assert target.read_text() == "old"

    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_bytes_take_their_place_when_the_block_ends(tmp_path):
    target = tmp_path / "map.npy"
    target.write_bytes(b"old")

    with replacing_bytes(target) as file:
        file.write(b"\x00\r\nnew")
        assert target.read_bytes() == b"old"

    assert target.read_bytes() == b"\x00\r\nnew"
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_left_when_the_block_fails(tmp_path):
    target = tmp_path / "table.csv"
    target.write_text("old")

    with pytest.raises(ZeroDivisionError), replacing(target) as file:
        file.write("half of the new")
        raise ZeroDivisionError

    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_one_sentence_and_leaves_the_old_file(tmp_path, monkeypatch):
    def no_space(handle):
        raise OSError(28, os.strerror(28))

    target = tmp_path / "table.csv"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", no_space)

    with pytest.raises(StoreError, match=r"table\.csv cannot be written: No space left on device\."), replacing(target):
        pass

    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")

    with replacing(tmp_path / "link.csv") as file:
        file.write("new")

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such mode")
def test_a_new_file_has_the_modes_the_user_asked_for(tmp_path):
    with replacing(tmp_path / "table.csv"):
        pass
    (tmp_path / "plain").touch()

    assert stat.S_IMODE((tmp_path / "table.csv").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_checking_leaves_no_trace(tmp_path):
    check_writable(tmp_path / "table.csv")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing/table.csv", "its folder does not exist"),
        (".", "it is not a file"),
        ("x" * 400, ""),
        ("nul\0.csv", ""),
    ],
)
def test_a_place_that_takes_no_file_is_one_sentence(tmp_path, name, why):
    with pytest.raises(StoreError, match=f"cannot be written: .*{why}"):
        check_writable(tmp_path / name)
    with pytest.raises(StoreError, match=f"cannot be written: .*{why}"), replacing(tmp_path / name):
        pass


@pytest.mark.skipif(not Path(os.devnull).exists(), reason="the null device is no file here")
def test_a_device_is_not_replaced():
    with pytest.raises(StoreError, match="it is not a file"):
        check_writable(Path(os.devnull))


def test_a_folder_is_made_with_those_above_it_and_may_be_there_already(tmp_path):
    for _ in range(2):
        make_folder(tmp_path / "results" / "today")

    assert (tmp_path / "results" / "today").is_dir()


def test_a_folder_where_a_file_lies_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="file cannot be made"):
        make_folder(tmp_path / "file")
