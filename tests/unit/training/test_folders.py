import os
from pathlib import Path

import pytest

from radassist.domain.errors import StoreError
from radassist.training.folders import make_folder, replace_bytes


def test_bytes_take_the_place_of_older_ones_and_leave_nothing_beside_them(tmp_path: Path) -> None:
    for data in (b"old", b"new"):
        replace_bytes(tmp_path / "file", data)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_disk_that_fails_halfway_leaves_the_older_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_bytes(tmp_path / "file", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="file cannot be written: No space left on device"):
        replace_bytes(tmp_path / "file", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_folder_where_a_file_lies_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file cannot be written"):
        make_folder(tmp_path / "file")
